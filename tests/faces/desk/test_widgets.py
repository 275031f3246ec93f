"""Selects drawn in one go."""

from django import forms

from bihuan.faces.desk.widgets import PlainSelect
from bihuan.spine.accounts.models import Agency
from tests.spine.cases.known import World


class _Form(forms.Form):
    plain = forms.ChoiceField(choices=[("a", "<A>"), ("b", "B")], widget=PlainSelect({"class": "input"}))
    agency = forms.ModelChoiceField(Agency.objects.order_by("id"), widget=PlainSelect)


def test_the_chosen_option_is_marked_and_words_are_escaped() -> None:
    drawn = str(_Form({"plain": "b"})["plain"])
    assert '<option value="b" selected>B</option>' in drawn
    assert '<option value="a">&lt;A&gt;</option>' in drawn
    assert 'name="plain"' in drawn and 'class="input"' in drawn


def test_rows_are_chosen_by_their_key(world: World) -> None:
    drawn = str(_Form(initial={"agency": world.grid.pk})["agency"])
    assert f'<option value="{world.grid.pk}" selected>' in drawn
    assert drawn.count(" selected") == 1


def test_nothing_chosen_marks_the_empty_option(world: World) -> None:
    assert '<option value="" selected>' in str(_Form()["agency"])
