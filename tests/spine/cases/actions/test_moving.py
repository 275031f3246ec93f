"""The staff's moves."""

from datetime import timedelta

import pytest
from django.utils import translation

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Note, NoteKind, Pause
from bihuan.spine.cases.states import Outcome, Status
from bihuan.spine.messages.models import Message
from tests.spine.cases.known import NOON, World, make_case, make_photo, make_service


def test_accept_puts_the_case_in_the_officers_hands(world: World) -> None:
    case = actions.accept(case=make_case(world), by=world.ben)
    case.refresh_from_db()
    assert (case.status, case.officer, case.accepted_at is not None) == (Status.ACCEPTED, world.ben, True)


def test_accept_leaves_one_event_that_names_officer_and_agency(world: World) -> None:
    case = actions.accept(case=make_case(world), by=world.ben)
    event = Event.objects.get(case_id=case.pk, verb="accept")
    assert (event.actor, event.agency_id) == (world.ben, world.grid.pk)
    assert event.detail["set"]["officer_id"] == world.ben.pk


def test_accept_tells_every_asker(world: World) -> None:
    case = actions.accept(case=make_case(world, askers=3), by=world.ben)
    assert Message.objects.filter(case_id=case.pk, template="accept").count() == 3


def test_whoever_accepts_second_is_told_who_was_first_and_when(world: World) -> None:
    case = make_case(world)
    with clock.running(lambda: NOON):
        actions.accept(case=case, by=world.ben)
    with (
        translation.override("en"),
        pytest.raises(Conflict, match=f"No. {case.pk}: accepted by Ben at 12:00"),
    ):
        actions.accept(case=case, by=world.ida)


def test_a_refused_move_leaves_no_event_and_no_message(world: World) -> None:
    case = make_case(world, Status.HOLD)
    with pytest.raises(Refused):
        actions.accept(case=case, by=world.ben)
    assert not Event.objects.filter(case_id=case.pk, verb="accept").exists()
    assert not Message.objects.exists()


def test_a_move_that_was_never_possible_is_refused_with_the_status(world: World) -> None:
    with (
        translation.override("en"),
        pytest.raises(Refused, match=r"“Resolve” is not possible.*waiting for the agency"),
    ):
        actions.resolve(case=make_case(world), by=world.ben, reply="done")


def test_an_officer_of_another_agency_may_not_accept(world: World) -> None:
    with pytest.raises(Forbidden):
        actions.accept(case=make_case(world), by=world.eve)


def test_an_officer_of_the_agency_above_may_accept_for_the_one_below(world: World) -> None:
    case = actions.accept(case=make_case(world, agency=world.crew), by=world.ben)
    assert case.officer == world.ben


def test_somebody_without_a_role_may_do_nothing(world: World) -> None:
    with pytest.raises(Forbidden):
        actions.accept(case=make_case(world), by=world.dan)


def test_return_needs_a_reason(world: World) -> None:
    with pytest.raises(Refused) as refused:
        actions.return_to_triage(case=make_case(world), by=world.ben, reason="  ")
    assert refused.value.field == "reason"


def test_return_is_counted_and_takes_the_case_out_of_the_agencys_hands(world: World) -> None:
    case = actions.return_to_triage(case=make_case(world, returned_count=1), by=world.ben, reason="not ours")
    case.refresh_from_db()
    assert (case.status, case.agency, case.officer, case.returned_count) == (Status.RETURNED, None, None, 2)


def test_the_promise_to_the_asker_outlives_a_return(world: World) -> None:
    with clock.running(lambda: NOON):
        case = make_case(world)
        case = actions.accept(case=case, by=world.ben)
    with clock.running(lambda: NOON + timedelta(minutes=7)):
        returned = actions.return_to_triage(case=case, by=world.ben, reason="not ours")
    assert (returned.reply_by, returned.resolve_by) == (case.reply_by, case.resolve_by)


def test_a_returned_case_can_be_assigned_to_another_agency(world: World) -> None:
    case = actions.return_to_triage(case=make_case(world), by=world.ben, reason="not ours")
    case = actions.assign(case=case, agency=world.water, by=world.olga)
    assert (case.status, case.agency) == (Status.WAITING, world.water)


def test_assign_refuses_a_case_without_a_service(world: World) -> None:
    with pytest.raises(Refused) as refused:
        actions.assign(case=make_case(world, Status.TRIAGE, service=None), agency=world.grid, by=world.olga)
    assert refused.value.field == "service"


def test_assign_refuses_a_closed_agency(world: World) -> None:
    world.water.is_active = False
    with pytest.raises(Refused) as refused:
        actions.assign(case=make_case(world, Status.TRIAGE), agency=world.water, by=world.olga)
    assert refused.value.field == "agency"


def test_transfer_starts_the_clocks_anew_and_forgets_the_officer(world: World) -> None:
    case = actions.accept(case=make_case(world), by=world.ben)
    moved = actions.transfer(case=case, agency=world.water, by=world.sam, reason="a water pipe")
    assert (moved.status, moved.officer, moved.accepted_at) == (Status.WAITING, None, None)
    assert moved.due_at == moved.accept_by


def test_transfer_to_the_same_agency_is_refused(world: World) -> None:
    with pytest.raises(Refused) as refused:
        actions.transfer(case=make_case(world), agency=world.grid, by=world.sam, reason="why not")
    assert refused.value.code == "same_agency"


