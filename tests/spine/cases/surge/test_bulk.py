"""One verb on many Cases, each judged alone."""

import threading
from collections import Counter

import pytest
from django.db import connection

from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Answered, BulkAnswer, CannedAnswer, Case, Note
from bihuan.spine.cases.states import Status
from bihuan.spine.cases.surge import bulk
from bihuan.spine.cases.surge.bulk import Order, do_many
from bihuan.spine.messages.models import Message
from tests.spine.cases.known import World, make_asker, make_case, make_world


def order(verb: str, by: User, key: str = "", canned: CannedAnswer | None = None, **said: object) -> Order:
    return Order(verb=verb, by=by, said=said, key=key, canned=canned)


def test_each_case_of_many_is_done_with_its_own_event(world: World) -> None:
    cases = [make_case(world) for _ in range(3)]
    answers = do_many(order("accept", world.ben), [case.pk for case in cases])
    assert [(one.case_id, one.outcome) for one in answers] == [(case.pk, "done") for case in cases]
    assert Event.objects.filter(verb="accept", case_id__in=[case.pk for case in cases]).count() == 3


def test_one_that_is_refused_keeps_no_other_from_being_done(world: World) -> None:
    held, waiting = make_case(world, Status.HOLD), make_case(world)
    answers = do_many(order("accept", world.ben), [held.pk, waiting.pk])
    assert [one.outcome for one in answers] == [Answered.REFUSED, Answered.DONE]
    assert answers[0].words


def test_whoever_comes_second_is_told_who_was_first(world: World) -> None:
    case = make_case(world)
    actions.accept(case=case, by=world.ida)
    (answer,) = do_many(order("accept", world.ben), [case.pk])
    assert answer.outcome == Answered.FIRST
    assert "Ida" in answer.words


def test_of_a_case_that_is_not_ours_one_hears_the_same_as_of_none(world: World) -> None:
    case = make_case(world)
    mine, none = do_many(order("accept", world.eve), [case.pk, case.pk + 1000])
    assert (mine.outcome, mine.words) == (none.outcome, none.words)
    assert Case.objects.get(pk=case.pk).status == Status.WAITING


def test_the_same_request_sent_again_writes_no_second_reply(world: World) -> None:
    case = make_case(world, Status.ACCEPTED)
    again = order("reply", world.ben, key="one", reply="We are coming.")
    first, second = do_many(again, [case.pk]), do_many(again, [case.pk])
    assert (first[0].is_repeat, second[0].is_repeat) == (False, True)
    assert Note.objects.filter(case=case).count() == 1


def test_what_was_refused_is_tried_again_by_the_same_request(world: World) -> None:
    case = make_case(world, Status.HOLD)
    again = order("accept", world.ben, key="one")
    assert do_many(again, [case.pk])[0].outcome == Answered.REFUSED
    Case.objects.filter(pk=case.pk).update(status=Status.WAITING)
    assert do_many(again, [case.pk])[0].outcome == Answered.DONE
    assert BulkAnswer.objects.get().outcome == Answered.DONE


def test_a_number_that_is_named_twice_is_done_once(world: World) -> None:
    case = make_case(world, Status.ACCEPTED)
    do_many(order("note", world.ben, text="seen"), [case.pk, case.pk])
    assert Note.objects.filter(case=case).count() == 1


def test_a_canned_answer_speaks_to_each_asker_in_their_language(world: World) -> None:
    chinese, english = (make_case(world, Status.ACCEPTED, askers=0) for _ in range(2))
    make_asker(chinese, language="zh-hans")
    make_asker(english, language="en")
    canned = CannedAnswer.objects.create(title="x", text_zh="{service}好了", text_en="{service} is done")
    answers = do_many(order("resolve", world.ben, canned=canned), [chinese.pk, english.pk])
    assert Counter(one.outcome for one in answers) == {"done": 2}
    said = [Note.objects.get(case=case).text for case in (chinese, english)]
    assert said == ["power_failure好了", "power_failure is done"]
    assert "好了" in Message.objects.get(case_id=chinese.pk).body


@pytest.mark.parametrize(("verb", "count"), [("accept", 201), ("accept", 0), ("merge", 1)])
def test_too_many_none_or_a_verb_for_one_alone_is_refused(world: World, verb: str, count: int) -> None:
    with pytest.raises(Refused):
        do_many(order(verb, world.ben), range(1, count + 1))


def test_a_death_in_the_middle_leaves_each_case_wholly_done_or_untouched(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [make_case(world) for _ in range(4)]
    again = order("accept", world.ben, key="one")
    keep, left = bulk._keep, iter([True, True])

    def killed(*args: object) -> None:
        keep(*args)  # type: ignore[arg-type]
        if not next(left, False):
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(bulk, "_keep", killed)
        with pytest.raises(KeyboardInterrupt):
            do_many(again, [case.pk for case in cases])
    numbers = [case.pk for case in cases]
    statuses = Case.objects.filter(pk__in=numbers).order_by("pk").values_list("status", flat=True)
    assert list(statuses) == [Status.ACCEPTED] * 2 + [Status.WAITING] * 2
    assert Event.objects.filter(verb="accept", case_id__in=numbers).count() == 2
    answers = do_many(again, numbers)
    assert [one.is_repeat for one in answers] == [True, True, False, False]
    assert Event.objects.filter(verb="accept", case_id__in=numbers).count() == 4


@pytest.mark.django_db(transaction=True)
def test_of_two_equal_requests_at_once_each_case_is_done_once() -> None:
    world = make_world()
    cases = [make_case(world, Status.ACCEPTED) for _ in range(5)]
    again = order("reply", world.ben, key="one", reply="We are coming.")
    results: list[list[bulk.Answer]] = []

    def go() -> None:
        try:
            results.append(do_many(again, [case.pk for case in cases]))
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.outcome for answers in results for one in answers] == ["done"] * 10
    assert sum(one.is_repeat for answers in results for one in answers) == 5
    assert Note.objects.count() == 5


def test_the_second_of_two_equal_requests_is_not_told_that_somebody_else_was_first(world: World) -> None:
    case, again = make_case(world), order("accept", world.ben, key="one")
    do_many(again, [case.pk])
    # It had read what was kept, and the Case, before the other wrote.
    answer = bulk._one(again, case.pk, case, None)
    assert (answer.outcome, answer.is_repeat) == (Answered.DONE, True)


def test_two_that_try_again_at_once_what_was_refused_do_it_once(world: World) -> None:
    case, again = make_case(world, Status.CLOSED), order("reply", world.ben, key="one", reply="We come.")
    assert do_many(again, [case.pk])[0].outcome == Answered.REFUSED
    Case.objects.filter(pk=case.pk).update(status=Status.ACCEPTED)
    before, case = BulkAnswer.objects.get(), Case.objects.get(pk=case.pk)
    answers = [bulk._one(again, case.pk, case, before) for _ in range(2)]
    assert [(one.outcome, one.is_repeat) for one in answers] == [("done", False), ("done", True)]
    assert Note.objects.filter(case=case).count() == 1


def test_old_answers_are_forgotten(world: World) -> None:
    case = make_case(world)
    do_many(order("accept", world.ben, key="one"), [case.pk])
    assert bulk.forget_old() == 0
    BulkAnswer.objects.update(at="2020-01-01T00:00:00Z")
    assert bulk.forget_old() == 1
