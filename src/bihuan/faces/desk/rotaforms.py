"""What the rota's forms ask for."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bihuan.faces.desk.forms import DeedForm
from bihuan.faces.desk.widgets import PlainSelect
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.resources.actions import MOST_DAYS
from bihuan.spine.resources.models import Duty
from bihuan.spine.resources.queries import people_for
from bihuan.spine.resources.rota import FIRST, LAST

DAY = timedelta(days=1)


class Person(forms.ModelChoiceField):  # type: ignore[type-arg]  # is not generic when it runs
    """Somebody, told apart by their office."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} · {obj.agency}"


class People(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} · {obj.agency}"


def day(label: Any) -> forms.DateField:
    bounds = [MinValueValidator(FIRST), MaxValueValidator(LAST)]
    return forms.DateField(
        label=label, validators=bounds, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def hour(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))


class RotaForm(DeedForm):
    """A form about one agency's rota: only people who may see its Cases can be chosen."""

    duty = forms.ChoiceField(label=_("Duty"), choices=Duty.choices)

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("person", "people"):
            if name in self.fields:
                self.fields[name].queryset = people_for(agency)  # type: ignore[attr-defined]


class ShiftForm(RotaForm):
    """One shift; one that ends before it begins ends the next day."""

    person = Person(User.objects.none(), label=_("Who"), widget=PlainSelect)
    on = day(_("Day"))
    since = hour(_("From"))
    until = hour(_("Until"))
    field_order = ("person", "duty", "on", "since", "until")

    @property
    def span(self) -> tuple[datetime, datetime]:
        said = self.cleaned_data
        since, until = instant(said["on"], said["since"]), instant(said["on"], said["until"])
        return since, until if until > since else instant(said["on"] + DAY, said["until"])


class RepeatForm(RotaForm):
    """Three shifts a day for people who take turns."""

    people = People(User.objects.none(), label=_("Who takes turns"), widget=forms.CheckboxSelectMultiple)
    first_on = day(_("First day"))
    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=MOST_DAYS, initial=7)
    field_order = ("people", "duty", "first_on", "days")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].widget.attrs.pop("class", None)


class RotaFileForm(DeedForm):
    file = forms.FileField(label=_("CSV file"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}))


def instant(on: date, at: time) -> datetime:
    return datetime.combine(on, at, timezone.get_default_timezone()).astimezone(UTC)
