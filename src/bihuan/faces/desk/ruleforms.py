"""A rule as somebody fills it in: field words, no code."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from bihuan.faces.desk.places import site_or_district
from bihuan.faces.desk.widgets import PlainSelect
from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.models import Agency
from bihuan.spine.cases.models import Rule, Service
from bihuan.spine.cases.sorting.sentences import sentence_of
from bihuan.spine.cases.states import Priority
from bihuan.spine.places.models import District, DistrictLevel, Site, ZoneState

NAME_LIMIT = 120
_COMMAS = re.compile(r"[,，、;；\n]+")


class RuleForm(forms.Form):
    """One rule: conditions that may stay empty, and who gets the Case."""

    service = forms.ModelChoiceField(
        Service.objects.filter(is_active=True), required=False, label=_("If the service is"),
        empty_label=_("any"), widget=PlainSelect,
    )  # fmt: skip
    district = forms.ModelChoiceField(
        District.objects.none(), required=False, label=_("and the place lies in"), empty_label=_("any district"),
        widget=PlainSelect,
    )  # fmt: skip
    site = forms.CharField(
        required=False, max_length=120, label=_("and the place is"),
        help_text=_("A compound, hospital or other place by its name."),
    )  # fmt: skip
    words = forms.CharField(
        required=False, max_length=4000, label=_("and one of these words occurs"),
        help_text=_("Separated by commas, in both languages. Latin words are found whole, Chinese ones anywhere."),
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    zone_state = forms.ChoiceField(
        choices=[("", _("any")), *ZoneState.choices], required=False, label=_("and the zone is")
    )
    agency = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True), label=_("give it to"), widget=PlainSelect
    )
    priority = forms.ChoiceField(
        choices=[("", _("as the service says")), *Priority.choices], required=False, label=_("as")
    )
    name_zh = forms.CharField(
        required=False, max_length=NAME_LIMIT, label=_("Chinese name"),
        help_text=_("Stands on the case as the reason. Left empty, the rule itself is written there."),
    )  # fmt: skip
    name_en = forms.CharField(required=False, max_length=NAME_LIMIT, label=_("English name"))
    number = forms.IntegerField(min_value=1, max_value=1000, required=False, label=_("Place in the order"))
    is_active = forms.BooleanField(required=False, initial=True, label=_("in use"))

    def __init__(self, *args: Any, rule: Rule | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": _initial(rule) if rule else None, **kwargs})
        self.fields["district"].queryset = District.objects.defer("outline").order_by("code")  # type: ignore[attr-defined]
        self.fields["district"].label_from_instance = _district_label  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            field.widget.attrs.setdefault("class", "tick" if name == "is_active" else "input")

    def clean_words(self) -> list[str]:
        return [word.strip() for word in _COMMAS.split(self.cleaned_data["words"]) if word.strip()]

    def clean_site(self) -> Site | None:
        named = self.cleaned_data["site"].strip()
        if not named:
            return None
        try:
            site = Site.objects.filter(code=named).first() or site_or_district(None, named)[0]
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused
        if site is None:
            raise forms.ValidationError(gettext("This is a district. Choose it above instead."))
        return site

    @property
    def said(self) -> dict[str, Any]:
        """Return what the action takes; a rule without a name is called by what it says."""
        said = dict(self.cleaned_data)
        number = said.pop("number")
        rule = Rule(**{name: value for name, value in said.items() if name not in {"name_zh", "name_en"}})
        for name, language in (("name_zh", "zh-hans"), ("name_en", "en")):
            said[name] = said[name] or _sentence(rule, language)
        return said | ({"number": number} if number else {})


def _initial(rule: Rule) -> dict[str, Any]:
    plain = ("name_zh", "name_en", "zone_state", "priority", "number", "is_active")
    return {name: getattr(rule, name) for name in plain} | {
        "service": rule.service_id,
        "district": rule.district_id,
        "agency": rule.agency_id,
        "site": rule.site.code if rule.site else "",
        "words": "，".join(rule.words),
    }


def _sentence(rule: Rule, language: str) -> str:
    with override(language):
        return sentence_of(rule)[:NAME_LIMIT]


def _district_label(district: District) -> str:
    return f"　{district}" if district.level == DistrictLevel.STREET else str(district)
