"""Reading personal data."""

import pytest

from bihuan.kernel import private
from bihuan.kernel.errors import Forbidden, Refused
from bihuan.spine.audit.models import Event
from bihuan.spine.cases.reading import masked, reveal
from tests.spine.cases.known import PHONE, World, make_case, make_submission


def test_masked_shows_little(db: None) -> None:
    shown = masked(make_submission(name_sealed=private.seal("王小明"), door_sealed=private.seal("3-502")))
    assert (shown.name, shown.phone, shown.has_door) == ("王••", "•••• 5526", True)


def test_reveal_opens_one_field_and_leaves_an_event_with_the_purpose(world: World) -> None:
    case = make_case(world)
    submission = case.askers.get().submission
    assert reveal(submission=submission, field="phone", purpose="call_back", by=world.ben) == PHONE
    event = Event.objects.get(verb="reveal")
    assert (event.actor, event.case_id, event.subject_id) == (world.ben, case.pk, submission.pk)
    assert event.detail == {"field": "phone", "purpose": "call_back"}


def test_the_event_of_a_reveal_does_not_hold_what_was_revealed(world: World) -> None:
    submission = make_case(world).askers.get().submission
    reveal(submission=submission, field="phone", purpose="call_back", by=world.ben)
    assert PHONE[-8:] not in str(Event.objects.get(verb="reveal").detail)


@pytest.mark.parametrize("purpose", ["", " ", "to call Ana on 19900005526"])
def test_without_a_purpose_of_the_list_nothing_is_opened(world: World, purpose: str) -> None:
    with pytest.raises(Refused) as refused:
        reveal(
            submission=make_case(world).askers.get().submission, field="phone", purpose=purpose, by=world.ben
        )
    assert refused.value.field == "purpose"
    assert not Event.objects.filter(verb="reveal").exists()


def test_only_the_three_fields_can_be_opened(world: World) -> None:
    with pytest.raises(Refused):
        reveal(
            submission=make_case(world).askers.get().submission, field="digest", purpose="other", by=world.ben
        )


@pytest.mark.parametrize("who", ["eve", "dan", "cleo", "max"])
def test_others_open_nothing(world: World, who: str) -> None:
    submission = make_case(world).askers.get().submission
    with pytest.raises(Forbidden):
        reveal(submission=submission, field="phone", purpose="other", by=getattr(world, who))
    assert not Event.objects.filter(verb="reveal").exists()


def test_who_sorts_may_read_what_is_not_sorted_yet(world: World) -> None:
    submission = make_submission()
    assert reveal(submission=submission, field="phone", purpose="call_back", by=world.olga) == PHONE
    with pytest.raises(Forbidden):
        reveal(submission=submission, field="phone", purpose="call_back", by=world.ben)
