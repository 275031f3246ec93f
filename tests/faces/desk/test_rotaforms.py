"""What the rota's forms ask for."""

from datetime import timedelta

from bihuan.faces.desk.rotaforms import RepeatForm, ShiftForm
from tests.spine.cases.known import World

SAID = {"duty": "officer", "on": "2026-11-23", "since": "08:00", "until": "16:00"}


def test_a_shift_ends_on_its_day_or_the_next(world: World) -> None:
    for until, hours in (("16:00", 8), ("08:00", 24), ("06:00", 22)):
        form = ShiftForm(world.grid, SAID | {"person": world.ben.pk, "until": until})
        assert form.is_valid(), form.errors
        since, ends = form.span
        assert ends - since == timedelta(hours=hours)


def test_only_people_of_the_office_or_above_it_can_be_chosen(world: World) -> None:
    assert not ShiftForm(world.grid, SAID | {"person": world.eve.pk}).is_valid()
    assert ShiftForm(world.grid, SAID | {"person": world.max.pk}).is_valid()


def test_people_are_told_apart_by_their_office(world: World) -> None:
    labels = [label for _, label in RepeatForm(world.grid).fields["people"].choices]
    assert f"Ben · {world.grid}" in labels
