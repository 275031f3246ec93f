"""A token opens the door for its person until it is ended."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.spine.accounts.models import Token, User
from bihuan.spine.accounts.tokens import issue, revoke, user_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ben() -> User:
    return User.objects.create(username="ben")


def test_a_token_is_its_persons(ben):
    assert user_of(issue(ben, "import")) == ben


@pytest.mark.parametrize("typed", ["", "bihuan_", "bihuan_" + "A" * 43, "\x00", "é"])
def test_what_is_no_token_is_nobodys(ben, typed):
    issue(ben, "import")
    assert user_of(typed) is None


def test_the_database_does_not_hold_the_token(ben):
    token = issue(ben, "import")
    assert token not in str(Token.objects.values().get())


def test_two_tokens_are_never_alike(ben):
    assert issue(ben, "a") != issue(ben, "a")


def test_a_revoked_token_is_nobodys_and_is_revoked_once(ben):
    token = issue(ben, "import")
    row = Token.objects.get()
    assert revoke(row)
    assert not revoke(row)
    assert user_of(token) is None


def test_a_token_runs_out(ben):
    token = issue(ben, "import", clock.now() + timedelta(hours=1))
    assert user_of(token) == ben
    later = clock.now() + timedelta(hours=1)
    with clock.running(lambda: later):
        assert user_of(token) is None


def test_a_closed_accounts_token_is_nobodys(ben):
    token = issue(ben, "import")
    User.objects.update(is_active=False)
    assert user_of(token) is None


def test_finding_the_person_costs_one_query(ben, django_assert_num_queries):
    token = issue(ben, "import")
    with django_assert_num_queries(1):
        found = user_of(token)
        assert found
        assert found.role is None
        assert found.agency is None
