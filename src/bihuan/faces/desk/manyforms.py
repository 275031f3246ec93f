"""What a verb asks when it is done to many Cases at once, and canned answers to choose from."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bihuan.faces.desk.forms import (
    AgencyForm,
    DeedForm,
    NoteForm,
    PriorityForm,
    ServiceForm,
    TransferForm,
    words,
)
from bihuan.faces.desk.widgets import PlainSelect
from bihuan.spine.accounts.models import User
from bihuan.spine.cases.models import CannedAnswer
from bihuan.spine.cases.states import VERBS
from bihuan.spine.cases.surge import bulk, canned
from bihuan.spine.cases.words import LABELS


class CannedForm(DeedForm):
    """Words to the askers, or a canned answer that says them to each in their language."""

    canned = forms.ModelChoiceField(
        CannedAnswer.objects.none(), label=_("Canned answer"), required=False, widget=PlainSelect
    )

    def allow(self, user: User) -> None:
        """Offer the answers that this person may give."""
        self.fields["canned"].queryset = canned.offered(user)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Want words of one kind or the other."""
        said = super().clean() or {}
        text = next(name for name in self.fields if name != "canned")
        if not said.get("canned") and not said.get(text):
            self.add_error(text, _("Write a few words or choose a canned answer."))
        return said


class ManyRepliesForm(CannedForm):
    reply = words(_("Or in your own words"), required=False)


class ManyQuestionsForm(CannedForm):
    question = words(_("Or in your own words"), required=False)


class ManyReasonsForm(CannedForm):
    reason = words(_("Or in your own words"), required=False)


FORMS: dict[str, type[DeedForm]] = {
    "accept": DeedForm,
    "reply": ManyRepliesForm,
    "hold": ManyQuestionsForm,
    "resume": DeedForm,
    "resolve": ManyRepliesForm,
    "assign": AgencyForm,
    "transfer": TransferForm,
    "return_to_triage": ManyReasonsForm,
    "reclassify": ServiceForm,
    "set_priority": PriorityForm,
    "note": NoteForm,
    "unshelve": DeedForm,
}


def form_of(verb: str, user: User, data: Any = None) -> DeedForm:
    """Return the form that a verb asks with."""
    form = FORMS[verb](data, auto_id="many-%s")
    if isinstance(form, CannedForm):
        form.allow(user)
    return form


def choices(user: User) -> list[tuple[str, Promise]]:
    """Return the verbs that this person's role may use at all, with their words."""
    return [(verb, LABELS[verb]) for verb in FORMS if any(map(user.may, VERBS[verb].permissions))]


def order_of(verb: str, user: User, form: DeedForm, key: str) -> bulk.Order:
    """Return what the filled form asks for."""
    said = dict(form.cleaned_data)
    answer = said.pop("canned", None)
    if answer is not None:
        said.pop(bulk.TEXTS[verb], None)
    return bulk.Order(verb, user, said, answer, key)
