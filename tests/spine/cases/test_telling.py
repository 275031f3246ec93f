"""Telling the askers."""

from unittest.mock import patch

import pytest
from django.utils import translation

from bihuan.spine.cases import actions, telling
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Status
from bihuan.spine.messages.models import Message
from tests.spine.cases.known import PHONE, World, make_asker, make_case, make_submission


def test_each_asker_is_told_in_the_own_language(world: World) -> None:
    case = make_case(world, askers=0)
    make_asker(case, language="en")
    make_asker(case, language="zh-hans")
    make_asker(case, language="")
    actions.accept(case=case, by=world.ben)
    bodies = dict(Message.objects.values_list("about", "body"))
    told = [bodies[asker.submission.receipt] for asker in case.askers.order_by("id")]
    assert "Power grid" in told[0]
    assert "供电公司" in told[1]
    assert told[1].split("http")[0] == told[2].split("http")[0]


def test_the_question_stands_in_the_message(world: World) -> None:
    actions.hold(case=make_case(world, Status.WORKING), by=world.ben, question="which entrance?")
    assert "which entrance?" in Message.objects.get().body


def test_no_message_shows_the_telephone(world: World) -> None:
    actions.hold(case=make_case(world, Status.WORKING), by=world.ben, question="which entrance?")
    message = Message.objects.get()
    assert PHONE[-8:] not in f"{message.subject} {message.body} {message.about}"


def test_a_language_that_there_is_not_is_told_in_chinese(world: World) -> None:
    submission = make_submission(language="q1")
    with patch("bihuan.spine.cases.telling.translation.override", wraps=translation.override) as override:
        told = telling.draft(make_case(world), submission, "accept")
    assert told is not None and told.language == "zh-hans"
    assert {call.args for call in override.call_args_list} == {("zh-hans",)}


# --- Thousands ------------------------------------------------------------------------------------------


def big_case(world: World, askers: int) -> Case:
    case = make_case(world, askers=0)
    for _ in range(askers):
        make_asker(case)
    return case


def test_the_askers_of_a_big_case_are_told_by_the_worker_in_batches(world: World) -> None:
    case = big_case(world, telling.AT_ONCE + 1)
    telling.tell(case=case, template="accept")
    assert not Message.objects.exists()
    assert [telling.tell_on(30), telling.tell_on(30), telling.tell_on(30)] == [30, 21, 0]
    assert Message.objects.filter(template="accept").count() == telling.AT_ONCE + 1


def test_each_is_told_once_though_the_worker_dies_in_the_middle(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = big_case(world, telling.AT_ONCE + 5)
    telling.tell(case=case, template="accept")
    telling.tell_on(20)
    with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):
        patch.setattr(telling.messages, "send_many", lambda drafts: (list(drafts), 1 / 0))
        telling.tell_on(20)
    while telling.tell_on(20):
        pass
    told = list(Message.objects.values_list("about", flat=True))
    assert len(told) == len(set(told)) == case.askers.count()


def test_who_came_after_the_word_was_given_is_not_told_it(world: World) -> None:
    case = big_case(world, telling.AT_ONCE + 1)
    telling.tell(case=case, template="accept")
    late = make_asker(case)
    while telling.tell_on():
        pass
    assert not Message.objects.filter(about=late.submission.receipt).exists()


def test_some_of_many_are_told_and_the_rest_are_not(world: World) -> None:
    case = big_case(world, telling.AT_ONCE + 10)
    numbers = list(case.askers.order_by("id").values_list("pk", flat=True))[:-5]
    telling.tell_some(case=case, template="merge", askers=numbers)
    while telling.tell_on(20):
        pass
    assert Message.objects.filter(template="merge").count() == len(numbers)


def test_the_words_name_the_agency_that_had_the_case_then(world: World) -> None:
    case = big_case(world, telling.AT_ONCE + 1)
    telling.tell(case=case, template="accept")
    Case.objects.filter(pk=case.pk).update(agency=world.water)
    telling.tell_on()
    assert "Power grid" in Message.objects.first().body
