"""What a merge keeps of a Case."""

import json

from bihuan.spine.cases import actions
from bihuan.spine.cases.actions import keeping
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Status
from tests.spine.cases.known import World, make_case


def test_only_what_changed_is_kept_and_none_of_the_words(world: World) -> None:
    case = make_case(world, Status.WORKING, summary="zebra in the stairwell", place="Moon Court")
    before = keeping.kept_of(case)
    ended = actions.merge(case=case, into=make_case(world), by=world.olga)
    changed = keeping.changed_since(before["case"], ended)
    assert changed["status"] == Status.WORKING
    assert {"merged_into_id", "is_open", "outcome"} <= changed.keys()
    assert "service_id" not in changed
    assert "zebra" not in json.dumps(before) and "Moon" not in json.dumps(before)


def test_kept_values_survive_being_written_as_json(world: World) -> None:
    case = make_case(world, Status.ACCEPTED)
    before = keeping.kept_of(case)
    assert json.loads(json.dumps(before["case"])) == before["case"]
    assert before["case"]["opened_at"] == Case.objects.get(pk=case.pk).opened_at.isoformat()
