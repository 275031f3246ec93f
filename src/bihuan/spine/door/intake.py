"""The one function by which everything comes in: bytes or fields -> checked -> a row, sealed."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

import msgspec

from bihuan.kernel import ids, private
from bihuan.kernel.errors import Refused
from bihuan.spine.door.check import check_entry
from bihuan.spine.door.entry import Entry, read_fields, read_json
from bihuan.spine.door.faults import Fault, Unfit
from bihuan.spine.door.needs import Services

DEFAULT_CHANNEL = "api"
_encode = msgspec.json.Encoder(order="deterministic").encode


class Row(NamedTuple):
    """A Submission as the database takes it, in the order of its columns."""

    client_id: str
    receipt: str
    channel: str
    service: str
    text: str
    lon: float | None
    lat: float | None
    site: str
    name_sealed: bytes | None
    phone_sealed: bytes | None
    door_sealed: bytes | None
    phone_hash: bytes | None
    answers: str
    language: str
    digest: str
    received_at: datetime


class Arrival(NamedTuple):
    """A row to be stored, and the emergency number the asker is shown, if any."""

    row: Row
    emergency: str


def take_in(body: bytes | bytearray | Mapping[str, object], services: Services, now: datetime) -> Arrival:
    """Turn what came in into a row that can be stored.

    Parameters
    ----------
    body : JSON as it came, or the fields of a form or of a file's row.
    services : what each service needs.
    now : the instant of arrival, with an offset.

    Raises
    ------
    Unfit
        with every fault found.
    """
    entry = read_fields(body) if isinstance(body, Mapping) else read_json(body)
    if faults := check_entry(entry, services):
        raise Unfit(faults)
    return Arrival(_prepare(entry, now), _emergency(entry, services))


def _prepare(entry: Entry, now: datetime) -> Row:
    phone = _normal_phone(entry.phone)
    return Row(
        client_id=entry.client_id,
        receipt=ids.new_receipt(),
        channel=entry.channel or DEFAULT_CHANNEL,
        service=entry.service or "",
        text=entry.text or "",
        lon=entry.lon,
        lat=entry.lat,
        site=entry.site or "",
        name_sealed=private.seal(entry.name) if entry.name else None,
        phone_sealed=private.seal(phone) if phone else None,
        door_sealed=private.seal(entry.door) if entry.door else None,
        phone_hash=private.keyed_hash(phone) if phone else None,
        answers=_encode(entry.answers).decode() if entry.answers else "{}",
        language=entry.language or "",
        digest=_digest(entry),
        received_at=now,
    )


def _normal_phone(typed: str | None) -> str:
    if not typed or not typed.strip():
        return ""
    try:
        return private.normal_phone(typed)
    except Refused:
        raise Unfit([Fault("phone", "phone")]) from None


def _digest(entry: Entry) -> str:
    # Keyed before it is hashed: the body holds a telephone number, and from a plain digest it could be guessed.
    return hashlib.sha256(private.keyed_hash(_encode(entry).decode())).hexdigest()


def _emergency(entry: Entry, services: Services) -> str:
    texts = [entry.text or ""]
    texts += [answer for answer in (entry.answers or {}).values() if isinstance(answer, str)]
    if entry.service:
        return services[entry.service].emergency(texts)
    # Where no service is named, any service's words of danger count.
    return next(filter(None, (needs.emergency(texts) for needs in services.values())), "")
