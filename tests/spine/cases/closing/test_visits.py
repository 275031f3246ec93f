"""Each asker is asked once for each time that a Case was resolved, by a link that nobody else can use."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.spine.audit.actions import ASKER, SYSTEM
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions, telling
from bihuan.spine.cases.closing import visits
from bihuan.spine.cases.closing.visits import Turn
from bihuan.spine.cases.models import Asker, Case, Telling, Visit
from bihuan.spine.cases.states import Outcome, Status
from bihuan.spine.messages import sending
from bihuan.spine.messages.models import Message
from tests.spine.cases.known import World, make_asker, make_case

LINK = re.compile(r"/v/([\w-]+)/")


@pytest.fixture(autouse=True)
def _to_a_file(settings: Any) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS = ["file", "screen"]


def resolved(world: World, askers: int = 1, **fields: Any) -> Case:
    case = actions.accept(case=make_case(world, askers=askers, **fields), by=world.ben)
    return actions.resolve(case=case, by=world.ben, reply="all done")


def again(case: Case, world: World) -> Case:
    return actions.resolve(case=case, by=world.ben, reply="now really")


def token_sent(case: Case, sent: list[Message]) -> str:
    """Send the outbox and return the token in the latest message about a Case, as its reader sees it."""
    sending.send_due()
    found = [
        match[1] for message in sent if message.case_id == case.pk for match in LINK.finditer(message.body)
    ]
    return found[-1]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Message]:
    """What was carried out, in order."""
    out: list[Message] = []
    monkeypatch.setattr(
        "bihuan.spine.messages.channels.file.File.deliver", lambda _self, m, _to: out.append(m)
    )
    return out


def test_each_asker_is_asked_by_a_link_of_their_own(world: World, sent: list[Message]) -> None:
    case = resolved(world, askers=3)
    sending.send_due()
    links = [LINK.search(message.body) for message in sent if message.template == "resolve"]
    assert len({link[1] for link in links if link}) == 3
    assert {visits.visit_of(link[1]).asker_id for link in links if link} == {a.pk for a in case.askers.all()}


def test_neither_the_outbox_nor_the_visit_holds_the_token(world: World, sent: list[Message]) -> None:
    case = resolved(world)
    message = Message.objects.get(case_id=case.pk, template="resolve")
    token = token_sent(case, sent)
    assert token not in message.body
    assert token not in str(vars(Visit.objects.get(case=case)))
    assert Message.objects.get(pk=message.pk).link_sealed is None


def test_who_left_no_telephone_is_asked_on_the_receipts_page(world: World) -> None:
    case = make_case(world, Status.WORKING, askers=0)
    make_asker(case, phone="")
    actions.resolve(case=case, by=world.ben, reply="done")
    visit = Visit.objects.get(case=case)
    assert (visit.channel, visit.token_hash) == ("screen", None)
    assert "/r/" in Message.objects.get(case_id=case.pk, template="resolve").body


def test_the_askers_one_yes_closes_and_says_that_it_is_solved(world: World) -> None:
    case = actions.confirm(case=resolved(world), by=ASKER)
    case.refresh_from_db()
    assert (case.status, case.is_solved, case.outcome) == (Status.CLOSED, True, Outcome.CONFIRMED)


def test_of_several_askers_the_last_yes_closes(world: World) -> None:
    case = resolved(world, askers=3)
    askers = list(case.askers.order_by("id"))
    for asker in askers[:2]:
        assert actions.confirm(case=case, by=ASKER, asker=asker).status == Status.RESOLVED
    assert Event.objects.filter(case_id=case.pk, verb="agree").count() == 2
    assert actions.confirm(case=case, by=ASKER, asker=askers[2]).status == Status.CLOSED


def test_one_no_of_several_opens_again_with_the_same_officer_and_ends_the_others_links(
    world: World, sent: list[Message]
) -> None:
    case = resolved(world, askers=2)
    token = token_sent(case, sent)
    first, second = case.askers.order_by("id")
    opened = actions.reopen(case=case, by=ASKER, asker=first, reason="dark")
    assert (opened.status, opened.officer, opened.is_solved) == (Status.REOPENED, world.ben, False)
    assert visits.visit_of(token).asker_id == second.pk
    assert visits.turn_of(visits.visit_of(token)) == Turn.OVER


def test_an_asker_says_yes_once(world: World) -> None:
    case = resolved(world, askers=2)
    asker = case.askers.first()
    actions.confirm(case=case, by=ASKER, asker=asker)
    with pytest.raises(Refused):
        actions.confirm(case=case, by=ASKER, asker=asker)


def test_where_several_asked_staff_must_say_who_answers(world: World) -> None:
    case = resolved(world, askers=2)
    with pytest.raises(Refused) as refused:
        actions.confirm(case=case, by=world.olga)
    assert refused.value.field == "asker"
    with pytest.raises(Refused):
        actions.confirm(case=case, by=world.olga, asker=make_case(world).askers.get())


def test_resolved_anew_everybody_is_asked_anew(world: World) -> None:
    case = resolved(world)
    case = again(actions.reopen(case=case, by=ASKER, reason="no"), world)
    assert Visit.objects.filter(case=case).count() == 2
    assert Visit.objects.filter(case=case, answered_at=None).get().resolved_at == case.resolved_at


def test_asking_twice_asks_nobody_twice(world: World) -> None:
    case = resolved(world, askers=2)
    askers = list(case.askers.select_related("submission"))
    assert visits.ask(case, askers) == {}
    assert Visit.objects.filter(case=case).count() == 2


def test_the_database_refuses_to_ask_twice_for_one_resolution(world: World) -> None:
    visit = Visit.objects.get(case=resolved(world))
    visit.pk, visit.token_hash = None, None
    with pytest.raises(IntegrityError), transaction.atomic():
        visit.save(force_insert=True)


def test_the_thousands_of_one_fault_are_asked_by_the_worker_once_each(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "AT_ONCE", 2)
    case = resolved(world, askers=7)
    assert not Visit.objects.exists()
    # One of them looks at the receipt before the worker comes to them.
    actions.confirm(case=case, by=ASKER, asker=case.askers.order_by("id")[3])
    while telling.tell_on(limit=2):
        pass
    asked = Visit.objects.filter(case=case).values_list("asker_id", flat=True)
    assert sorted(asked) == sorted(case.askers.values_list("pk", flat=True))


def test_a_telling_that_comes_late_asks_nobody_about_work_that_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "AT_ONCE", 2)
    case = resolved(world, askers=3)
    actions.reopen(case=case, by=ASKER, asker=case.askers.first(), reason="no")
    while telling.tell_on():
        pass
    assert Visit.objects.filter(case=case).count() == 1
    assert not Telling.objects.filter(done_at=None).exists()


# --- What a link still asks -------------------------------------------------------------------------------


def test_a_link_asks_then_takes_how_content_then_ends(world: World, sent: list[Message]) -> None:
    case = resolved(world)
    token = token_sent(case, sent)
    assert visits.turn_of(visits.visit_of(token)) == Turn.DONE
    actions.confirm(case=case, by=ASKER)
    visit = visits.visit_of(token)
    assert visits.turn_of(visit) == Turn.CONTENT
    actions.rate(visit=visit, by=ASKER, content="fair")
    assert visits.turn_of(visits.visit_of(token)) == Turn.OVER
    assert Case.objects.get(pk=case.pk).content == "fair"
    with pytest.raises(Conflict):
        actions.rate(visit=visit, by=ASKER, content="yes")


def test_a_link_ends_when_the_wait_is_over(world: World, sent: list[Message]) -> None:
    case = resolved(world)
    token = token_sent(case, sent)
    actions.close(case=case, by=SYSTEM)
    assert visits.turn_of(visits.visit_of(token)) == Turn.OVER


def test_a_day_after_the_answer_nobody_is_asked_how_content(world: World, sent: list[Message]) -> None:
    case = resolved(world)
    token = token_sent(case, sent)
    actions.confirm(case=case, by=ASKER)
    later = clock.now() + timedelta(days=1, minutes=1)
    with clock.running(lambda: later):
        assert visits.turn_of(visits.visit_of(token)) == Turn.OVER


def test_of_several_the_least_content_counts(world: World) -> None:
    case = resolved(world, askers=2)
    one, other = case.askers.order_by("id")
    actions.confirm(case=case, by=ASKER, asker=one, content="fair")
    actions.confirm(case=case, by=ASKER, asker=other, content="yes")
    assert Case.objects.get(pk=case.pk).content == "fair"


def test_a_word_of_content_that_nobody_knows_is_refused(world: World) -> None:
    with pytest.raises(Refused) as refused:
        actions.confirm(case=resolved(world), by=ASKER, content="great")
    assert refused.value.field == "content"


def test_a_yes_may_turn_into_a_no_while_the_case_can_be_opened_again(world: World) -> None:
    case = actions.confirm(case=resolved(world), by=ASKER)
    case = actions.reopen(case=case, by=ASKER, reason="back again")
    assert (case.is_solved, Visit.objects.get(case=case).is_solved) == (False, False)


# --- Who is out of reach, who reads paper, what nobody asked for ------------------------------------------


def test_unreachable_wants_three_tries_and_keeps_them_in_the_audit(world: World) -> None:
    case = resolved(world)
    with pytest.raises(Refused):
        actions.unreachable(case=case, by=world.olga, tries=2)
    case = actions.unreachable(case=case, by=world.olga, tries=3)
    assert case.status == Status.RESOLVED
    assert case.unreachable_at is not None
    assert Event.objects.get(case_id=case.pk, verb="unreachable").detail["tries"] == 3


def test_who_did_the_work_may_not_call_the_asker_unreachable(world: World) -> None:
    case = resolved(world)
    Case.objects.filter(pk=case.pk).update(officer=world.olga)
    with pytest.raises(Forbidden):
        actions.unreachable(case=case, by=world.olga, tries=3)


def test_who_answers_after_all_was_reachable(world: World) -> None:
    case = actions.unreachable(case=resolved(world), by=world.olga, tries=5)
    assert actions.confirm(case=case, by=ASKER).unreachable_at is None


def test_who_has_answered_is_not_unreachable(world: World) -> None:
    case = resolved(world, askers=2)
    actions.confirm(case=case, by=ASKER, asker=case.askers.first())
    with pytest.raises(Refused):
        actions.unreachable(case=case, by=world.olga, tries=3)


def test_a_slip_is_a_fresh_link_and_ends_the_one_sent_before(world: World, sent: list[Message]) -> None:
    case = resolved(world)
    before = token_sent(case, sent)
    printed = LINK.search(actions.slip(case=case, by=world.olga))
    assert printed
    assert visits.visit_of(before) is None
    assert visits.visit_of(printed[1]).channel == "paper"


def test_who_did_the_work_prints_no_slip(world: World) -> None:
    with pytest.raises(Forbidden):
        actions.slip(case=resolved(world), by=world.ben)


def test_what_staff_raised_is_asked_of_nobody_and_closed_by_a_check(world: World) -> None:
    case = resolved(world, is_self_raised=True)
    assert not Visit.objects.exists()
    for verb in (actions.confirm, actions.slip):
        with pytest.raises(Refused):
            verb(case=case, by=world.olga)
    assert actions.check(case=case, by=world.sam).outcome == Outcome.CHECKED


def test_a_supervisor_does_not_check_their_own_work_nor_speak_for_an_asker(world: World) -> None:
    own = resolved(world, is_self_raised=True)
    Case.objects.filter(pk=own.pk).update(officer=world.sam)
    with pytest.raises(Forbidden):
        actions.check(case=own, by=world.sam)
    with pytest.raises(Refused):
        actions.check(case=resolved(world), by=world.sam)


def test_a_child_case_is_raised_by_staff(world: World) -> None:
    parent = make_case(world, Status.WORKING)
    child = actions.add_child(
        case=parent, service=world.service, agency=world.water, text="pump", by=world.ben
    )
    assert child.is_self_raised


# --- A word while the work goes on ------------------------------------------------------------------------


def test_a_reply_reaches_the_askers_and_keeps_the_promise_of_a_first_word(world: World) -> None:
    case = actions.accept(case=make_case(world, askers=2), by=world.ben)
    assert case.replied_at is None
    first = actions.reply(case=case, by=world.ben, reply="we come at six")
    assert (first.status, first.replied_at is not None) == (Status.ACCEPTED, True)
    assert (
        Message.objects.filter(case_id=case.pk, template="reply", body__contains="we come at six").count()
        == 2
    )
    assert actions.reply(case=first, by=world.ben, reply="at seven").replied_at == first.replied_at


@pytest.mark.parametrize("status", [Status.RESOLVED, Status.CLOSED, Status.TRIAGE])
def test_there_is_no_reply_to_what_is_over_or_nobodys(world: World, status: Status) -> None:
    with pytest.raises(Refused):
        actions.reply(case=make_case(world, status), by=world.ben, reply="hello")


def test_an_operator_takes_the_answer_down_for_one_of_several(world: World) -> None:
    case = resolved(world, askers=2)
    asker: Asker = case.askers.order_by("id")[1]
    actions.confirm(case=case, by=world.olga, asker=asker, content="yes")
    visit = Visit.objects.get(asker=asker)
    assert (visit.is_solved, visit.content) == (True, "yes")
