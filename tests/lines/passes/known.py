"""A lorry of invented firms, and passes of the small city: Ben's agency reviews medical goods."""

from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from bihuan.kernel import clock, ids
from bihuan.kernel.private import keyed_hash, seal
from bihuan.lines.passes import applying
from bihuan.lines.passes.drafts import Draft, Member
from bihuan.lines.passes.kinds import Lane
from bihuan.lines.passes.models import Desk, Pass
from bihuan.lines.passes.states import LIVE, NUMBERED, REVIEWED, Status
from tests.lines.protection.known import make_site
from tests.spine.cases.known import World

PHONE = "+8619900007733"
CREW = (Member("郑甲", "11010519491231002X", "19900005526"), Member("吴乙"))
_numbers = count(1)


def make_desk(world: World, goods: str = "medical", **rules: Any) -> Desk:
    return Desk.objects.create(**{"goods": goods, "agency": world.grid, "is_express": True, **rules})


def make_draft(**said: Any) -> Draft:
    """What the maker of protective suits asks for: back from the sterilisers, in at Hetang."""
    now = clock.now()
    known: dict[str, Any] = {
        "applicant": "receiver", "receiver": "云里防护用品厂", "sender": "外市辐照消毒站", "carrier": "云里货运",
        "contact": "李丙", "phone": PHONE, "plate": f"湘B{next(_numbers):05}", "plate_colour": "yellow",
        "goods": "medical", "goods_name": "医用防护服", "quantity": Decimal(8), "unit": "t", "crew": CREW,
        "origin_code": "430105", "origin_name": "长沙开福", "destination_code": "430202",
        "destination_name": "荷塘", "valid_from": now, "valid_until": now + timedelta(hours=24),
        "way_points": ("G4 株洲西",), "is_closed_loop": True,
    }  # fmt: skip
    return Draft(**{**known, **said})


def make_application(**said: Any) -> Pass:
    return applying.apply(draft=make_draft(**said), client_id=f"form-{next(_numbers):08}", language="en")


def make_pass(world: World, status: Status = Status.APPLIED, **fields: Any) -> Pass:
    """Write a row as it would stand; each has a vehicle of its own unless ``plate`` is given."""
    n, now = next(_numbers), clock.now()
    known: dict[str, Any] = {
        "client_id": f"pass-{n}", "receipt": ids.new_receipt(), "applicant": "receiver", "receiver": "云里防护",
        "sender": "外市消毒", "plate": f"湘B{n:05}", "plate_colour": "yellow", "goods": "medical",
        "goods_name": "防护服", "quantity": 8, "unit": "t", "origin_code": "430105", "origin_name": "长沙开福",
        "destination_code": "430202", "destination_name": "荷塘区", "valid_from": now,
        "valid_until": now + timedelta(hours=24), "agency": world.grid, "lane": Lane.ORDINARY, "applied_at": now,
        "phone_sealed": seal(PHONE), "phone_hash": keyed_hash(PHONE), "status": status, "language": "en",
    }  # fmt: skip
    if status in REVIEWED:
        known["due_at"] = now + timedelta(hours=3)
    if status == Status.ASKED:
        known |= {"left_s": 3600, "asked_at": now}
    if status in NUMBERED:
        known |= {"number": f"430202{n:06}", "decided_at": now}
    if status not in LIVE:
        known["ended_at"] = now
    return Pass.objects.create(**{**known, **fields})


def make_county() -> None:
    """Write the county of the small city's homes: 430202."""
    make_site()
