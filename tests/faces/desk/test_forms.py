"""The small forms of the verbs."""

from django.http import QueryDict

from bihuan.faces.desk import forms
from tests.spine.cases.known import World, make_agency


def test_every_visible_field_looks_like_one_of_the_house() -> None:
    form = forms.ReplyForm()
    assert all("input" in str(field) for field in form.visible_fields())


def test_a_reason_of_blanks_is_none() -> None:
    assert not forms.ReasonForm({"reason": "   "}).is_valid()


def test_a_closed_agency_can_not_be_chosen(world: World) -> None:
    closed = make_agency("old", "旧单位", "Old")
    closed.is_active = False
    closed.save()
    assert not forms.TransferForm({"agency": closed.pk, "reason": "x"}).is_valid()


def test_a_unit_is_a_team_or_a_person_with_its_number() -> None:
    assert forms.DispatchForm({"task": 1, "unit": "team-3"}).is_valid()
    assert not forms.DispatchForm({"task": 1, "unit": "agency-3"}).is_valid()
    assert not forms.DispatchForm({"task": 1, "unit": "team-3; --"}).is_valid()


def test_marked_cases_are_numbers_and_not_too_many(world: World) -> None:
    marked = QueryDict(mutable=True)
    marked.update({"agency": str(world.grid.pk)})
    marked.setlist("case", [str(k) for k in range(500)])
    form = forms.OwnerForm(marked)
    assert not form.is_valid()
    marked.setlist("case", ["7", "8"])
    form = forms.OwnerForm(marked)
    assert form.is_valid() and form.cleaned_data["case"] == [7, 8]


def test_a_purpose_is_one_of_the_list() -> None:
    assert not forms.RevealForm({"purpose": "curious"}).is_valid()
    assert forms.RevealForm({"purpose": "call_back"}).is_valid()
