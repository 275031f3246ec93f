"""For whoever asked: the state of an ask, and the asker's own verbs, by receipt and last digits."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from bihuan.faces.api.shapes import Named, named
from bihuan.kernel.ids import format_receipt, plain_receipt
from bihuan.spine.accounts.adapter import client_ip
from bihuan.spine.audit.actions import ASKER
from bihuan.spine.cases import actions, queries
from bihuan.spine.cases.guessing import watched
from bihuan.spine.cases.models import Asker
from bihuan.spine.cases.states import Status

router = Router(tags=["receipts"])
VERBS = ("answer", "say", "confirm", "reopen", "withdraw")


class StepOut(Schema):
    """One line of the story, in the reader's language."""

    at: datetime
    verb: str
    words: str
    note: str
    photo: UUID | None
    who: str


class MayOut(Schema):
    """A verb of the asker's: whether it is possible now, and why not."""

    verb: str
    label: str
    is_allowed: bool
    why_not: str


class AskState(Schema):
    """How far an ask is. ``received`` is the status of what is not sorted yet."""

    receipt: str
    number: int | None
    status: str
    status_words: str
    service: Named | None
    agency: Named | None
    steps: list[StepOut]
    may: list[MayOut]


class Proof(Schema):
    """The last digits of the telephone that was left with the ask."""

    digits: str = ""


class AskerWords(Proof):
    text: str = ""


class AskerYes(Proof):
    """A yes, and with it, if you like, how content: ``yes``, ``fair`` or ``no``."""

    content: str = ""


class AskerNo(AskerWords):
    """A no, why, and with it, if you like, how content: ``yes``, ``fair`` or ``no``."""

    content: str = ""


@router.get("/{receipt}", response=AskState, operation_id="asker_show", summary="How far an ask is")
def show(request: HttpRequest, receipt: str) -> dict[str, Any]:
    return _shown(request, receipt, "")


@router.post(
    "/{receipt}",
    response=AskState,
    operation_id="asker_show_proven",
    summary="The same, with the digits where no log keeps them",
)
def show_proven(request: HttpRequest, receipt: str, said: Proof) -> dict[str, Any]:
    return _shown(request, receipt, said.digits)


def _shown(request: HttpRequest, receipt: str, digits: str) -> dict[str, Any]:
    try:
        return state(_asker(request, receipt, digits))
    except queries.NotSorted as waiting:
        number = format_receipt(plain_receipt(receipt))
        return {**NOT_SORTED, "receipt": number, "status_words": waiting.message}


def _asker(request: HttpRequest, receipt: str, digits: str) -> Asker:
    with watched(client_ip(request)):
        return queries.asker_of(receipt, digits)


NOT_SORTED: dict[str, Any] = {
    "number": None, "status": "received", "service": None, "agency": None, "steps": [], "may": [],
}  # fmt: skip


@router.post(
    "/{receipt}/answer",
    response=AskState,
    operation_id="asker_answer",
    summary="Answer what the office asked",
)
def answer(request: HttpRequest, receipt: str, said: AskerWords) -> dict[str, Any]:
    asker = _asker(request, receipt, said.digits)
    actions.answer(case=asker.case, by=ASKER, text=said.text)
    return state(asker)


@router.post(
    "/{receipt}/say", response=AskState, operation_id="asker_say", summary="Add something while it is open"
)
def say(request: HttpRequest, receipt: str, said: AskerWords) -> dict[str, Any]:
    asker = _asker(request, receipt, said.digits)
    actions.say(case=asker.case, by=ASKER, text=said.text)
    return state(asker)


@router.post(
    "/{receipt}/confirm", response=AskState, operation_id="asker_confirm", summary="Say yes, it is done"
)
def confirm(request: HttpRequest, receipt: str, said: AskerYes) -> dict[str, Any]:
    asker = _asker(request, receipt, said.digits)
    actions.confirm(case=asker.case, by=ASKER, asker=asker, content=said.content)
    return state(asker)


@router.post(
    "/{receipt}/reopen",
    response=AskState,
    operation_id="asker_reopen",
    summary="Say no, it is not done, and why",
)
def reopen(request: HttpRequest, receipt: str, said: AskerNo) -> dict[str, Any]:
    asker = _asker(request, receipt, said.digits)
    actions.reopen(case=asker.case, by=ASKER, asker=asker, reason=said.text, content=said.content)
    return state(asker)


@router.post(
    "/{receipt}/withdraw", response=AskState, operation_id="asker_withdraw", summary="Take the ask back"
)
def withdraw(request: HttpRequest, receipt: str, said: Proof) -> dict[str, Any]:
    asker = _asker(request, receipt, said.digits)
    actions.withdraw(case=asker.case, by=ASKER)
    return state(asker)


def state(asker: Asker) -> dict[str, Any]:
    """Return what an asker may know, as it is now."""
    asker.case.refresh_from_db()
    case = asker.case
    return {
        "receipt": format_receipt(asker.submission.receipt),
        "number": case.pk,
        "status": case.status,
        "status_words": str(Status(case.status).label),
        "service": named(case.service),
        "agency": named(case.agency),
        "steps": [_step(step) for step in queries.story(case, asker)],
        "may": [vars(each) for each in queries.allowed(case=case, by=ASKER) if each.verb in VERBS],
    }


def _step(step: queries.Step) -> dict[str, Any]:
    return {**vars(step), "photo": step.photo.pk if step.photo else None}
