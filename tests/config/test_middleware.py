"""The content policy on every answer, the second factor before every page, refusals in the asker's form."""

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.urls import include, path

from bihuan.kernel.errors import Busy, Conflict, Forbidden, Refused
from bihuan.spine.accounts.models import User

pytestmark = pytest.mark.django_db
REFUSALS = {
    "refused": Refused("Not a telephone.", code="phone", field="phone"),
    "conflict": Conflict("Eve was first."),
    "forbidden": Forbidden("Not you."),
    "busy": Busy("Come back.", retry_after_s=9),
}


def refuse(request, kind):
    raise REFUSALS[kind]


def own_policy(request):
    return HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})


urlpatterns = [
    path("trial/<slug:kind>/", refuse),
    path("api/v1/trial/<slug:kind>/", refuse),
    path("own/", own_policy),
    path("", include("bihuan.config.urls")),
]
here = pytest.mark.urls(__name__)


@pytest.mark.parametrize("address", ["/", "/staff/login/", "/nowhere/", "/desk/"])
def test_every_answer_bears_the_policy(client, address):
    policy = client.get(address).headers["Content-Security-Policy"]
    assert "script-src 'self'; " in policy
    assert "frame-ancestors 'none'" in policy


@here
def test_a_page_may_have_a_stricter_policy_of_its_own(client):
    assert client.get("/own/").headers["Content-Security-Policy"] == "default-src 'none'"


@here
@pytest.mark.parametrize(
    ("kind", "status"), [("refused", 422), ("conflict", 409), ("forbidden", 403), ("busy", 503)]
)
class TestRefusals:
    def test_a_person_gets_a_page_with_the_reason(self, client, kind, status):
        response = client.get(f"/trial/{kind}/")
        assert response.status_code == status
        assert REFUSALS[kind].message in response.content.decode()
        assert "<main" in response.content.decode()

    def test_a_page_that_asks_for_a_piece_gets_a_piece_for_its_notice(self, client, kind, status):
        response = client.get(f"/trial/{kind}/", headers={"HX-Request": "true"})
        assert response.status_code == status
        assert response.headers["HX-Retarget"] == "#notice"
        assert REFUSALS[kind].message in response.content.decode()
        assert "<main" not in response.content.decode()

    def test_a_machine_gets_a_problem(self, client, kind, status):
        response = client.get(f"/api/v1/trial/{kind}/")
        assert response.status_code == status
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.json()["detail"] == REFUSALS[kind].message


@here
def test_a_problem_names_the_field(client):
    assert client.get("/api/v1/trial/refused/").json()["errors"] == [
        {"field": "phone", "detail": "Not a telephone."}
    ]


@here
def test_busy_says_when_to_come_back(client):
    assert client.get("/trial/busy/").headers["Retry-After"] == "9"


@here
def test_words_in_a_refusal_are_never_taken_for_markup(client, monkeypatch):
    monkeypatch.setitem(REFUSALS, "refused", Refused("<script>alert(1)</script>"))
    assert "<script>alert" not in client.get("/trial/refused/").content.decode()


@pytest.fixture
def ben(client):
    user = User.objects.create_user("ben", password="long enough 1")
    client.force_login(user)
    return user


class TestSecondFactor:
    @pytest.fixture(autouse=True)
    def is_asked_for(self, settings):
        settings.BIHUAN_SECOND_FACTOR = True

    @pytest.mark.parametrize("address", ["/desk/", "/admin/", "/"])
    def test_who_has_none_is_sent_to_set_one_up(self, client, ben, address):
        response = client.get(address)
        assert response.headers["Location"] == "/staff/second-factor/app/activate/"

    def test_a_machines_face_answers_with_a_problem_instead(self, client, ben):
        response = client.get("/api/v1/cases")
        assert response.status_code == 401
        assert response.headers["Content-Type"] == "application/problem+json"

    def test_who_has_none_can_sign_out_and_change_the_language(self, client, ben):
        assert client.get("/staff/logout/").status_code == 200
        assert client.post("/language/", {"language": "en"}).status_code in {204, 302}

    def test_who_has_one_goes_on(self, client, ben):
        Authenticator.objects.create(user=ben, type=Authenticator.Type.TOTP, data={})
        assert client.get("/").status_code == 200

    def test_an_asker_is_never_asked(self, client):
        assert client.get("/").status_code == 200


def test_where_it_is_not_asked_for_nobody_is_sent(client, ben):
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("address", ["/?q=a%00b", "/desk/?text=%00", "/r/%00/"])
def test_a_nul_in_the_address_is_refused(client, address):
    assert client.get(address).status_code == 400
