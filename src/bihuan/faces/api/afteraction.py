"""Looking back: the timeline of a period, page by page, and a Case as it stood at an instant; from the audit alone."""

from datetime import datetime, timedelta
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, Field

from bihuan.faces.api.cases import LARGEST_ID, LONGEST_PAGE
from bihuan.faces.api.signing import StaffRequest
from bihuan.kernel import clock
from bihuan.kernel.errors import Forbidden
from bihuan.spine.audit.models import Event
from bihuan.spine.cases.afteraction.folding import state_at
from bihuan.spine.cases.afteraction.kinds import kind_of
from bihuan.spine.cases.afteraction.reports import read_window
from bihuan.spine.cases.afteraction.rights import may_look_back
from bihuan.spine.cases.afteraction.timeline import Cursor, Window, page
from bihuan.spine.cases.queries import access_case

router = Router(tags=["afteraction"])
DAY = timedelta(days=1)


class Looked(Schema):
    """A period, the last 24 hours unless said; agencies and services by number, ``kind`` as in the answer."""

    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    agency: list[int] = Field(default_factory=list)
    service: list[int] = Field(default_factory=list)
    kind: list[str] = Field(default_factory=list)
    cursor: str = ""
    limit: int = Field(100, ge=1, le=LONGEST_PAGE)

    def window(self) -> Window:
        """Return what is looked at; refuses a period without a length."""
        until = self.until or clock.now()
        return read_window(self.since or until - DAY, until, self.agency, self.service, self.kind)


class Told(Schema):
    """One Event. ``detail`` holds ids, codes and instants: ``set`` is what was written to the Case."""

    id: int
    at: datetime
    kind: str
    verb: str
    by: str
    actor: int | None
    case: int | None
    agency: int | None
    detail: dict[str, Any]


class Timeline(Schema):
    """``next`` goes on; it may be there with few or no items where much had to be looked through."""

    items: list[Told]
    next: str | None


class AsItStood(Schema):
    """The columns of a Case, its tasks, assignments and pauses. One that is not named is as in every new row."""

    case: int
    columns: dict[str, Any]
    rows: dict[str, dict[int, dict[str, Any]]]
    last_event: int


@router.get("/events", response=Timeline, summary="What happened in a period, in order")
def timeline(request: StaffRequest, looked: Query[Looked]) -> dict[str, Any]:
    check_looking_back(request)
    found = page(looked.window(), Cursor.parse(looked.cursor), looked.limit)
    return {
        "items": [told(event) for event in found.events],
        "next": str(found.next) if found.next else None,
    }


@router.get("/cases/{int:case_id}", response=AsItStood, summary="A Case as it stood at an instant")
def case_then(request: StaffRequest, case_id: int, at: AwareDatetime | None = None) -> dict[str, Any]:
    check_looking_back(request)
    case = access_case(request.auth, min(case_id, LARGEST_ID))
    folded = state_at(case.pk, at or clock.now())
    if folded is None:
        raise Http404
    return {
        "case": folded.case_id,
        "columns": folded.case,
        "rows": folded.rows,
        "last_event": folded.last_event_id,
    }


def check_looking_back(request: StaffRequest) -> None:
    """Refuse whoever may not look back."""
    if not may_look_back(request.auth):
        raise Forbidden(_("Your role does not allow looking back over a period."))


def told(event: Event) -> dict[str, Any]:
    """Return an Event as the timeline tells it."""
    return {
        "id": event.pk, "at": event.at, "kind": kind_of(event), "verb": event.verb, "by": event.actor_kind,
        "actor": event.actor_id, "case": event.case_id, "agency": event.agency_id, "detail": event.detail,
    }  # fmt: skip
