"""Accounts of the demonstration."""

from datetime import timedelta

import pytest

from bihuan.drill.city import make_city
from bihuan.kernel import clock
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.accounts.tokens import user_of
from bihuan.spine.cases.city import write_agencies
from bihuan.spine.cases.demo_staff import write_rota, write_staff
from bihuan.spine.resources.models import Shift
from bihuan.spine.resources.rota import gaps
from tests.spine.cases.known import NOON

pytestmark = pytest.mark.django_db

CITY = make_city(5, small=True)
PASSWORD = "only for this test"


@pytest.fixture(autouse=True)
def agencies() -> None:
    write_agencies(CITY["agencies"])


def test_each_account_can_log_in_and_its_token_is_its_own() -> None:
    for account in write_staff(CITY["staff"], PASSWORD):
        user = user_of(account["token"])
        assert user is not None
        assert user.username == account["username"]
        assert user.check_password(PASSWORD)
        assert (user.role.code, user.agency.code) == (account["role"], account["agency"])


def test_writing_them_again_ends_the_tokens_of_before() -> None:
    before = write_staff(CITY["staff"], PASSWORD)
    after = write_staff(CITY["staff"], PASSWORD)
    assert User.objects.count() == len(after)
    assert user_of(before[0]["token"]) is None
    assert user_of(after[0]["token"]) is not None


def test_a_token_that_somebody_else_made_stays_good() -> None:
    from bihuan.spine.accounts.tokens import issue

    write_staff(CITY["staff"], PASSWORD)
    own = issue(User.objects.get(username="commander"), "my program")
    write_staff(CITY["staff"], PASSWORD)
    assert user_of(own) is not None


def test_only_the_administrator_may_enter_the_back_office_and_nobody_is_above_the_roles() -> None:
    write_staff(CITY["staff"], PASSWORD)
    assert list(User.objects.filter(is_staff=True).values_list("username", flat=True)) == ["admin"]
    assert not User.objects.filter(is_superuser=True).exists()


def test_at_every_hour_of_four_weeks_somebody_is_on_duty_at_every_office() -> None:
    write_staff(CITY["staff"], PASSWORD)
    with clock.running(lambda: NOON):
        write_rota(CITY["rotas"])
    agencies = Agency.objects.in_bulk(field_name="code")
    for row in CITY["rotas"]:
        shifts = Shift.objects.filter(agency=agencies[row["agency"]], duty=row["duty"])
        covered = shifts.values_list("from_at", "until_at")
        assert gaps(covered, (NOON, NOON + timedelta(days=27))) == []


def test_writing_the_rota_again_adds_nothing() -> None:
    write_staff(CITY["staff"], PASSWORD)
    with clock.running(lambda: NOON):
        assert write_rota(CITY["rotas"]) > 0
        assert write_rota(CITY["rotas"]) == 0
