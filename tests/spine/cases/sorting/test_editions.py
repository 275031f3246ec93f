"""Editions of the rulebook."""

import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.roles import write_roles
from bihuan.spine.audit.models import Event
from bihuan.spine.cases.models import Edition, EditionState
from bihuan.spine.cases.rules import Rulebook
from bihuan.spine.cases.sorting import drafting, editions, trials
from bihuan.spine.places.atlas import Found
from tests.spine.cases.known import World, make_rule, make_user, make_world


def tried(edition: Edition, by: User) -> Edition:
    trials.start_trial(edition=edition, by=by)
    while trials.advance():
        pass
    edition.refresh_from_db()
    return edition


def owner(world: World) -> object:
    return Rulebook.load().decide(world.service, Found(), "停电").agency


def test_a_draft_begins_as_a_copy_and_counts_for_nothing(ruled: World, draft: Edition, ada: User) -> None:
    drafting.change_rule(rule=draft.rules.get(number=2), by=ada, agency=ruled.crew)
    assert [rule.number for rule in editions.rules_of(draft)] == [1, 2]
    assert owner(ruled) == ruled.grid


def test_there_is_one_draft_at_a_time(draft: Edition, ada: User) -> None:
    with pytest.raises(Conflict):
        editions.begin_draft(by=ada)


def test_the_database_holds_one_edition_in_force(draft: Edition) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(state=EditionState.IN_FORCE, made_at=clock.now())


def test_only_a_draft_that_was_tried_as_it_stands_is_switched_on(
    ruled: World, draft: Edition, ada: User
) -> None:
    with pytest.raises(Refused):
        editions.switch_on(edition=draft, revision=draft.revision, by=ada)
    tried(draft, ada)
    drafting.change_rule(rule=draft.rules.get(number=2), by=ada, agency=ruled.crew)
    draft.refresh_from_db()
    with pytest.raises(Refused):
        editions.switch_on(edition=draft, revision=draft.revision, by=ada)
    editions.switch_on(edition=tried(draft, ada), revision=draft.revision, by=ada)
    assert owner(ruled) == ruled.crew


def test_an_earlier_edition_is_put_in_force_again(ruled: World, draft: Edition, ada: User) -> None:
    before = editions.in_force()
    assert before
    drafting.change_rule(rule=draft.rules.get(number=2), by=ada, agency=ruled.crew)
    draft.refresh_from_db()
    editions.switch_on(edition=tried(draft, ada), revision=draft.revision, by=ada)
    editions.switch_back(edition=before, by=ada)
    assert owner(ruled) == ruled.grid
    assert [edition.pk for edition in editions.past()] == [draft.pk]
    verbs = list(Event.objects.filter(subject_type="edition").order_by("id").values_list("verb", flat=True))
    assert verbs[-2:] == ["rules_switched", "rules_switched_back"]


def test_who_may_not_change_rules_changes_none(ruled: World, draft: Edition) -> None:
    with pytest.raises(Forbidden):
        editions.discard(edition=draft, by=ruled.sam)
    with pytest.raises(Forbidden):
        editions.begin_draft(by=ruled.sam)


def test_a_draft_thrown_away_leaves_what_is_in_force(ruled: World, draft: Edition, ada: User) -> None:
    editions.discard(edition=draft, by=ada)
    assert editions.draft() is None
    assert owner(ruled) == ruled.grid


@pytest.mark.django_db(transaction=True)
def test_of_two_who_switch_at_once_one_wins_and_the_other_is_told() -> None:
    world = make_world()
    make_rule(1, world.grid)
    admins = [make_user(name, write_roles()["administrator"], None) for name in ("ada", "abe")]
    draft = tried(editions.begin_draft(by=admins[0]), admins[0])
    said: list[Any] = []
    gate = threading.Barrier(2)

    def switch(admin: User) -> None:
        gate.wait()
        try:
            said.append(editions.switch_on(edition=draft, revision=draft.revision, by=admin))
        except Refused as refused:
            said.append(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=switch, args=(admin,)) for admin in admins]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(one).__name__ for one in said) in (["Conflict", "Edition"], ["Edition", "Refused"])
    assert Edition.objects.filter(state=EditionState.IN_FORCE).count() == 1
