"""Ask forms for programs of the offices: numbers to print, what is to be printed, and what came back."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Router, Schema, Status
from pydantic import AwareDatetime, Field

from bihuan.faces.api.deeds import Said, found
from bihuan.faces.api.signing import StaffRequest
from bihuan.kernel.ids import format_receipt
from bihuan.spine.accounts.models import Agency
from bihuan.spine.cases.models import Service
from bihuan.spine.door.entry import Answer
from bihuan.spine.paper import entering, numbers, queries
from bihuan.spine.paper.models import Block, Number

router = Router(tags=["paper"])


class ToReserve(Said):
    """For one service or for any need, for one office or for the whole city."""

    count: int = Field(ge=1, le=numbers.MOST)
    service: str | None = None
    agency: str | None = None


class FormOut(Schema):
    """One form: its number, grouped as it is printed, and the address for its square."""

    number: str
    printed_as: str
    address: str
    serial: int
    state: str
    asked_at: datetime | None
    entered_at: datetime | None


class BlockOut(Schema):
    id: int
    count: int
    service: str | None
    agency: str | None
    reserved_at: datetime
    forms: list[FormOut]


class ToEnter(Said):
    """What stands on the form; the fields are the door's. ``asked_at`` is the time on the paper, with its offset."""

    text: str
    service: str | None = None
    asked_at: AwareDatetime | None = None
    name: str | None = None
    phone: str | None = None
    site: str | None = None
    door: str | None = None
    lon: float | None = None
    lat: float | None = None
    language: str | None = None
    answers: dict[str, Answer] | None = None


class ToVoid(Said):
    """One form that was spoilt; without a number all of the block that have not come back."""

    number: str = Field("", max_length=12)


class VoidOut(Schema):
    voided: int


class EnteredOut(Schema):
    receipt: str
    case: int
    emergency: str


@router.post("/blocks", response={201: BlockOut}, summary="Reserve numbers for forms")
def reserve_forms(request: StaffRequest, said: ToReserve) -> Status[Any]:
    # Before anything is looked up: whoever may not reserve learns nothing of what there is.
    numbers.check_may(request.auth)
    block = numbers.reserve(
        by=request.auth,
        count=said.count,
        service=found(Service, "service", code=said.service) if said.service else None,
        agency=found(Agency, "agency", code=said.agency) if said.agency else None,
    )
    return Status(201, _block(request, block))


@router.get("/blocks/{block_id}", response=BlockOut, summary="What is to be printed on the forms of a block")
def show_forms(request: StaffRequest, block_id: int) -> dict[str, Any]:
    numbers.check_may(request.auth)
    return _block(request, queries.access_block(block_id))


@router.post("/blocks/{block_id}/void", response=VoidOut, summary="Make forms of a block void")
def void_forms(request: StaffRequest, block_id: int, said: ToVoid) -> dict[str, int]:
    numbers.check_may(request.auth)
    block = queries.access_block(block_id)
    return {"voided": numbers.make_void(by=request.auth, block=block, number=said.number)}


@router.post("/forms/{number}", response={201: EnteredOut}, summary="Enter what stands on a form, once")
def enter_form(request: StaffRequest, number: str, said: ToEnter) -> Status[Any]:
    payload = said.dict(exclude={"asked_at"}, exclude_none=True)
    entry = entering.enter(by=request.auth, typed=number, payload=payload, asked_at=said.asked_at)
    told = {"receipt": entry.number.number, "case": entry.case.pk, "emergency": entry.emergency}
    return Status(201, told)


def _block(request: HttpRequest, block: Block) -> dict[str, Any]:
    return {
        "id": block.pk,
        "count": block.count,
        "service": block.service.code if block.service else None,
        "agency": block.agency.code if block.agency else None,
        "reserved_at": block.reserved_at,
        "forms": [_form(request, one) for one in block.numbers.order_by("serial")],
    }


def _form(request: HttpRequest, number: Number) -> dict[str, Any]:
    return {
        "number": number.number,
        "printed_as": format_receipt(number.number),
        "address": request.build_absolute_uri(reverse("portal:paper", args=[number.number])),
        "serial": number.serial,
        "state": number.state,
        "asked_at": number.asked_at,
        "entered_at": number.used_at,
    }
