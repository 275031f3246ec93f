"""Webhooks for programs of an administrator: endpoints, what was sent to each, and sending again."""

from datetime import datetime
from typing import Any

from django.http import Http404
from ninja import Field, Query, Router, Schema, Status

from bihuan.faces.api.deeds import Said, found
from bihuan.faces.api.pages import Paged, Turned
from bihuan.faces.api.signing import StaffRequest
from bihuan.faces.api.sorting import may
from bihuan.spine.accounts.models import Agency
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases.queries.paging import page
from bihuan.spine.messages.models import Delivery, Endpoint
from bihuan.spine.messages.webhooks import switching

router = Router(tags=["webhooks"])
LARGEST = 2**63 - 1


class EndpointIn(Said):
    """Where another system wants to hear; empty ``agency`` and ``kinds`` are all."""

    url: str = Field(max_length=300)
    about: str = Field("", max_length=120)
    agency: str = ""
    kinds: list[str] = Field(default_factory=list)


class EndpointOut(Schema):
    """``secret`` is told when it is made or changed, and never again."""

    id: int
    url: str
    about: str
    agency: str
    kinds: list[str]
    is_active: bool
    off_why: str
    failing_since: datetime | None
    secret: str


class EndpointsOut(Paged):
    items: list[EndpointOut]


class DeliveryOut(Schema):
    id: int
    kind: str
    case: int | None
    status: str
    attempts: int
    created_at: datetime
    due_at: datetime
    ended_at: datetime | None
    answered: int | None
    error: str


class DeliveriesOut(Paged):
    items: list[DeliveryOut]


@router.get("/webhooks", response=EndpointsOut, summary="Where other systems hear of Cases")
def list_webhooks(request: StaffRequest, turned: Query[Turned]) -> dict[str, Any]:
    may(request, Permission.RULES)
    rows, following = page(Endpoint.objects.select_related("agency"), turned.cursor, turned.limit, "id")
    return {"items": [_said(one) for one in rows], "next": following}


@router.post("/webhooks", response={201: EndpointOut}, summary="Let another system hear")
def add_webhook(request: StaffRequest, said: EndpointIn) -> Status[dict[str, Any]]:
    may(request, Permission.RULES)
    agency = found(Agency, "agency", code=said.agency) if said.agency else None
    fields = said.dict() | {"agency": agency}
    endpoint, secret = switching.add(by=request.auth, **fields)
    return Status(201, _said(endpoint, secret))


@router.post("/webhooks/{int:endpoint_id}/secret", response=EndpointOut, summary="Change the secret")
def change_secret(request: StaffRequest, endpoint_id: int) -> dict[str, Any]:
    secret = switching.change_secret(endpoint=_endpoint(request, endpoint_id), by=request.auth)
    return _said(_endpoint(request, endpoint_id), secret)


@router.post("/webhooks/{int:endpoint_id}/do/{deed}", response=EndpointOut, summary="Switch, try, send again")
def do_webhook(request: StaffRequest, endpoint_id: int, deed: switching.Deed) -> dict[str, Any]:
    switching.do(deed, endpoint=_endpoint(request, endpoint_id), by=request.auth)
    return _said(_endpoint(request, endpoint_id))


@router.get("/webhooks/{int:endpoint_id}/deliveries", response=DeliveriesOut, summary="What was sent")
def list_deliveries(request: StaffRequest, endpoint_id: int, turned: Query[Turned]) -> dict[str, Any]:
    sent = Delivery.objects.filter(endpoint=_endpoint(request, endpoint_id))
    rows, following = page(sent, turned.cursor, turned.limit, "-id")
    return {"items": [_delivery(one) for one in rows], "next": following}


@router.post("/webhooks/{int:endpoint_id}/deliveries/{int:delivery_id}/again", response=DeliveryOut)
def send_again(request: StaffRequest, endpoint_id: int, delivery_id: int) -> dict[str, Any]:
    sent = _endpoint(request, endpoint_id).deliveries.filter(pk=min(delivery_id, LARGEST)).first()
    if sent is None:
        raise Http404
    switching.resend(delivery=sent, by=request.auth)
    sent.refresh_from_db()
    return _delivery(sent)


def _endpoint(request: StaffRequest, number: int) -> Endpoint:
    may(request, Permission.RULES)
    endpoint = Endpoint.objects.select_related("agency").filter(pk=min(number, LARGEST)).first()
    if endpoint is None:
        raise Http404
    return endpoint


def _said(one: Endpoint, secret: str = "") -> dict[str, Any]:
    names = ("id", "url", "about", "kinds", "is_active", "off_why", "failing_since")
    agency = one.agency.code if one.agency else ""
    return {name: getattr(one, name) for name in names} | {"agency": agency, "secret": secret}


def _delivery(one: Delivery) -> dict[str, Any]:
    names = ("id", "kind", "status", "attempts", "created_at", "due_at", "ended_at", "answered", "error")
    return {name: getattr(one, name) for name in names} | {"case": one.case_id}
