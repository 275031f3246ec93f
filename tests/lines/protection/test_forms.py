"""What the forms make of what was typed."""

from bihuan.lines.protection import forms
from bihuan.lines.protection.models import Person
from tests.lines.protection.known import make_services
from tests.spine.cases.known import World


def test_an_unusual_rhythm_stays_in_the_form(world: World, person: Person) -> None:
    person.every_h = 5
    form = forms.PersonForm(world.ben, initial=forms.initial_of(person, {"name": "吴甲"}))
    assert form.fields["every_h"].choices[0][0] == 5  # type: ignore[attr-defined]


def test_a_person_is_looked_after_by_ones_own_offices_only(world: World) -> None:
    offered = set(forms.PersonForm(world.ben).fields["agency"].queryset)  # type: ignore[attr-defined]
    assert offered == {world.grid, world.crew}


def test_the_services_that_raise_themselves_are_not_asked_for(world: World) -> None:
    make_services()
    codes = set(forms.NeedForm().fields["service"].queryset.values_list("code", flat=True))  # type: ignore[attr-defined]
    assert "welfare_check" not in codes
    assert "medicine" in codes
