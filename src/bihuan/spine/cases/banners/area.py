"""Which asks a banner fits: those of its services, at its sites or within its cells."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from bihuan.kernel.geo import cells_of
from bihuan.spine.cases.models import Banner, Case
from bihuan.spine.cases.states import UNDONE


@dataclass(frozen=True)
class Spot:
    """Where an ask is about, as far as it is known."""

    lon: float | None = None
    lat: float | None = None
    site_id: int | None = None

    @cached_property
    def cells(self) -> frozenset[str]:
        return (
            frozenset() if self.lon is None or self.lat is None else frozenset(cells_of(self.lon, self.lat))
        )


@dataclass(frozen=True)
class Live:
    """A banner that is up, with its area ready to be asked often."""

    banner: Banner
    services: frozenset[int]
    sites: frozenset[int]
    cells: frozenset[str]

    @classmethod
    def of(cls, banner: Banner) -> Self:
        """Read the area of a banner whose services and sites have been fetched."""
        services = frozenset(service.pk for service in banner.services.all())
        return cls(
            banner, services, frozenset(site.pk for site in banner.sites.all()), frozenset(banner.cells)
        )

    def fits(self, service_id: int | None, spot: Spot) -> bool:
        """Say whether an ask of a service at a place is about what the banner says."""
        return service_id in self.services and (spot.site_id in self.sites or bool(spot.cells & self.cells))


def live() -> list[Live]:
    """Return the banners that are up and whose Case is not done yet, the newest first."""
    up = Banner.objects.filter(ended_at__isnull=True).select_related("case__merged_into", "case__agency")
    found = up.prefetch_related("services", "sites").order_by("-from_at", "-id")
    return [Live.of(banner) for banner in found if case_of(banner).status in UNDONE]


def case_of(banner: Banner) -> Case:
    """Return the Case that a banner leads to: its own, or the one that has been merged into."""
    return banner.case.merged_into or banner.case


def first_fit(banners: Iterable[Live], service_id: int | None, spot: Spot) -> Banner | None:
    """Return the newest banner that an ask fits."""
    return next((one.banner for one in banners if one.fits(service_id, spot)), None)
