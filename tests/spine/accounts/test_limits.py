"""How much a token may ask in a minute."""

from collections.abc import Iterator
from typing import Any

import pytest

from bihuan.kernel import clock
from bihuan.spine.accounts import limits
from bihuan.spine.accounts.models import Token, User
from bihuan.spine.accounts.tokens import issue

pytestmark = pytest.mark.django_db
MINUTE = 29_000_000


@pytest.fixture
def token() -> Token:
    issue(User.objects.create(username="ben"), "display")
    return Token.objects.get()


@pytest.fixture(autouse=True)
def at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Let the real minute stand still; ``at(s)`` sets it."""
    limits.forget()

    def stand(seconds: float) -> None:
        monkeypatch.setattr(clock, "real_s", lambda: MINUTE * 60 + seconds)

    stand(10)
    yield stand
    limits.forget()


def test_a_token_is_answered_up_to_its_limit_and_then_told_when_to_come_again(token: Token) -> None:
    spent = [limits.spend(token, 120) for _ in range(121)]
    assert [one.left for one in spent[:120]] == list(range(119, -1, -1))
    assert not any(one.is_spent for one in spent[:120])
    assert spent[120] == limits.Budget(120, 0, 50, is_spent=True)


def test_the_next_minute_begins_anew(token: Token, at: Any) -> None:
    assert [limits.spend(token, 2).is_spent for _ in range(3)] == [False, False, True]
    at(60)
    assert not limits.spend(token, 2).is_spent


def test_several_processes_never_answer_more_than_the_limit_together(token: Token) -> None:
    processes: list[dict[int, Any]] = [{}, {}, {}]
    answered = 0
    for n in range(600):
        limits._lots = processes[n % 3]
        answered += not limits.spend(token, 100).is_spent
    limits._lots = {}
    assert answered == 100


def test_what_a_process_holds_costs_no_query(token: Token, django_assert_num_queries: Any) -> None:
    limits.spend(token, 5000)
    with django_assert_num_queries(0):
        for _ in range(99):
            limits.spend(token, 5000)


def test_without_a_limit_only_the_last_use_is_kept(token: Token) -> None:
    assert not any(limits.spend(token, 0).is_spent for _ in range(300))
    token.refresh_from_db()
    assert token.last_used_at is not None


def test_one_token_does_not_spend_for_another(token: Token) -> None:
    issue(token.user, "other")
    other = Token.objects.latest("id")
    assert not limits.spend(token, 1).is_spent
    assert limits.spend(token, 1).is_spent
    assert not limits.spend(other, 1).is_spent
