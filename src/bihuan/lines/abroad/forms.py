"""What the pages of links ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bihuan.spine.accounts.models import Agency
from bihuan.spine.cases.models import Service

TICKS = ("is_extended", "takes_updates", "is_repeatable", "sends_words", "sends_person")


class _Plain(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            is_tick = isinstance(field, forms.BooleanField)
            field.widget.attrs.setdefault("class", "tick" if is_tick else "input")


class LinkForm(_Plain):
    url = forms.CharField(
        label=_("Address"),
        max_length=300,
        help_text=_("of its discovery document, or that below which requests.xml lies"),
    )
    key = forms.CharField(
        label=_("Key (api_key)"),
        max_length=200,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("kept sealed, never shown again; empty: as it is"),
    )
    jurisdiction = forms.CharField(label=_("Jurisdiction (jurisdiction_id)"), max_length=80, required=False)
    is_extended = forms.BooleanField(
        label=_("It serves updates with extended statuses (servicerequestupdates)"), required=False
    )
    takes_updates = forms.BooleanField(label=_("It takes updates of ours"), required=False)
    is_repeatable = forms.BooleanField(label=_("The same ask sent twice is one there"), required=False)
    sends_words = forms.BooleanField(label=_("What the asker wrote goes along"), required=False)
    sends_person = forms.BooleanField(label=_("The asker's name and telephone go along"), required=False)


class NewLinkForm(LinkForm):
    agency = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True), label=_("Agency"), empty_label=_("Choose")
    )
    field_order = ("agency",)


class CodeForm(_Plain):
    service = forms.ModelChoiceField(
        Service.objects.filter(is_active=True), label=_("Service"), empty_label=_("Choose")
    )
    code = forms.CharField(
        label=_("Their code"), max_length=80, required=False, help_text=_("empty: it stays here")
    )
    attributes = forms.CharField(
        label=_("What they want answered"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("a line each: their code: our question, or their code: =a fixed word"),
    )


class NumberForm(forms.Form):
    number = forms.CharField(max_length=100)
