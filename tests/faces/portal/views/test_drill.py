"""The link of a drill, without signing in."""

from typing import Any

import pytest
from django.test import Client

from bihuan.spine.messages.drills.starting import digest_of
from bihuan.spine.messages.models import Called, DrillMessage
from tests.spine.messages.drills.made import make_people, start

pytestmark = pytest.mark.django_db
LINK = "/d/the-token-of-ana/"


@pytest.fixture
def _drill(settings: Any) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS = ["sms"]
    start(make_people("ana"))
    DrillMessage.objects.update(digest=digest_of("the-token-of-ana"))


@pytest.mark.usefixtures("_drill")
def test_opening_the_link_answers_nothing_and_the_button_does() -> None:
    client = Client(headers={"accept-language": "en"})
    page = client.get(LINK)
    assert "DRILL" in page.content.decode() and page["X-Robots-Tag"] == "noindex"
    assert Called.objects.get().answered_at is None
    assert "counts" in client.post(LINK, follow=True).content.decode()
    assert Called.objects.get().answered_on == "sms"


@pytest.mark.usefixtures("_drill")
def test_it_names_nobody() -> None:
    text = Client().get(LINK).content.decode()
    assert "ana@" not in text and ">ana<" not in text and Called.objects.get().code not in text


@pytest.mark.parametrize("token", ["nothing", "x" * 300])
def test_a_link_of_nobody_is_404(token: str) -> None:
    assert Client().get(f"/d/{token}/").status_code == 404
