"""What the forms for many Cases at once ask."""

from bihuan.faces.desk import manyforms
from bihuan.spine.cases.models import CannedAnswer
from bihuan.spine.cases.states import VERBS
from tests.spine.cases.known import World


def test_words_of_one_kind_or_the_other_are_wanted(world: World) -> None:
    empty = manyforms.form_of("reply", world.ben, {})
    assert not empty.is_valid()
    assert list(empty.errors) == ["reply"]
    assert manyforms.form_of("reply", world.ben, {"reply": "Soon"}).is_valid()


def test_a_canned_answer_takes_the_place_of_own_words(world: World) -> None:
    answer = CannedAnswer.objects.create(agency=world.grid, title="x", text_zh="x")
    form = manyforms.form_of("hold", world.ben, {"canned": answer.pk, "question": "mine"})
    assert form.is_valid()
    order = manyforms.order_of("hold", world.ben, form, "key")
    assert order.canned == answer
    assert "question" not in order.said


def test_another_offices_canned_answer_can_not_be_chosen(world: World) -> None:
    theirs = CannedAnswer.objects.create(agency=world.water, title="x", text_zh="x")
    assert not manyforms.form_of("reply", world.ben, {"canned": theirs.pk}).is_valid()


def test_a_person_is_offered_the_verbs_of_their_role_alone(world: World) -> None:
    offered = {verb for verb, _ in manyforms.choices(world.ben)}
    assert "accept" in offered
    assert offered == {verb for verb in manyforms.FORMS if any(map(world.ben.may, VERBS[verb].permissions))}
    assert manyforms.choices(world.dan) == []
