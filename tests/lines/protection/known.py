"""People in care of the small city: looked after by Ben's agency, all invented."""

from typing import Any

from bihuan.kernel import clock
from bihuan.lines.protection import actions
from bihuan.lines.protection.drafts import Draft
from bihuan.lines.protection.models import Person, Supply
from bihuan.spine.cases.registry import registry
from bihuan.spine.cases.services import write_services
from bihuan.spine.places.models import District, DistrictLevel, Site, SiteKind
from tests.spine.cases.known import World, make_agency

CALM = "19900005526"


def make_site(code: str = "home", name: str = "云里小区") -> Site:
    district, _ = District.objects.get_or_create(
        code="430202", defaults={"level": DistrictLevel.COUNTY, "name_zh": "荷塘区", "name_en": "Hetang"}
    )
    site, _ = Site.objects.get_or_create(
        code=code,
        defaults={
            "kind": SiteKind.COMPOUND, "district": district, "name_zh": name, "name_en": f"Yunli {code}",
            "lon": 113.1, "lat": 27.8,
        },
    )  # fmt: skip
    return site


def make_draft(world: World, **said: Any) -> Draft:
    known = {
        "name": "吴甲", "site": make_site(), "agency": world.grid, "kinds": ("alone",), "consent": "spoken",
        "phone": CALM, "building": "3栋", "door": "2单元0501", "from_h": 0, "until_h": 24,
    }  # fmt: skip
    return Draft(**{**known, **said})


def make_person(world: World, **said: Any) -> Person:
    return actions.add(draft=make_draft(world, **said), by=world.ben)


def make_supply(person: Person, kind: str = "oxygen", amount: float = 20, daily_use: float = 1) -> Supply:
    return actions.count_supply(person=person, kind=kind, amount=amount, daily_use=daily_use, by=None)


def make_services() -> None:
    """Write the services of all lines; the agencies of the small city take them."""
    make_agency("civil-affairs", "民政局", "Civil affairs")
    write_services(registry.services.values())


def late_by(person: Person, **how: Any) -> Any:
    """Return an instant after the next check of a person."""
    from datetime import timedelta

    assert person.next_check_at
    return max(person.next_check_at, clock.now()) + timedelta(**how)
