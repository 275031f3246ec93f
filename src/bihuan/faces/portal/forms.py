"""The ask form: only what the service needs, on one screen."""

from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bihuan.faces.portal.placing import Place, find_place
from bihuan.faces.portal.queries import list_districts
from bihuan.faces.portal.questions import PREFIX, answers_of, fields_of
from bihuan.kernel.errors import Refused
from bihuan.kernel.private import normal_phone
from bihuan.spine.cases.banners import SOMETHING_ELSE
from bihuan.spine.cases.models import Service

TEXT_LIMIT = 2000
SHOWN = ("text", "site", "district", "door", "photo", "name", "phone", "language")
"""The order in which the page shows the fields, and a summary of errors names them."""
LANGUAGES = (("zh-hans", "中文"), ("en", "English"))


def _line(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "input", **attrs})


class AskForm(forms.Form):
    """Fields that any service may show; ``__init__`` adds its questions and drops what it has no use for."""

    client_id = forms.RegexField(r"^[A-Za-z0-9_-]{8,64}$", widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("In your own words"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea({"class": "input", "rows": 4}),
        help_text=_("What has happened, who is concerned, what to mind."),
    )
    site = forms.CharField(
        label=_("Compound or place"), max_length=120, required=False, widget=_line(autocomplete="off")
    )
    district = forms.ChoiceField(label=_("District"), required=False, widget=forms.Select({"class": "input"}))
    lon = forms.FloatField(required=False, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, widget=forms.HiddenInput)
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        widget=forms.FileInput({"class": "input", "accept": "image/*"}),
    )
    name = forms.CharField(label=_("Your name"), max_length=60, widget=_line(autocomplete="name"))
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=24,
        widget=_line(type="tel", inputmode="tel", autocomplete="tel"),
    )
    door = forms.CharField(
        label=_("Building and door number"),
        max_length=60,
        required=False,
        widget=_line(autocomplete="address-line2"),
    )
    language = forms.ChoiceField(
        label=_("Answer me in"), choices=LANGUAGES, widget=forms.Select({"class": "input input--short"})
    )

    something_else = forms.BooleanField(label=_("What I need is something else"), required=False)

    def __init__(self, service: Service, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.service = service
        self.place = Place()
        self.kept: str = self.data.get("kept_photo", "")
        self.fields |= fields_of(service.questions)
        self.fields["client_id"].initial = uuid4().hex
        self.fields["language"].initial = get_language()
        self._require()
        self.order_fields([*self._question_names(), *SHOWN])
        for field in self.fields.values():
            field.error_messages["required"] = _("Please fill this in.")

    def _require(self) -> None:
        needs = set(self.service.needs)
        for field in ("text", "name", "phone"):
            self.fields[field].required = field in needs
        if "place" not in needs:
            for field in ("site", "district", "lon", "lat"):
                del self.fields[field]
        else:
            districts = [(district.code, district.name) for district in list_districts()]
            self.fields["district"].choices = [("", _("Not chosen")), *districts]  # type: ignore[attr-defined]
        if not {"place", "name"} <= needs:
            del self.fields["door"]
        if "name" not in needs and self.service.is_anonymous:
            del self.fields["name"]

    def clean_photo(self) -> Any:
        photo = self.cleaned_data["photo"]
        if photo and photo.size > settings.BIHUAN_PHOTO_BYTES:
            raise forms.ValidationError(
                _("This photo is too large; at most %(n)d MB.") % {"n": photo_megabytes()}
            )
        return photo

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        try:
            return normal_phone(typed) if typed else ""
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "site" in self.fields:
            self._clean_place(cleaned)
        return cleaned

    def _clean_place(self, cleaned: dict[str, Any]) -> None:
        code = cleaned.get("district", "")
        name = dict(self.fields["district"].choices).get(code, "") if code else ""  # type: ignore[attr-defined]
        try:
            self.place = find_place(
                cleaned.get("site", ""), code, str(name), cleaned.get("lon"), cleaned.get("lat")
            )
        except Refused as refused:
            self.add_error(refused.field, refused.message)
            return
        if not self.place:
            self.add_error("site", _("Say where it is: choose on the map or type the name of the compound."))

    @property
    def answers(self) -> dict[str, Any]:
        own = {SOMETHING_ELSE: "yes"} if self.cleaned_data.get(SOMETHING_ELSE) else {}
        return answers_of(self.cleaned_data) | own

    @property
    def said(self) -> list[Any]:
        """Everything that was written in words."""
        return [self.cleaned_data.get("text", ""), *self.answers.values()]

    @property
    def question_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self._question_names()]

    def _question_names(self) -> list[str]:
        return [name for name in self.fields if name.startswith(PREFIX)]


def photo_megabytes() -> int:
    """Return the limit as it is told to people, in megabytes."""
    return int(settings.BIHUAN_PHOTO_BYTES) // 1_000_000
