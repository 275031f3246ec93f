"""The operator's form: what a caller says, as the door wants it."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bihuan.kernel.errors import Refused
from bihuan.kernel.private import normal_phone
from bihuan.spine.cases.banners import SOMETHING_ELSE
from bihuan.spine.cases.banners.area import Spot
from bihuan.spine.cases.models import Service
from bihuan.spine.cases.questions import PREFIX, answers_of, fields_of
from bihuan.spine.places.atlas import plain
from bihuan.spine.places.models import Site
from bihuan.spine.places.queries import find_sites

CHANNEL = "telephone"
TEXT_LIMIT = 2000
LANGUAGES = (("zh-hans", "中文"), ("en", "English"))


def _line(**attrs: str) -> forms.TextInput:
    return forms.TextInput({"class": "input", "autocomplete": "off", **attrs})


class EnterForm(forms.Form):
    """One ask, taken down on the telephone."""

    client_id = forms.RegexField(r"^[A-Za-z0-9_-]{8,64}$", widget=forms.HiddenInput)
    phone = forms.CharField(
        label=_("Caller's number"), max_length=24, required=False, widget=_line(type="tel", inputmode="tel")
    )
    name = forms.CharField(label=_("Name"), max_length=60, required=False, widget=_line())
    service = forms.ModelChoiceField(
        Service.objects.filter(is_active=True), to_field_name="code", label=_("Service")
    )
    text = forms.CharField(
        label=_("What the caller says"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea({"class": "input", "rows": 5}),
    )
    site = forms.CharField(
        label=_("Compound or place"), max_length=120, required=False, widget=_line(list="sites")
    )
    door = forms.CharField(label=_("Building and door number"), max_length=60, required=False, widget=_line())
    language = forms.ChoiceField(
        label=_("Speaks"), choices=LANGUAGES, widget=forms.Select({"class": "input"}), required=False
    )

    something_else = forms.BooleanField(required=False)
    as_before = forms.BooleanField(label=_("Name and door number as last time"), required=False)

    def __init__(
        self, service: Service | None, *args: Any, begin: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= fields_of(service)
        first = {"client_id": uuid4().hex, "language": get_language() or ""} | dict(begin or {})
        for name, value in first.items():
            self.fields[name].initial = value
        self.fields["service"].initial = service.code if service else None

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        try:
            return normal_phone(typed) if typed else ""
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused

    @property
    def question_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(PREFIX)]

    @property
    def payload(self) -> dict[str, Any]:
        """Return what goes to the door, the place with its position where its name is known."""
        said = self.cleaned_data
        words = {
            name: said[name] for name in ("client_id", "text", "site", "name", "phone", "door", "language")
        }
        own = {SOMETHING_ELSE: "yes"} if said[SOMETHING_ELSE] else {}
        words |= {"channel": CHANNEL, "service": said["service"].code, "answers": answers_of(said) | own}
        return {
            name: value
            for name, value in (words | _position(said["site"])).items()
            if value not in ("", None)
        }


def _position(site: str) -> dict[str, float]:
    found = _named(site)
    return {"lon": found.lon, "lat": found.lat} if found else {}


def _named(site: str) -> Site | None:
    """Return the one place of a name. Two compounds of one name: the words go on, triage asks which."""
    found = find_sites(site) if site else []
    named = [one for one in found if plain(site) in (plain(one.name_zh), plain(one.name_en))]
    return named[0] if len(named) == 1 else None


def spot_of(site: str) -> Spot | None:
    """Return where a place is, for whoever asks what is known there; nothing for words that name no place."""
    found = _named(site)
    return Spot(found.lon, found.lat, found.pk) if found else None


def danger_words() -> str:
    """Return, as JSON, which words mean danger and which number then helps."""
    services = Service.objects.filter(is_active=True).only("danger_words", "emergency_number")
    rows = [
        {"words": service.danger_words, "number": service.emergency_number or "120"}
        for service in services
        if service.danger_words
    ]
    return json.dumps(rows, ensure_ascii=False)
