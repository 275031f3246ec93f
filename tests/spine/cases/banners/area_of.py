"""A known fault with its banner, for the tests of banners."""

from collections.abc import Sequence
from typing import Any

from bihuan.kernel import clock
from bihuan.spine.cases.banners import actions
from bihuan.spine.cases.banners.actions import Circle
from bihuan.spine.cases.models import Banner, Case
from bihuan.spine.cases.triage import triage_all
from bihuan.spine.door.models import Submission
from bihuan.spine.places.models import District, DistrictLevel, Site, SiteKind
from bihuan.spine.places.queries import forget
from tests.spine.cases.known import World, make_case, make_submission
from tests.spine.cases.twins.town import LAT, LON, METRES_EAST

WORDS = "三个小区停电，正在抢修"
ENGLISH = "Power is out in three compounds; crews are at work"


def make_site(name: str, metres_east: float = 0.0) -> Site:
    district = District.objects.get_or_create(
        code="430211", defaults={"level": DistrictLevel.COUNTY, "name_zh": "天元区", "name_en": "Tianyuan"}
    )[0]
    site = Site.objects.create(
        code=f"site-{name}", kind=SiteKind.COMPOUND, district=district, name_zh=name, name_en=f"{name} Court",
        lon=LON + metres_east * METRES_EAST, lat=LAT,
    )  # fmt: skip
    forget()
    return site


def put_up(world: World, case: Case | None = None, **said: Any) -> Banner:
    known = {
        "case": case or make_case(world),
        "services": [world.service],
        "words_zh": WORDS,
        "words_en": ENGLISH,
        "circle": Circle(LON, LAT, 500),
        "by": world.olga,
    }
    return actions.put_up(**{**known, **said})


def ask(metres_east: float = 0.0, **fields: Any) -> Submission:
    here = {"lon": LON + metres_east * METRES_EAST, "lat": LAT, "service": "power_failure"}
    return make_submission(**{**here, **fields})


def sort() -> None:
    """Sort what came in; the Cases that a test made by hand have been sorted before."""
    Submission.objects.filter(asker__isnull=False).update(triaged_at=clock.now())
    triage_all()


def sorted_to(submissions: Sequence[Submission]) -> list[Case]:
    """Sort what came in; return the Case of each."""
    sort()
    return [Submission.objects.get(pk=one.pk).asker.case for one in submissions]
