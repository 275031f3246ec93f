"""The asker's story and the staff's history."""

import pytest
from django.utils import translation

from bihuan.spine.audit.actions import ASKER
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Status
from bihuan.spine.cases.story import history, story
from tests.spine.cases.known import World, make_asker, make_case, make_photo


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"):
        yield


def lived(world: World) -> Case:
    case = actions.accept(case=make_case(world), by=world.ben)
    case = actions.note(case=case, by=world.ben, text="dog in the yard")
    case = actions.hold(case=case, by=world.ben, question="which door?")
    case = actions.answer(case=case, by=ASKER, text="the green one")
    return actions.resolve(case=case, by=world.ben, reply="light is back", photo=make_photo())


def test_the_story_has_each_step_with_its_words(world: World) -> None:
    steps = story(lived(world))
    assert [step.verb for step in steps] == ["opened", "accept", "hold", "answer", "resolve"]
    assert [step.note for step in steps] == ["", "", "which door?", "the green one", "light is back"]
    assert steps[1].words == "Power grid has taken your case in hand."
    assert steps[-1].photo is not None


def test_the_story_is_in_the_order_of_time(world: World) -> None:
    times = [step.at for step in story(lived(world))]
    assert times == sorted(times)


def test_the_story_tells_no_internal_note_and_no_officers_name(world: World) -> None:
    told = str(story(lived(world)))
    assert "dog" not in told
    assert "Ben" not in told


def test_the_reason_of_a_return_stays_between_the_offices(world: World) -> None:
    case = actions.return_to_triage(case=make_case(world), by=world.ben, reason="lazy neighbours")
    assert "lazy" not in str(story(case))
    assert "lazy" in str([line.note and line.note.text for line in history(case)])


def test_an_asker_does_not_read_what_another_asker_wrote(world: World) -> None:
    case = make_case(world, Status.WORKING, askers=2)
    case = actions.hold(case=case, by=world.ben, question="which door?")
    case = actions.answer(case=case, by=ASKER, text="my door is 12-3")
    steps = story(case)
    assert steps[-1].verb == "answer"
    assert "12-3" not in str(steps)


def test_a_merged_asker_reads_the_beginning_and_what_followed(world: World) -> None:
    case, into = make_case(world), make_case(world)
    mine = case.askers.get()
    actions.accept(case=into, by=world.ben)
    actions.merge(case=case, into=into, by=world.olga)
    into.refresh_from_db()
    actions.hold(case=into, by=world.ben, question="which door?")
    assert [step.verb for step in story(into, mine)] == ["opened", "merge", "hold"]


def test_the_asker_of_the_case_that_stays_hears_nothing_of_twins(world: World) -> None:
    case, into = make_case(world), make_case(world)
    actions.merge(case=case, into=into, by=world.olga)
    assert [step.verb for step in story(into)] == ["opened"]


def test_the_history_names_every_actor_and_shows_every_note(world: World) -> None:
    lines = history(lived(world))
    assert [line.who for line in lines] == ["the system", "Ben", "Ben", "Ben", "the asker", "Ben"]
    assert "accepted by Ben" in [line.words for line in lines]
    assert [line.note.text for line in lines if line.note] == [
        "dog in the yard", "which door?", "the green one", "light is back",
    ]  # fmt: skip


def test_story_and_history_cost_the_same_however_long_the_case_lived(
    world: World, django_assert_max_num_queries: object
) -> None:
    case = lived(world)
    for _ in range(5):
        case = actions.reopen(case=case, by=ASKER, reason="dark")
        case = actions.resolve(case=case, by=world.ben, reply="light")
    make_asker(case)
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        story(case)
        history(case)
