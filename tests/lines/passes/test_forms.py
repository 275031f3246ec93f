"""The forms."""

import pytest

from bihuan.lines.passes.forms import GROUPS, ApplyForm, DeskForm
from bihuan.lines.passes.models import Desk
from tests.lines.passes.asked import typed
from tests.spine.cases.known import World


def test_what_was_typed_becomes_a_draft(world: World) -> None:
    form = ApplyForm(typed(second="吴乙"))
    assert form.is_valid(), form.errors
    draft = form.draft()
    assert (draft.origin_code, draft.origin_name) == ("430105", "长沙开福")
    assert draft.destination_code == "430202"
    assert draft.way_points == ("G4", "株洲西")
    assert [one.name for one in draft.crew] == ["郑甲", "吴乙"]


@pytest.mark.parametrize("county", ["430202", "430202荷塘", " 430202 , 荷塘区", "荷塘区"])
def test_a_county_is_read_however_it_is_written(world: World, county: str) -> None:
    form = ApplyForm(typed(destination=county))
    assert form.is_valid()
    assert form.draft().destination_code == "430202"


def test_every_field_is_shown_under_a_heading() -> None:
    shown = {name for _, names in GROUPS for name in names}
    assert shown == set(ApplyForm.base_fields) - {"client_id"}


@pytest.mark.parametrize("wrong", [{"promise_min": 0}, {"daily_quota": -1}, {"longest_h": ""}])
def test_rules_that_can_not_be_are_refused(world: World, desk: Desk, wrong: dict[str, object]) -> None:
    right = {"agency": world.grid.pk, "promise_min": 180, "longest_h": 72, "stay_h": 12}
    assert DeskForm(right, instance=desk).is_valid()
    assert not DeskForm({**right, **wrong}, instance=desk).is_valid()
