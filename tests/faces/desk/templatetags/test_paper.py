"""What templates ask about paper."""

from django.utils import translation

from bihuan.faces.desk.templatetags.paper import forms_of, question_words
from tests.spine.cases.known import World, make_case


def test_a_question_is_written_in_the_language_of_the_paper() -> None:
    entry = {"zh": "哪部", "en": "Which"}
    with translation.override("en"):
        assert question_words(entry) == "Which"
    with translation.override("zh-hans"):
        assert question_words(entry) == "哪部"


def test_a_case_that_came_by_another_way_has_no_forms(world: World) -> None:
    assert list(forms_of(make_case(world))) == []
