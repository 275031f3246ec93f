"""Cases for programs of the offices: lists, one Case, every verb, reading personal data."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import F
from ninja import Body, Query, Router, Schema, Status
from pydantic import Field

from bihuan.faces.api.deeds import DEEDS, Deed, Whose, found
from bihuan.faces.api.matching import check_match, version_of
from bihuan.faces.api.shapes import ASKERS, AskersOut, Brief, Done, Listed, Whole, askers, brief, whole
from bihuan.faces.api.signing import StaffRequest
from bihuan.kernel.ids import plain_receipt
from bihuan.spine.cases import actions, queries
from bihuan.spine.cases.models import Asker, Case
from bihuan.spine.cases.queries import Cursor, QueueFilter
from bihuan.spine.cases.queries.access import RELATED
from bihuan.spine.cases.reading import reveal
from bihuan.spine.door.models import Submission

router = Router(tags=["cases"])
LONGEST_PAGE = 200
LARGEST_ID = 2**63 - 1


class Wanted(Schema):
    """The filters of a queue; words are codes. ``receipt`` finds the one Case of a receipt, ended or not."""

    status: str = ""
    service: str = ""
    district: str = ""
    agency: str = ""
    priority: str = ""
    channel: str = ""
    late: bool = False
    mine: bool = False
    text: str = ""
    receipt: str = ""
    cursor: str = ""
    limit: int = Field(100, ge=1, le=LONGEST_PAGE)

    def filters(self) -> QueueFilter:
        said = self.dict(exclude={"receipt", "cursor", "limit"})
        return QueueFilter.parse(
            {name: "1" if value is True else value or "" for name, value in said.items()}
        )


class Entered(Schema):
    receipt: str
    case: int


class Receipts(Schema):
    """Receipts to look up at once, with or without spaces."""

    receipts: list[str] = Field(max_length=LONGEST_PAGE)


class FoundCase(Schema):
    """A receipt that leads to a Case which this person may see."""

    receipt: str
    case: Brief


class FoundCases(Schema):
    items: list[FoundCase]


class ToRead(Schema):
    """Which personal field of which Submission (``name``, ``phone``, ``door``), and what for.

    ``purpose``: ``call_back``, ``visit``, ``hand_over`` (to the team that goes), ``twin`` or ``other``.
    """

    submission: int
    field: str
    purpose: str


class Read(Schema):
    value: str


@router.get("", response=Listed, summary="The queue: what is due next first")
def list_cases(request: StaffRequest, wanted: Query[Wanted]) -> dict[str, Any]:
    if wanted.receipt:
        found_cases = queries.visible_cases(request.auth).select_related(*RELATED)
        own = found_cases.filter(askers__submission__receipt=plain_receipt(wanted.receipt)[:12])
        return {"items": [brief(case) for case in own], "next": None}
    page = queries.list_queue(request.auth, wanted.filters(), Cursor.parse(wanted.cursor), wanted.limit)
    return {"items": [brief(case) for case in page.cases], "next": str(page.next) if page.next else None}


@router.post("/enter", response={201: Entered}, summary="Take down an ask for somebody on the telephone")
def enter(request: StaffRequest, said: Body[dict[str, Any]]) -> Status[dict[str, Any]]:
    receipt, case = actions.enter(by=request.auth, payload=said)
    return Status(201, {"receipt": receipt, "case": case.pk})


@router.post("/find", response=FoundCases, summary="The Cases of many receipts; those not found are left out")
def find_cases(request: StaffRequest, said: Receipts) -> dict[str, Any]:
    plain = [plain_receipt(receipt) for receipt in said.receipts]
    rows = queries.visible_cases(request.auth).select_related(*RELATED)
    seen = rows.filter(askers__submission__receipt__in=plain).annotate(
        found_by=F("askers__submission__receipt")
    )
    return {"items": [{"receipt": case.found_by, "case": brief(case)} for case in seen.order_by("id")]}


@router.get("/{int:case_id}", response=Whole, summary="One Case, and what may be done with it now")
def show_case(request: StaffRequest, case_id: int) -> dict[str, Any]:
    case = access(request, case_id)
    # Read first: a change in between makes the tag old, never new.
    request.version = version_of(case.pk)
    return whole(queries.access_case(request.auth, case.pk), request.auth)


@router.get("/{int:case_id}/askers", response=AskersOut, summary="The askers of a Case, 200 at a time")
def list_askers(request: StaffRequest, case_id: int, after: int = 0) -> dict[str, Any]:
    """``after`` is the Submission of the last asker already known."""
    rows = askers(access(request, case_id), min(max(after, 0), LARGEST_ID), ASKERS + 1)
    return {"items": rows[:ASKERS], "next": rows[ASKERS - 1]["submission"] if len(rows) > ASKERS else None}


@router.post("/{int:case_id}/reveal", response=Read, summary="Read one personal field; leaves an Event")
def read_private(request: StaffRequest, case_id: int, said: ToRead) -> dict[str, str]:
    case = access(request, case_id)
    submission = found(Submission, "submission", pk=said.submission, asker__case=case)
    return {"value": reveal(submission=submission, field=said.field, purpose=said.purpose, by=request.auth)}


class SlipOut(Schema):
    """A link for paper; it is told this once."""

    link: str


@router.post("/{int:case_id}/slip", response=SlipOut, summary="A fresh link to print for an asker")
def print_slip(request: StaffRequest, case_id: int, said: Whose) -> dict[str, str]:
    case = access(request, case_id)
    asker = None if said.asker is None else found(Asker, "asker", case=case, submission=said.asker)
    return {"link": actions.slip(case=case, by=request.auth, asker=asker)}


def access(request: StaffRequest, case_id: int) -> Case:
    """Return the Case, or 404."""
    return queries.access_case(request.auth, min(case_id, LARGEST_ID))


def _verb_view(deed: Deed) -> Callable[..., dict[str, Any]]:
    def act(request: StaffRequest, case_id: int, said: Any = None) -> dict[str, Any]:
        case = access(request, case_id)
        with transaction.atomic():
            check_match(request, case.pk)
            made = deed.do(case, request.auth, said or deed.said())
            request.version = version_of(case.pk)
        fresh = Case.objects.select_related(*RELATED).get(pk=case.pk)
        return {**brief(fresh), "made": None if made == fresh else made.pk}

    # ninja reads what a view takes from its signature, and each verb takes something else.
    act.__annotations__ = {"case_id": int, "said": deed.said}
    if any(field.is_required() for field in deed.said.model_fields.values()):
        act.__defaults__ = None
    return act


for _verb, _deed in DEEDS.items():
    router.post(f"/{{int:case_id}}/{_verb}", response=Done, operation_id=_verb)(_verb_view(_deed))
