"""The form for a banner: which fault, where, in what words, until when."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bihuan.faces.desk.numbers import LARGEST_ID
from bihuan.kernel.errors import Refused
from bihuan.kernel.geo import distance_m
from bihuan.spine.cases.banners.actions import FARTHEST_M, WORDS_LIMIT, Circle
from bihuan.spine.cases.models import Case, Service
from bihuan.spine.places.atlas import plain
from bihuan.spine.places.models import Site, SiteKind
from bihuan.spine.places.queries import find_sites

NEAR_M = 2_000
OFFERED = 12
DEGREES_OF_NEAR = 0.03
LINES = 40


class BannerForm(forms.Form):
    """A banner over an area. Compounds near the Case are offered to be ticked; others are written, one a line."""

    case = forms.IntegerField(min_value=1, max_value=LARGEST_ID, widget=forms.HiddenInput)
    words_zh = forms.CharField(
        label=_("What is known, in Chinese"),
        max_length=WORDS_LIMIT,
        widget=forms.Textarea({"class": "input", "rows": 2}),
        help_text=_("Everybody reads it: what is broken, where, what is being done. No names."),
    )
    words_en = forms.CharField(
        label=_("The same in English"),
        max_length=WORDS_LIMIT,
        required=False,
        widget=forms.Textarea({"class": "input", "rows": 2}),
    )
    expected_at = forms.DateTimeField(
        label=_("Expected until"),
        required=False,
        widget=forms.DateTimeInput({"class": "input", "type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    services = forms.ModelMultipleChoiceField(
        Service.objects.filter(is_active=True), label=_("Services"), widget=forms.CheckboxSelectMultiple
    )
    near = forms.ModelMultipleChoiceField(
        Site.objects.none(),
        label=_("Compounds near by"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    names = forms.CharField(
        label=_("Other compounds or places, one a line"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"class": "input", "rows": 2}),
    )
    radius_m = forms.FloatField(
        label=_("And all within so many metres"),
        required=False,
        min_value=0,
        max_value=FARTHEST_M,
        widget=forms.NumberInput({"class": "input input--short", "step": "50"}),
    )
    lon = forms.FloatField(required=False, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, widget=forms.HiddenInput)

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        known = {"case": case.pk, "services": [case.service_id], "lon": case.lon, "lat": case.lat}
        kwargs["initial"] = known | {"near": [case.site_id]}
        super().__init__(*args, **kwargs)
        near = Site.objects.filter(pk__in=[site.pk for site in sites_near(case)])
        self.fields["near"].queryset = near  # type: ignore[attr-defined]

    def clean_names(self) -> list[Site]:
        """Read the compounds that were written; refuses what is unknown, and one name in two districts."""
        names = [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]
        return [_one_site(name) for name in names[:LINES]]

    @property
    def answers(self) -> dict[str, Any]:
        """Return what goes to the action."""
        said = self.cleaned_data
        circle = None
        if said["radius_m"] and said["lon"] is not None and said["lat"] is not None:
            circle = Circle(said["lon"], said["lat"], said["radius_m"])
        kept = {name: said[name] for name in ("words_zh", "words_en", "expected_at")}
        sites = {site.pk: site for site in [*said["near"], *said["names"]]}
        return kept | {"services": list(said["services"]), "sites": list(sites.values()), "circle": circle}


def _one_site(name: str) -> Site:
    wanted = plain(name)
    found = [site for site in find_sites(name) if wanted in (plain(site.name_zh), plain(site.name_en))]
    if len(found) == 1:
        return found[0]
    words = (
        gettext("“%(name)s” is in several districts.")
        if found
        else gettext("There is no place called “%(name)s”.")
    )
    raise forms.ValidationError(words % {"name": name})


def sites_near(case: Case) -> list[Site]:
    """Return the compounds around a Case's place, the nearest first."""
    if case.lon is None or case.lat is None:
        return [case.site] if case.site else []
    box = {
        "lon__range": (case.lon - DEGREES_OF_NEAR, case.lon + DEGREES_OF_NEAR),
        "lat__range": (case.lat - DEGREES_OF_NEAR, case.lat + DEGREES_OF_NEAR),
    }
    here = (case.lon, case.lat)
    found = [
        (distance_m(here, (site.lon, site.lat)), site)
        for site in Site.objects.filter(kind=SiteKind.COMPOUND, **box)
    ]
    near = sorted((pair for pair in found if pair[0] <= NEAR_M), key=lambda pair: pair[0])
    return [site for _far, site in near[:OFFERED]]


def blame(form: BannerForm, refused: Refused) -> None:
    """Put what the action objects to beside the field that it names."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.message)
