"""A form comes in once, under its own number, by the one door."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from bihuan.kernel import clock, ids
from bihuan.kernel.errors import Forbidden, Refused
from bihuan.spine.audit.models import Event
from bihuan.spine.cases.models import Case, Service
from bihuan.spine.door.faults import Unfit
from bihuan.spine.door.models import Submission
from bihuan.spine.door.submit import submit
from bihuan.spine.paper import queries
from bihuan.spine.paper.entering import Taken, enter, find
from bihuan.spine.paper.models import Number
from bihuan.spine.paper.numbers import make_void, reserve
from tests.spine.cases.known import World

SAID = {"text": "two boxes of insulin left", "service": "power_failure", "phone": "199 0000 5526"}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def form(world: World) -> str:
    return reserve(by=world.olga, count=1).numbers.get().number


def test_the_case_has_the_printed_number_and_both_times(world: World, form: str) -> None:
    on_paper = clock.now() + timedelta(minutes=1)
    entry = enter(by=world.olga, typed=form, payload=SAID, asked_at=on_paper)
    submission = Submission.objects.get()
    assert (submission.receipt, submission.channel) == (form, "paper")
    assert submission.asker.case == entry.case
    assert (entry.number.asked_at, entry.number.used_by) == (on_paper, world.olga)
    assert entry.number.used_at is not None and submission.received_at <= entry.number.used_at
    assert list(queries.forms_of(entry.case)) == [entry.number]


def test_entering_leaves_an_event_of_who_did_it(world: World, form: str) -> None:
    entry = enter(by=world.olga, typed=form, payload=SAID)
    event = Event.objects.get(verb="paper_enter")
    assert (event.actor, event.case_id, event.detail) == (world.olga, entry.case.pk, {})


def test_the_number_may_be_typed_with_gaps_and_wide_digits(world: World, form: str) -> None:
    wide = ids.format_receipt(form).replace("9", "\uff19")
    assert enter(by=world.olga, typed=wide, payload=SAID).number.number == form


def test_the_second_is_told_who_was_first_and_no_second_case_is_opened(world: World, form: str) -> None:
    entry = enter(by=world.olga, typed=form, payload=SAID)
    with pytest.raises(Taken, match="Olga") as taken:
        enter(by=world.olga, typed=form, payload={**SAID, "text": "something else"})
    assert queries.case_of(taken.value.number) == entry.case
    assert Case.objects.count() == 1


def test_two_clerks_at_once_make_one_ask_and_the_other_is_told(world: World, form: str) -> None:
    start, ends = threading.Barrier(2), []

    def one() -> None:
        start.wait()
        try:
            ends.append(enter(by=world.olga, typed=form, payload=SAID).case.pk)
        except Taken:
            ends.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends, key=bool) == [None, Case.objects.get().pk]
    assert Submission.objects.count() == 1


def test_what_the_door_refuses_leaves_the_form_free(world: World, form: str) -> None:
    with pytest.raises(Unfit):
        enter(by=world.olga, typed=form, payload={**SAID, "phone": "12"})
    assert Number.objects.get().state == "printed"
    assert enter(by=world.olga, typed=form, payload=SAID).number.state == "used"


def test_a_form_that_is_void_in_the_last_moment_is_not_taken_in(world: World, form: str, monkeypatch) -> None:
    block = Number.objects.get().block
    import bihuan.spine.paper.entering as room

    monkeypatch.setattr(room, "_check_time", lambda *_: make_void(by=world.olga, block=block, number=form))
    with pytest.raises(Refused) as refused:
        enter(by=world.olga, typed=form, payload=SAID)
    assert refused.value.code == "void"
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "mistyped"), ("12", "mistyped"), ("9" * 11 + "1", "mistyped"), ("x" * 400, "mistyped")],
)
def test_what_is_no_number_is_refused_as_mistyped(world: World, typed: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        find(typed)
    assert refused.value.code == code


def test_a_wrong_digit_is_told_from_a_number_never_printed_and_from_one_of_the_web(
    world: World, form: str
) -> None:
    wrong = form[:-1] + str((int(form[-1]) + 1) % 10)
    codes = []
    for typed in (wrong, ids.new_printed(), ids.new_receipt()):
        with pytest.raises(Refused) as refused:
            find(typed)
        codes.append(refused.value.code)
    assert codes == ["mistyped", "unknown", "electronic"]


def test_a_void_form_is_refused(world: World, form: str) -> None:
    make_void(by=world.olga, block=Number.objects.get().block)
    with pytest.raises(Refused) as refused:
        enter(by=world.olga, typed=form, payload=SAID)
    assert refused.value.code == "void"


@pytest.mark.parametrize("off", [timedelta(days=1), timedelta(days=-1)])
def test_a_time_to_come_and_one_before_the_printing_are_refused(
    world: World, form: str, off: timedelta
) -> None:
    with pytest.raises(Refused) as refused:
        enter(by=world.olga, typed=form, payload=SAID, asked_at=clock.now() + off)
    assert refused.value.field == "asked_at"


def test_whoever_may_not_enter_asks_enters_no_form(world: World, form: str) -> None:
    with pytest.raises(Forbidden):
        enter(by=world.ben, typed=form, payload=SAID)


def test_nobody_outside_can_take_a_forms_place_with_a_client_id(world: World, form: str) -> None:
    submit({**SAID, "client_id": f"paper-{form}"})
    assert enter(by=world.olga, typed=form, payload=SAID).number.number == form
    assert Submission.objects.count() == 2


def test_a_clerk_who_is_cut_off_after_the_commit_loses_nothing(world: World, form: str, monkeypatch) -> None:
    import bihuan.spine.paper.entering as room

    def killed(_submission: Submission) -> Case:
        raise KeyboardInterrupt

    monkeypatch.setattr(room, "triage_one", killed)
    with pytest.raises(KeyboardInterrupt):
        enter(by=world.olga, typed=form, payload=SAID)
    assert Submission.objects.get().receipt == form
    with pytest.raises(Taken):
        enter(by=world.olga, typed=form, payload=SAID)


def test_somebody_without_a_telephone_is_taken_in_all_the_same(world: World, form: str) -> None:
    Service.objects.filter(code="power_failure").update(needs=["phone", "place", "name"])
    payload = {"text": "no power", "service": "power_failure"}
    with pytest.raises(Unfit):
        submit({**payload, "client_id": "web-1"})
    assert enter(by=world.olga, typed=form, payload=payload).case.service.code == "power_failure"
