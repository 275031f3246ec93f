"""Reasons and faces of the asker's own link."""

from datetime import timedelta

from bihuan.faces.portal.visiting import FACES, REASONS, reason_of, reply_of
from bihuan.kernel import clock
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Content, Visit
from bihuan.spine.cases.states import Status
from tests.spine.cases.known import World, make_case


def test_the_pressed_reason_and_the_typed_words_go_together() -> None:
    assert reason_of({"reason": "nobody", "text": " all day "}) == f"{REASONS['nobody']}\nall day"
    assert reason_of({"text": "dark"}) == "dark"
    assert reason_of({"reason": "unknown"}) == ""


def test_there_is_a_face_for_each_answer() -> None:
    assert [face.code for face in FACES] == list(Content.values)


def test_the_reply_is_that_of_the_time_that_is_asked_about(world: World) -> None:
    case = make_case(world, Status.WORKING)
    began = clock.now()
    for minutes, reply in enumerate(("first", "second"), 1):
        at = began + timedelta(minutes=minutes)
        with clock.running(lambda at=at: at):
            case = actions.resolve(case=case, by=world.ben, reply=reply)
            visit = Visit.objects.order_by("-resolved_at")[0]
            assert reply_of(visit) == reply
            case = actions.reopen(case=case, by=world.olga, reason="no")
