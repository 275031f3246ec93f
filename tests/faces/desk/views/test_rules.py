"""The pages of the rules."""

from typing import Any

import pytest

from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.roles import write_roles
from bihuan.spine.cases.models import Case, Edition, Rule
from bihuan.spine.cases.sorting import editions, trials
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World, make_case, make_rule, make_user

HTMX = {"hx-request": "true"}


@pytest.fixture
def ada(world: World) -> User:
    make_rule(1, world.water, words=["water"])
    make_rule(2, world.grid, service=world.service)
    return make_user("ada", write_roles()["administrator"], None)


@pytest.fixture
def draft(ada: User) -> Edition:
    return editions.begin_draft(by=ada)


def said(world: World, **more: object) -> dict[str, object]:
    return {"agency": world.grid.pk, "words": "没电，停电, no power", "is_active": "on", **more}


def test_the_rules_in_force_are_read_as_sentences(world: World, ada: User, sign_in: SignIn) -> None:
    page = sign_in(world.sam).get("/desk/rules/").content.decode()
    assert "If “water” occurs in the text → give it to Water works" in page
    assert "Begin a draft" not in page
    assert "Begin a draft" in sign_in(ada).get("/desk/rules/").content.decode()


def test_a_rule_is_added_in_field_words_and_named_by_what_it_says(
    world: World, ada: User, draft: Edition, sign_in: SignIn
) -> None:
    sign_in(ada).post("/desk/rules/draft/new/", said(world, number=1))
    rule = draft.rules.get(number=1)
    assert rule.words == ["没电", "停电", "no power"]
    assert "give it to Power grid" in rule.name_en
    assert rule.name_zh


def test_a_rule_is_moved_by_buttons_and_the_page_says_where_it_is_now(
    ada: User, draft: Edition, sign_in: SignIn
) -> None:
    second = draft.rules.get(number=2)
    answer = sign_in(ada).post(f"/desk/rules/draft/{second.pk}/move/", {"way": "up"}, headers=HTMX)
    second.refresh_from_db()
    assert second.number == 1
    assert b"Now rule 1." in answer.content


def test_a_place_that_is_not_clear_comes_back_beside_its_field(
    world: World, ada: User, draft: Edition, sign_in: SignIn
) -> None:
    answer = sign_in(ada).post("/desk/rules/draft/new/", said(world, site="nowhere"))
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"site"}


def _try(client: Any) -> None:
    client.post("/desk/rules/draft/try/")
    while trials.advance():
        pass


def test_a_draft_is_tried_then_switched_on_then_taken_back(
    world: World, ada: User, draft: Edition, sign_in: SignIn
) -> None:
    client, before = sign_in(ada), editions.in_force()
    assert client.post("/desk/rules/draft/switch/", {"revision": 0}).status_code == 422
    _try(client)
    client.post("/desk/rules/draft/switch/", {"revision": draft.revision})
    assert editions.in_force() == draft
    client.post(f"/desk/rules/{before.pk if before else 0}/back/")
    assert editions.in_force() == before


def test_a_trial_shows_counts_to_administrators_and_cases_to_their_office(
    world: World, ada: User, draft: Edition, sign_in: SignIn
) -> None:
    case = make_case(world)
    case.askers.get().submission.__class__.objects.update(service="power_failure", text="zebra water")
    Case.objects.filter(pk=case.pk).update(summary="zebra")
    Rule.objects.filter(edition=draft, number=1).update(agency=world.crew)
    _try(sign_in(ada))
    assert "1 case of 1 would be decided otherwise" in sign_in(ada).get("/desk/rules/draft/").content.decode()
    assert b"zebra" not in sign_in(ada).get("/desk/rules/draft/cases/").content
    assert b"zebra" in sign_in(world.sam).get("/desk/rules/draft/cases/").content


def test_a_trial_under_way_asks_again_by_itself(
    ada: User, draft: Edition, world: World, sign_in: SignIn
) -> None:
    make_case(world)
    client = sign_in(ada)
    client.post("/desk/rules/draft/try/")
    assert b'hx-trigger="every 1s"' in client.get("/desk/rules/draft/trial/").content
    trials.advance()
    assert b'hx-trigger="every 1s"' not in client.get("/desk/rules/draft/trial/").content


def test_a_rule_taken_out_and_a_draft_thrown_away_are_gone(
    ada: User, draft: Edition, sign_in: SignIn
) -> None:
    client = sign_in(ada)
    client.post(f"/desk/rules/draft/{draft.rules.get(number=1).pk}/remove/")
    assert draft.rules.count() == 1
    client.post("/desk/rules/draft/discard/")
    assert editions.draft() is None
    assert client.post("/desk/rules/draft/try/").status_code == 409
