"""Each verb of staff, as JSON."""

from typing import Any

import pytest

from bihuan.faces.api.deeds import DEEDS
from bihuan.spine.audit.models import Event
from bihuan.spine.cases.models import Note
from bihuan.spine.cases.states import VERBS, Status
from bihuan.spine.door.models import Photo
from tests.spine.cases.known import NOON, World, make_case, make_submission


def test_every_verb_of_staff_has_an_address(world: World) -> None:
    assert set(DEEDS) == set(VERBS) - {"close", "slip"}


def test_a_dispatch_that_is_refused_leaves_no_task_behind(world: World, call: Any) -> None:
    case = make_case(world, Status.ACCEPTED)
    answer = call(world.ben, "POST", f"/cases/{case.pk}/dispatch", {"title": "look"})
    assert answer.status_code == 422
    assert not case.tasks.exists()
    assert not Event.objects.filter(case_id=case.pk, verb="add_task").exists()


def test_a_child_case_names_itself(world: World, call: Any) -> None:
    case = make_case(world, Status.WORKING)
    body = {"service": world.service.code, "agency": "water", "text": "shut the valve"}
    made = call(world.ben, "POST", f"/cases/{case.pk}/child", body).json()["made"]
    assert call(world.ben, "GET", f"/cases/{case.pk}").json()["children"] == [made]


@pytest.mark.parametrize(
    "verb", ["merge", "transfer", "child", "resolve", "dispatch", "arrive", "reclassify"]
)
def test_what_is_named_but_not_there_is_refused_at_its_field(world: World, call: Any, verb: str) -> None:
    case = make_case(world, Status.WORKING)
    nothing = "00000000-0000-4000-8000-000000000000"
    bodies: dict[str, tuple[Any, dict[str, Any], int]] = {
        "merge": (world.olga, {"into": 999999}, 404),
        "transfer": (world.sam, {"agency": "moon", "reason": "x"}, 422),
        "child": (world.ben, {"service": "moon", "agency": "grid", "text": "x"}, 422),
        "resolve": (world.ben, {"reply": "x", "photo": nothing}, 422),
        "dispatch": (world.ben, {"task": 999999, "team": world.team.pk}, 422),
        "arrive": (world.ben, {}, 422),
        "reclassify": (world.olga, {"service": "moon"}, 422),
    }
    by, body, status = bodies[verb]
    answer = call(by, "POST", f"/cases/{case.pk}/{verb}", body)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")


def test_a_photo_of_an_asker_or_of_another_case_is_no_proof(world: World, call: Any) -> None:
    askers = Photo.objects.create(
        submission=make_submission(), width=1, height=1, bytes_count=1, created_at=NOON
    )
    elsewhere = Photo.objects.create(width=1, height=1, bytes_count=1, created_at=NOON)
    Note.objects.create(
        case=make_case(world), kind="reply", verb="resolve", text="x", photo=elsewhere, at=NOON
    )
    case = make_case(world, Status.WORKING)
    for photo in (askers, elsewhere):
        said = {"reply": "done", "photo": str(photo.pk)}
        answer = call(world.ben, "POST", f"/cases/{case.pk}/resolve", said)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "photo")
