"""What a device sends: a text it signed, and in it scans that it signed one by one; the very text is kept."""

from base64 import b64decode
from datetime import datetime
from typing import Annotated, Literal, TypeVar
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Forbidden, Refused
from bihuan.lines.passes.checkpoints.enrolling import key_of
from bihuan.lines.passes.models import Device

SYNC = b"bihuan-sync-1\n"
SCAN = b"bihuan-scan-1\n"
MOST_SCANS = 200

T = TypeVar("T")
Short = Annotated[str, msgspec.Meta(max_length=16)]


class Paper(msgspec.Struct, frozen=True):
    """A text and the device's signature over it, in base 64."""

    record: Annotated[str, msgspec.Meta(max_length=2_000)]
    signature: Annotated[str, msgspec.Meta(max_length=120)]


class Envelope(msgspec.Struct, frozen=True):
    device: int
    record: Annotated[str, msgspec.Meta(max_length=600_000)]
    signature: Annotated[str, msgspec.Meta(max_length=120)]


class Asked(msgspec.Struct, frozen=True):
    """What a device wants: the changes after its edition of the list, new passes, and its scans taken in."""

    halts: Annotated[int, msgspec.Meta(ge=0)]
    listed: datetime | None
    waiting: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
    scans: Annotated[list[Paper], msgspec.Meta(max_length=MOST_SCANS)]


class Said(msgspec.Struct, frozen=True):
    """One scan as the device tells it."""

    id: UUID
    at: datetime
    how: Literal["code", "number", "plate"]
    direction: Literal["in", "out"]
    light: Literal["pass", "ask", "refuse"]
    reason: Short
    outcome: Literal["let", "turned", "left"]
    number: Annotated[str, msgspec.Meta(pattern=r"^(\d{12})?$")] = ""
    edition: Annotated[int, msgspec.Meta(ge=0, le=100_000)] = 0
    serial: Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{16})?$")] = ""
    plate: Annotated[str, msgspec.Meta(max_length=12)] = ""
    list_at: datetime | None = None


def open_envelope(body: bytes) -> tuple[Device, Asked]:
    """Return who sent it and what is asked; refuses a device that is not enrolled or was blocked."""
    envelope = _decode(body, Envelope)
    device = Device.objects.select_related("site").filter(pk=envelope.device).first()
    if device is None or device.enrolled_at is None or not _is_signed(device, envelope, SYNC):
        raise Forbidden(_("This device is not enrolled."), code="unknown")
    if device.blocked_at:
        raise Forbidden(_("This device was blocked. Give it to your supervisor."), code="blocked")
    return device, _decode(envelope.record.encode(), Asked)


def read_scan(device: Device, paper: Paper) -> Said:
    """Return what a scan says; refuses one that the device did not sign or that makes no sense."""
    if not _is_signed(device, paper, SCAN):
        raise Refused(_("This scan does not bear the device's signature."), code="signature")
    said = _decode(paper.record.encode(), Said)
    if said.at.tzinfo is None or (said.list_at and said.list_at.tzinfo is None):
        raise Refused(_("The instant has no time zone."), code="record")
    return said


def _is_signed(device: Device, paper: Paper | Envelope, context: bytes) -> bool:
    try:
        signature = b64decode(paper.signature, validate=True)
    except ValueError:
        return False
    return key_of(device).fits(context + paper.record.encode(), signature)


def _decode(body: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise Refused(str(error), code="record") from None
