"""Where things are: districts and streets with their outlines, and sites."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bihuan.kernel.retention import Retention, kept
from bihuan.spine.accounts.named import NAMED, Named


class DistrictLevel(models.TextChoices):
    COUNTY = "county", _("district or county")
    STREET = "street", _("street or town")


class District(Named):
    """An administrative division. ``outline`` is a GeoJSON geometry in WGS 84, or null.

    ``aliases`` holds what people call it beside its names.
    """

    code = models.CharField(max_length=12, unique=True)
    level = models.CharField(max_length=8, choices=DistrictLevel.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    population = models.IntegerField(default=0)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    outline = models.JSONField(null=True, blank=True)
    aliases = models.JSONField(default=list, blank=True)

    RETENTION: ClassVar[Retention] = kept(
        "id", "code", "level", "parent", "population", "lon", "lat", "outline", "aliases", *NAMED
    )

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering: ClassVar[list[str]] = ["code"]


class SiteKind(models.TextChoices):
    COMPOUND = "compound", _("compound")
    HOSPITAL = "hospital", _("hospital")
    STATION = "station", _("station")
    SCHOOL = "school", _("school")
    POLICE = "police", _("police post")
    OFFICE = "office", _("community office")
    SHOP = "shop", _("shop")
    CHECKPOINT = "checkpoint", _("checkpoint")
    FACTORY = "factory", _("factory")


class Site(Named):
    """A fixed place: a compound, a hospital, a substation … ``aliases``: what people call it beside its names."""

    code = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=12, choices=SiteKind.choices, db_index=True)
    district = models.ForeignKey(District, models.PROTECT, related_name="sites")
    street = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="+")
    lon = models.FloatField()
    lat = models.FloatField()
    buildings = models.IntegerField(default=0)
    households = models.IntegerField(default=0)
    population = models.IntegerField(default=0)
    is_protected = models.BooleanField(default=False)
    is_synthetic = models.BooleanField(default=False)
    aliases = models.JSONField(default=list, blank=True)

    RETENTION: ClassVar[Retention] = kept(
        "id", "code", "kind", "district", "street", "lon", "lat", "buildings", "households", "population",
        "is_protected", "is_synthetic", "aliases", *NAMED,
    )  # fmt: skip

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")


class Feature(models.Model):
    """A line or surface drawn under the map (river, road); the map needs no tiles from outside."""

    kind = models.CharField(max_length=12)
    name_zh = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    geometry = models.JSONField()

    RETENTION: ClassVar[Retention] = kept("id", "kind", "geometry", *NAMED)


class ZoneState(models.TextChoices):
    SEALED = "sealed", _("sealed: nobody leaves home")
    CONTROLLED = "controlled", _("controlled: nobody leaves the area")
    WATCHED = "watched", _("watched")
    NORMAL = "normal", pgettext_lazy("zone", "normal")


class Zone(Named):
    """An area under a restriction: its sites, its outline (GeoJSON geometry in WGS 84, or null), from when until when.

    A change of state ends one row and begins another, so what was in force at any instant can be read.
    """

    code = models.SlugField(max_length=40)
    state = models.CharField(max_length=10, choices=ZoneState.choices)
    sites = models.ManyToManyField(Site, related_name="zones", blank=True)
    outline = models.JSONField(null=True, blank=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    RETENTION: ClassVar[Retention] = kept(
        "id", "code", "state", "sites", "outline", "from_at", "until_at", *NAMED
    )

    class Meta:
        verbose_name = _("zone")
        verbose_name_plural = _("zones")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["code"], name="zone_one_state", condition=models.Q(until_at__isnull=True)
            ),
        ]
