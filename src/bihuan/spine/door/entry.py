"""What came in, decoded: from JSON or from the fields of a form. Knows types, not meaning."""

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, TypeVar, get_type_hints

import msgspec
from msgspec import Meta

from bihuan.spine.door.faults import Fault, Unfit

T = TypeVar("T")
Answer = str | int | float | bool | list[str] | None

LENGTHS = {
    "client_id": 64, "channel": 16, "service": 40, "text": 8000, "site": 120,
    "name": 80, "phone": 40, "door": 80, "language": 8,
}  # fmt: skip
"""How many characters of each field can be kept."""
ANSWER_LENGTH = 2000


class Entry(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """The fields of a Submission as the client sent them; ``null`` is the same as left out."""

    client_id: str
    channel: str | None = None
    service: str | None = None
    text: str | None = None
    lon: float | None = None
    lat: float | None = None
    site: str | None = None
    name: str | None = None
    phone: str | None = None
    door: str | None = None
    language: str | None = None
    answers: dict[str, Answer] | None = None


_Text = Annotated[str, Meta(max_length=ANSWER_LENGTH)]


class Sound(Entry, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """An entry of which the decoder itself has seen that its texts can be kept: the common case, at no cost."""

    client_id: Annotated[str, Meta(min_length=1, max_length=LENGTHS["client_id"])]
    channel: Annotated[str, Meta(max_length=LENGTHS["channel"])] | None = None
    service: Annotated[str, Meta(max_length=LENGTHS["service"])] | None = None
    text: Annotated[str, Meta(max_length=LENGTHS["text"])] | None = None
    site: Annotated[str, Meta(max_length=LENGTHS["site"])] | None = None
    name: Annotated[str, Meta(max_length=LENGTHS["name"])] | None = None
    phone: Annotated[str, Meta(max_length=LENGTHS["phone"])] | None = None
    door: Annotated[str, Meta(max_length=LENGTHS["door"])] | None = None
    language: Annotated[str, Meta(max_length=LENGTHS["language"])] | None = None
    answers: dict[str, _Text | int | float | bool | list[_Text] | None] | None = None


_decode = msgspec.json.Decoder(Sound).decode
_TYPES: dict[str, object] = get_type_hints(Entry)
_WORDS = {"lon": "number", "lat": "number", "answers": "object of strings, numbers, lists"}
_NUL = b"\\u0000"  # the only way in which JSON can carry a NUL character


def read_json(body: bytes | bytearray) -> Entry:
    """Decode a body.

    Raises
    ------
    Unfit
        when it is not UTF-8, not JSON, not an object, or a field is unknown or of a wrong type.
    """
    if _NUL not in body:
        try:
            return _read(_decode, body)
        except msgspec.ValidationError:
            # The quick decoder stops at the first fault; the slow way names every field.
            pass
    return read_fields(_read(_plain, body))


def _read(decode: Callable[[bytes | bytearray], T], body: bytes | bytearray) -> T:
    try:
        return decode(body)
    except msgspec.ValidationError:
        raise
    except UnicodeDecodeError:
        raise Unfit([Fault("body", "utf8")]) from None
    except msgspec.DecodeError:
        raise Unfit([Fault("body", "json")]) from None
    except RecursionError:
        raise Unfit([Fault("body", "deep")]) from None


def _plain(body: bytes | bytearray) -> Mapping[str, object]:
    """Decode into a mapping whose values nobody has looked at yet; numbers beyond range stay raw."""
    try:
        raw = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
    except msgspec.ValidationError:
        raise Unfit([Fault("body", "object")]) from None
    return {name: _value(value) for name, value in raw.items()}


def _value(raw: msgspec.Raw) -> object:
    try:
        return msgspec.json.decode(raw)
    except msgspec.ValidationError:
        return raw


def read_fields(fields: Mapping[str, object]) -> Entry:
    """Take the fields of a form or of a row of a file.

    Raises
    ------
    Unfit
        naming every field that is unknown, missing or of a wrong type.
    """
    if faults := list(_check_types(fields)):
        raise Unfit(faults)
    return msgspec.convert(fields, Entry)


def _check_types(fields: Mapping[str, object]) -> Iterator[Fault]:
    if "client_id" not in fields:
        yield Fault("client_id", "required")
    for name, value in fields.items():
        if name not in _TYPES:
            yield Fault(str(name)[:64].encode(errors="replace").decode(), "unknown")
        elif not _fits(value, _TYPES[name]):
            yield Fault(name, "type", _WORDS.get(name, "string"))


def _fits(value: object, kind: object) -> bool:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True
