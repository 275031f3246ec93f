"""How every channel stands, for whoever watches over the city's ways to speak and to hear."""

from datetime import datetime
from typing import Any

from ninja import Router, Schema

from bihuan.faces.api.signing import StaffRequest
from bihuan.faces.api.sorting import may
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.messages import standing

router = Router(tags=["channels"])


class WayOut(Schema):
    """One way out. ``missing`` names settings that are not set; no value of one is told."""

    name: str
    is_on: bool
    missing: list[str]
    waiting: int
    succeeded_at: datetime | None
    failed_at: datetime | None
    error: str


class WayIn(Schema):
    name: str
    missing: list[str]
    heard_at: datetime | None
    failed_at: datetime | None
    error: str


class Ways(Schema):
    out: list[WayOut]
    incoming: list[WayIn]


@router.get("/channels", response=Ways, summary="How every channel stands, out and in")
def list_channels(request: StaffRequest) -> dict[str, Any]:
    may(request, Permission.RULES)
    return {
        "out": [vars(one) for one in standing.list_out()],
        "incoming": [vars(one) for one in standing.list_in()],
    }
