"""Who gives out tokens to whom."""

import pytest

from bihuan.kernel.errors import Forbidden, Refused
from bihuan.spine.accounts.models import Scope, Token, User
from bihuan.spine.accounts.roles import write_roles
from bihuan.spine.accounts.tokens import token_of
from bihuan.spine.audit.actions import SYSTEM
from bihuan.spine.audit.models import Event
from bihuan.spine.audit.tokens import give_out, holders_for, may_keep, take_back, tokens_for
from tests.spine.cases.known import World, make_user, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def ada(world: World) -> User:
    return make_user("ada", write_roles()["administrator"], None)


def give(by: User, holder: User, **said: object) -> tuple[Token, str]:
    return give_out(
        **({"by": by, "holder": holder, "name": "display", "scopes": ["read"], "days": 30} | said)
    )  # type: ignore[arg-type]


def test_administrators_give_to_all_supervisors_to_their_own_people(world: World, ada: User) -> None:
    assert may_keep(ada) and may_keep(world.sam)
    assert not any(map(may_keep, (world.ben, world.olga, world.max, world.dan)))
    assert {world.ben, world.eve} <= set(holders_for(ada))
    assert world.ben in holders_for(world.sam)
    assert world.eve not in holders_for(world.sam)


def test_nobody_but_an_administrator_gives_to_who_may_do_more(world: World) -> None:
    chief = make_user("chief", write_roles()["operator"], world.grid)
    assert chief not in holders_for(world.sam)
    with pytest.raises(Forbidden):
        give(world.sam, chief)


def test_a_token_opens_its_scopes_for_its_agency_and_no_more(world: World) -> None:
    token, secret = give(world.sam, world.ben, scopes=["read", "act"])
    found = token_of(secret)
    assert found == token
    assert (token.agency, token.scopes) == (world.grid, ["read", "act"])
    assert token.opens(Scope.ACT) and not token.opens(Scope.PRIVATE)


def test_a_token_ends_when_its_holder_moves_to_another_agency(world: World) -> None:
    _, secret = give(world.sam, world.ben)
    User.objects.filter(pk=world.ben.pk).update(agency=world.water)
    assert token_of(secret) is None


def test_giving_and_taking_back_leave_events_without_the_secret(world: World) -> None:
    token, secret = give(world.sam, world.ben)
    assert take_back(by=world.sam, token=token)
    assert not take_back(by=world.sam, token=token)
    events = list(Event.objects.filter(verb__in=["issue_token", "revoke"]).order_by("id"))
    assert [(event.verb, event.actor_id, event.agency_id) for event in events] == [
        ("issue_token", world.sam.pk, world.grid.pk),
        ("revoke", world.sam.pk, world.grid.pk),
    ]
    assert secret not in str([event.detail for event in events])
    assert token_of(secret) is None


def test_another_office_neither_sees_nor_ends_it(world: World) -> None:
    token, _ = give(world.sam, world.ben)
    stranger = make_user("sue", write_roles()["supervisor"], world.water)
    assert token not in tokens_for(stranger)
    with pytest.raises(Forbidden):
        take_back(by=stranger, token=token)


@pytest.mark.parametrize(
    ("said", "field"), [({"scopes": []}, "scopes"), ({"scopes": ["all"]}, "scopes"), ({"days": 0}, "days")]
)
def test_what_makes_no_token_is_refused(world: World, said: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refused:
        give(world.sam, world.ben, **said)
    assert refused.value.field == field
    assert not Token.objects.exists()


def test_the_system_gives_to_anybody(world: World) -> None:
    assert give(SYSTEM, world.eve)[0].user == world.eve  # type: ignore[arg-type]
