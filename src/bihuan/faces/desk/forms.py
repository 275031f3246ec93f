"""What the desk's forms ask for; one small form per verb."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bihuan.faces.desk.numbers import LARGEST_ID, read_numbers
from bihuan.faces.desk.widgets import CannedSelect, PlainSelect
from bihuan.kernel.ids import format_receipt
from bihuan.spine.accounts.models import Agency
from bihuan.spine.cases.actions.visiting import LEAST_TRIES, MOST_TRIES
from bihuan.spine.cases.ladder import joint
from bihuan.spine.cases.models import Case, Content, Service
from bihuan.spine.cases.reading import Purpose
from bihuan.spine.cases.states import Priority
from bihuan.spine.cases.surge import canned

MAX_TEXT = 2000
MOST_ASKERS = 200


def words(label: Any, *, required: bool = True, rows: int = 3) -> forms.CharField:
    """A field for free words."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=MAX_TEXT, widget=area)


class DeedForm(forms.Form):
    """A verb that asks nothing. ``template_name`` draws the fields of all of them."""

    template_name = "desk/_fields.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "input")

    def fit(self, case: Case) -> None:
        """Make the form fit one Case; most fit every one."""


def one_of(model: type[Agency | Service], label: Any) -> "forms.ModelChoiceField[Any]":
    """A field for one of the rows that are in use."""
    return forms.ModelChoiceField(model.objects.filter(is_active=True), label=label, widget=PlainSelect)


class ReasonForm(DeedForm):
    reason = words(_("Reason"))


class AgencyForm(DeedForm):
    agency = one_of(Agency, _("Agency"))
    reason = words(_("Reason"), required=False, rows=2)


class TransferForm(AgencyForm):
    reason = words(_("Reason"), rows=2)


class DecideForm(AgencyForm):
    reason = words(_("What was decided, and why"), rows=2)

    def fit(self, case: Case) -> None:
        """Propose the fallback owner."""
        check = joint.running_on(case)
        self.initial["agency"] = check.fallback_id if check else case.agency_id


class SpokenForm(DeedForm):
    """Words that the asker reads; a canned answer stands for them where none are written."""

    canned = forms.ChoiceField(label=_("Canned answer"), required=False, widget=CannedSelect)

    def fit(self, case: Case) -> None:
        """Offer the answers of the Case's office; none kept, none asked for."""
        known = canned.for_case(case)
        if not known:
            del self.fields["canned"]
            self.fields[self.text].required = True
            return
        field: Any = self.fields["canned"]
        field.choices = [
            ("", _("none")),
            *((str(number), title) for number, (title, _words) in known.items()),
        ]
        field.widget.texts = {str(number): said for number, (_title, said) in known.items()}

    @property
    def text(self) -> str:
        return "question" if "question" in self.fields else "reply"

    def clean(self) -> dict[str, Any]:
        """Let the chosen answer speak where nothing is written."""
        said = super().clean() or {}
        chosen = said.pop("canned", "")
        if not said.get(self.text) and self.text not in self.errors:
            said[self.text] = self.fields["canned"].widget.texts.get(chosen, "") if chosen else ""
            if not said[self.text]:
                self.add_error(self.text, _("Please write a few words."))
        return said


class HoldForm(SpokenForm):
    question = words(_("Question to the asker"), required=False)


class ReplyForm(SpokenForm):
    reply = words(_("Reply to the asker"), required=False)
    photo = forms.FileField(
        label=_("Photo as proof"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )


class NoteForm(DeedForm):
    text = words(_("Internal note"), rows=2)


class AnswerForm(DeedForm):
    text = words(_("What the asker answers"), rows=2)


class YesForm(DeedForm):
    """What an asker says of a resolved Case; whose word it is, where several asked."""

    asker = forms.ChoiceField(label=_("Whose answer"), widget=PlainSelect, required=False)
    content = forms.ChoiceField(
        label=_("How content"),
        choices=[("", _("not said")), *Content.choices],
        required=False,
        widget=PlainSelect,
    )

    def fit(self, case: Case) -> None:
        """Ask whose word it is only where it could be another's."""
        askers = list(case.askers.select_related("submission").order_by("id")[:MOST_ASKERS])
        if len(askers) < 2:
            del self.fields["asker"]
            return
        named = [(str(one.pk), format_receipt(one.submission.receipt)) for one in askers]
        self.fields["asker"].choices = [("", _("Choose")), *named]  # type: ignore[attr-defined]


class WordsForm(SpokenForm):
    reply = words(_("Reply to the asker"), required=False)


class TriesForm(DeedForm):
    tries = forms.IntegerField(
        label=_("How often it was tried"), min_value=LEAST_TRIES, max_value=MOST_TRIES, initial=LEAST_TRIES
    )


class DisagreeForm(YesForm):
    reason = words(_("Why the asker says it is not done"), rows=2)


class MergeForm(DeedForm):
    into = forms.IntegerField(label=_("Number of the case that stays"), min_value=1, max_value=LARGEST_ID)


class ServiceForm(DeedForm):
    service = one_of(Service, _("Service"))


class PriorityForm(DeedForm):
    priority = forms.ChoiceField(choices=Priority.choices, label=_("Priority"))


class PlaceForm(DeedForm):
    """A place by its number, else by what people call it, with the district where several bear the name."""

    site = forms.IntegerField(widget=forms.HiddenInput, required=False, max_value=LARGEST_ID)
    place = forms.CharField(label=_("Compound, street or district"), max_length=120, required=False)
    find_owner = forms.BooleanField(label=_("Let the rules find the owner anew"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["find_owner"].widget.attrs["class"] = "tick"


class ChildForm(DeedForm):
    service = one_of(Service, _("Service"))
    agency = one_of(Agency, _("Agency"))
    text = words(_("What is to be done"))


class TaskForm(DeedForm):
    title = forms.CharField(label=_("What is to be done"), max_length=120)


class DispatchForm(DeedForm):
    """``unit`` is ``team-3`` or ``person-8``: whoever can be sent stands in one list."""

    task = forms.IntegerField(widget=forms.HiddenInput, max_value=LARGEST_ID)
    unit = forms.RegexField(r"^(team|person)-\d{1,18}$", label=_("Who goes"))


class AssignmentForm(DeedForm):
    assignment = forms.IntegerField(widget=forms.HiddenInput, max_value=LARGEST_ID)


class RevealForm(forms.Form):
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices)


class SortForm(forms.Form):
    """What triage decides of a case, in one row."""

    service = forms.ModelChoiceField(Service.objects.filter(is_active=True))
    priority = forms.ChoiceField(choices=Priority.choices)
    agency = forms.ModelChoiceField(Agency.objects.filter(is_active=True))


class OwnerForm(forms.Form):
    """To whom the marked cases of the triage queue go."""

    agency = forms.ModelChoiceField(Agency.objects.filter(is_active=True))
    case = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Which numbers are real is the query's business; here they only have to be numbers, and not too many.
        marked = read_numbers(self.data.getlist("case"))  # type: ignore[attr-defined]
        self.fields["case"].choices = [(str(one), one) for one in marked]  # type: ignore[attr-defined]
