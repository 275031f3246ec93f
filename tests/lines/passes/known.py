"""A lorry of invented firms, and passes of the small city: Ben's agency reviews medical goods."""

from datetime import timedelta
from itertools import count
from typing import Any

from bihuan.kernel import clock, ids
from bihuan.kernel.private import keyed_hash, seal
from bihuan.lines.passes.kinds import Lane
from bihuan.lines.passes.models import Pass
from bihuan.lines.passes.states import LIVE, NUMBERED, REVIEWED, Status
from tests.spine.cases.known import World

PHONE = "+8619900007733"
_numbers = count(1)


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
    if status in NUMBERED:
        known |= {"number": f"430202{n:06}", "decided_at": now}
    if status not in LIVE:
        known["ended_at"] = now
    return Pass.objects.create(**{**known, **fields})
