"""The people behind a Case, masked."""

from bihuan.faces.desk.askers import PAGE, answers_of, askers_of, private_of
from bihuan.kernel import private
from tests.spine.cases.known import World, make_asker, make_case, make_submission

QUESTIONS = [
    {"code": "kind", "zh": "类别", "en": "Kind", "choices": [{"key": "a", "zh": "甲", "en": "First"}]},
    {
        "code": "many",
        "zh": "多选",
        "en": "Many",
        "choices": [{"key": "x", "zh": "子", "en": "X"}, {"key": "y", "zh": "丑", "en": "Y"}],
    },
]


def test_personal_fields_are_masked(world: World) -> None:
    submission = make_submission(name_sealed=private.seal("王小明"), door_sealed=private.seal("3-1-402"))
    shown = {field.field: field.masked for field in private_of(submission)}
    assert shown == {"name": "王••", "phone": "•••• 5526", "door": "••••"}


def test_what_was_not_given_is_not_shown(world: World) -> None:
    assert private_of(make_submission(phone="")) == []


def test_the_first_asker_comes_first_and_a_merged_one_names_its_own_case(world: World) -> None:
    case, other = make_case(world), make_case(world, askers=0)
    late = make_asker(other)
    late.case = case
    late.save()
    assert [one.first_case_id for one in askers_of(case).shown] == [case.pk, other.pk]


def test_answers_stand_beside_the_words_of_their_questions() -> None:
    said = answers_of({"kind": "a", "many": ["x", "y"]}, QUESTIONS)
    assert said in ([("类别", "甲"), ("多选", "子、丑")], [("Kind", "First"), ("Many", "X, Y")])


def test_a_moment_is_shown_without_the_letter_of_its_form_field() -> None:
    questions = [{"code": "at", "kind": "datetime", "zh": "何时", "en": "When"}]
    assert [value for _, value in answers_of({"at": "2026-11-24T09:00"}, questions)] == ["2026-11-24 09:00"]


def test_an_answer_to_no_question_is_still_shown() -> None:
    assert answers_of({"old": 3}, QUESTIONS) == [("old", "3")]


def test_many_askers_are_shown_a_page_at_a_time(world: World) -> None:
    case = make_case(world, askers=PAGE + 3)
    first = askers_of(case)
    assert (len(first.shown), first.total, first.is_begun) == (PAGE, PAGE + 3, False)
    rest = askers_of(case, first.next or 0)
    assert (len(rest.shown), rest.next, rest.is_begun) == (3, None, True)
    assert rest.first == first.first