def test_transfer_ends_the_pause_of_a_case_on_hold(world: World) -> None:
    case = actions.accept(case=make_case(world), by=world.ben)
    case = actions.hold(case=case, by=world.ben, question="which door?")
    actions.transfer(case=case, agency=world.water, by=world.sam, reason="a water pipe")
    assert Pause.objects.get(case=case).until_at is not None


def test_an_officer_may_not_transfer(world: World) -> None:
    with translation.override("en"), pytest.raises(Forbidden, match="Transfer, decline"):
        actions.transfer(case=make_case(world), agency=world.water, by=world.ben, reason="why not")


def test_a_transfer_keeps_the_old_agencys_officer_from_going_on(world: World) -> None:
    case = actions.accept(case=make_case(world), by=world.ben)
    actions.transfer(case=case, agency=world.water, by=world.max, reason="a water pipe")
    with pytest.raises(Forbidden):
        actions.hold(case=case, by=world.ben, question="which door?")


def test_hold_keeps_the_question_and_stops_the_clock(world: World) -> None:
    case = actions.accept(case=make_case(world), by=world.ben)
    case = actions.hold(case=case, by=world.ben, question="which door?")
    assert (case.status, case.due_at) == (Status.HOLD, None)
    assert Note.objects.get(case=case, kind=NoteKind.QUESTION).text == "which door?"
    assert Pause.objects.filter(case=case, until_at__isnull=True).count() == 1


def test_hold_without_a_question_is_refused(world: World) -> None:
    case = actions.accept(case=make_case(world), by=world.ben)
    with pytest.raises(Refused) as refused:
        actions.hold(case=case, by=world.ben, question="\x00 ")
    assert refused.value.field == "question"


def test_resume_lets_the_clock_run_again(world: World) -> None:
    case = actions.hold(case=make_case(world, Status.WORKING), by=world.ben, question="which door?")
    case = actions.resume(case=case, by=world.ben)
    assert case.status == Status.WORKING
    assert Pause.objects.get(case=case).until_at is not None


def test_resolve_needs_a_reply(world: World) -> None:
    with pytest.raises(Refused) as refused:
        actions.resolve(case=make_case(world, Status.WORKING), by=world.ben, reply="")
    assert refused.value.field == "reply"


def test_resolve_needs_a_photo_where_the_service_wants_proof(world: World) -> None:
    case = make_case(world, Status.WORKING, service=make_service("lamp", needs_proof=True))
    with pytest.raises(Refused) as refused:
        actions.resolve(case=case, by=world.ben, reply="lit again")
    assert refused.value.field == "photo"
    photo = make_photo()
    actions.resolve(case=case, by=world.ben, reply="lit again", photo=photo)
    assert Note.objects.get(case=case, kind=NoteKind.REPLY).photo == photo


def test_a_resolved_case_is_still_open_and_waits_for_the_asker(world: World) -> None:
    case = actions.resolve(case=make_case(world, Status.WORKING), by=world.ben, reply="done")
    assert case.is_open
    assert case.resolved_at is not None
    assert case.closes_at is not None
    assert case.due_at is None


def test_resolve_is_refused_while_child_cases_are_open_and_names_them(world: World) -> None:
    parent = make_case(world, Status.WORKING)
    child = make_case(world, Status.WORKING, parent=parent, askers=0)
    with translation.override("en"), pytest.raises(Refused, match=f"No. {child.pk}"):
        actions.resolve(case=parent, by=world.ben, reply="done")
    actions.resolve(case=child, by=world.ben, reply="done")
    assert actions.resolve(case=parent, by=world.ben, reply="done").status == Status.RESOLVED


def test_decline_ends_the_case_with_a_reason_for_the_asker(world: World) -> None:
    case = actions.decline(case=make_case(world), by=world.sam, reason="not in this city")
    assert (case.status, case.is_open, case.outcome) == (Status.DECLINED, False, Outcome.DECLINED)
    assert "not in this city" in Message.objects.get(case_id=case.pk).body


def test_reclassify_writes_the_new_service(world: World) -> None:
    other = make_service("water_leak")
    case = actions.reclassify(case=make_case(world), service=other, by=world.olga)
    case.refresh_from_db()
    assert (case.service, case.status) == (other, Status.WAITING)


def test_set_priority_refuses_an_unknown_one(world: World) -> None:
    with pytest.raises(Refused):
        actions.set_priority(case=make_case(world), priority="sometime", by=world.sam)


def test_set_priority_keeps_what_it_was_in_the_event(world: World) -> None:
    case = actions.set_priority(case=make_case(world), priority="urgent", by=world.sam)
    event = Event.objects.get(case_id=case.pk, verb="set_priority")
    assert (event.detail["from"], event.detail["to"], case.priority) == ("normal", "urgent", "urgent")


def test_a_note_stays_inside_and_changes_no_status(world: World) -> None:
    case = actions.note(case=make_case(world), by=world.ben, text="gate code at the desk")
    assert case.status == Status.WAITING
    assert Note.objects.get(case=case).kind == NoteKind.INTERNAL
    assert not Message.objects.exists()


def test_events_hold_no_words_that_people_wrote(world: World) -> None:
    case = actions.accept(case=make_case(world), by=world.ben)
    case = actions.hold(case=case, by=world.ben, question="is Mrs Zhao at home?")
    case = actions.resume(case=case, by=world.ben)
    actions.resolve(case=case, by=world.ben, reply="Mrs Zhao has light")
    assert not any("Zhao" in str(event.detail) for event in Event.objects.filter(case_id=case.pk))
