"""Keys and passes that tests know, and every way to spoil one that a checkpoint must tell."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bihuan.lines.passes.seal import base45, cbor, cose, sealing
from bihuan.lines.passes.seal.algorithms import EDDSA, PublicKey
from bihuan.lines.passes.seal.claims import CTI, PASS, PLATE, Claims
from bihuan.lines.passes.seal.halts import Halted
from bihuan.lines.passes.seal.reasons import Reason

TEN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
NOW = TEN + timedelta(hours=5)
CITY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
BEFORE = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(range(2, 34)))
SUITS = Claims(
    number="430200000017", edition=1, plate="湘B12345", colour="yellow", goods="medical",
    route=("430211", "430281"), crew=2, is_closed_loop=True,
    issued_at=TEN + timedelta(hours=3), valid_from=TEN + timedelta(hours=3),
    valid_until=TEN + timedelta(days=3),
)  # fmt: skip
LATER = replace(SUITS, number="430200000025", valid_from=NOW + timedelta(hours=1))
OVER = replace(SUITS, number="430200000033", valid_until=NOW)


def public(key: Ed25519PrivateKey, retired_at: datetime | None = None) -> PublicKey:
    return PublicKey(EDDSA, key.public_key().public_bytes_raw(), retired_at)


KEYS = {key.kid: key for key in (public(CITY), public(BEFORE, TEN))}
HALTED = {
    "430200000041": Halted(Reason.REVOKED),
    "430200000058": Halted(Reason.SUSPENDED),
    "430200000066": Halted(Reason.REPLACED),
    "430200000074": Halted(None, 2),
}
GOOD = sealing.issue(SUITS, CITY)


def text(data: bytes) -> str:
    return sealing.PREFIX + base45.encode(data)


def parts(code: str = GOOD) -> list[object]:
    return list(cbor2.loads(base45.decode(code.removeprefix(sealing.PREFIX))[1:]))


def packed(*parts: object) -> str:
    return text(cose.TAG_SIGN1 + cbor2.dumps(list(parts)))


def signed(payload: bytes, key: Ed25519PrivateKey = CITY) -> str:
    return text(cose.sign(payload, key))


@dataclass(frozen=True)
class Code:
    """A text, and what a checkpoint must say to it."""

    name: str
    text: str
    reason: Reason


def codes() -> list[Code]:
    """List one of each kind, and of most kinds several."""
    made = (_good(), _not_ours(), _out_of_force(), _cut(), _spoiled(), _written_otherwise())
    return [Code(name, said, reason) for kind in made for name, said, reason in kind]


Row = tuple[str, str, Reason]


def _good() -> Iterator[Row]:
    yield "good", GOOD, Reason.VALID
    yield "a line end behind it", GOOD + "\r\n", Reason.VALID
    data = base45.decode(GOOD.removeprefix(sealing.PREFIX))
    yield "the tag of a CWT around it", text(cose.TAG_CWT + data), Reason.VALID
    old = replace(SUITS, issued_at=TEN - timedelta(hours=1))
    yield "a retired key, issued before", sealing.issue(old, BEFORE), Reason.VALID
    more = cbor2.loads(SUITS.encode())
    more[PASS] = more[PASS] | {64: "for later"}
    yield "a claim that is not known yet", signed(_with_serial(more)), Reason.VALID


def _with_serial(said: dict[int, object]) -> bytes:
    from bihuan.lines.passes.seal.claims import digest

    said.pop(CTI, None)
    return cbor.encode(said | {CTI: digest(said)})


def _not_ours() -> Iterator[Row]:
    yield "a stranger's key", sealing.issue(SUITS, STRANGER), Reason.WRONG_KEY
    yield "a retired key, issued after", sealing.issue(SUITS, BEFORE), Reason.WRONG_KEY
    protected, _, payload, signature = parts(sealing.issue(SUITS, STRANGER))
    ours = parts()[0]
    yield "forged under our key's name", packed(ours, {}, payload, signature), Reason.FORGED
    made = STRANGER.sign(cose.to_be_signed(ours, payload))
    yield "forged, signed as ours", packed(ours, {}, payload, made), Reason.FORGED
    fits = CITY.sign(cose.to_be_signed(protected, payload))
    yield (
        "the signature fits, the key's name does not",
        packed(protected, {}, payload, fits),
        Reason.WRONG_KEY,
    )
    yield "no key's name", _by(cbor.encode({1: -8}), payload), Reason.WRONG_KEY
    yield "another algorithm", _by(cbor.encode({1: -7, 4: public(CITY).kid}), payload), Reason.WRONG_KEY
    yield (
        "one more word in the header",
        _by(cbor.encode({1: -8, 4: public(CITY).kid, 5: 1}), payload),
        Reason.WRONG_KEY,
    )
    said = cbor2.loads(SUITS.encode())
    said[PASS][PLATE] = "湘B54321"
    yield "another plate", packed(ours, {}, cbor.encode(said), parts()[3]), Reason.ALTERED
    first = bytes([parts()[3][0] ^ 1]) + parts()[3][1:]
    yield "one bit of the signature", packed(ours, {}, SUITS.encode(), first), Reason.FORGED


def _by(protected: bytes, payload: bytes) -> str:
    return packed(protected, {}, payload, CITY.sign(cose.to_be_signed(protected, payload)))


def _out_of_force() -> Iterator[Row]:
    yield "not begun", sealing.issue(LATER, CITY), Reason.NOT_YET
    yield "over", sealing.issue(OVER, CITY), Reason.EXPIRED
    for number, halted in HALTED.items():
        reason = halted.reason or Reason.REPLACED
        yield f"{reason.value}: {number}", sealing.issue(replace(SUITS, number=number), CITY), reason
    anew = replace(SUITS, number="430200000074", edition=2)
    yield "restored with a new code", sealing.issue(anew, CITY), Reason.VALID


def _cut() -> Iterator[Row]:
    for at in range(len(sealing.PREFIX), len(GOOD), 7):
        yield f"cut after {at} characters", GOOD[:at], Reason.TRUNCATED
    yield "cut and made whole", packed(*parts())[:-3], Reason.TRUNCATED


def _spoiled() -> Iterator[Row]:
    yield "nothing", "", Reason.NOT_A_PASS
    yield "an address", "https://example.org/", Reason.NOT_A_PASS
    yield "another country's", "HC1:" + GOOD[4:], Reason.NOT_A_PASS
    yield "small letters", sealing.PREFIX + GOOD[4:].lower(), Reason.DAMAGED
    yield "three characters too large", sealing.PREFIX + ":::" + GOOD[7:], Reason.DAMAGED
    yield "too long", GOOD + "0" * 1200, Reason.DAMAGED
    yield "another tag", text(b"\xd1" + base45.decode(GOOD[4:])[1:]), Reason.DAMAGED
    yield "three parts", packed(*parts()[:3]), Reason.DAMAGED
    yield "a text for a signature", packed(*parts()[:3], "signed"), Reason.DAMAGED
    for name, payload in {
        "a list": b"\x80", "a tag": b"\xa1\x04\xc1\x00", "half": b"\xa1\x04\xf9\x38\x00", "undefined": b"\xa1\x04\xf7",
        "deep": b"\x81" * 9 + b"\x00", "no text": b"\xa1\x04\x62\xff\xff", "a surrogate": b"\xa1\x04\x63\xed\xa0\x80",
        "a reserved length": b"\xa1\x04\x1c", "too large a number": b"\xa1\x04\x1b\x00\x20\x00\x00\x00\x00\x00\x00",
        "a key of bytes": b"\xa1\x41\x00\x00", "nothing said": _with_serial({}),
        "no serial": cbor.encode({4: 2**40, 5: 0, 6: 0}), "a word for a time": _with_serial({4: "soon"}),
    }.items():  # fmt: skip
        yield f"signed, but {name}", signed(payload), Reason.DAMAGED


def _written_otherwise() -> Iterator[Row]:
    protected, _, payload, signature = parts()
    data = base45.decode(GOOD.removeprefix(sealing.PREFIX))
    yield "without its tag", text(data[1:]), Reason.RE_ENCODED
    yield "something behind it", text(data + b"\x00"), Reason.RE_ENCODED
    yield "a list without a length", text(b"\xd2\x9f" + data[2:] + b"\xff"), Reason.RE_ENCODED
    yield "a longer length", text(b"\xd2\x98\x04" + data[2:]), Reason.RE_ENCODED
    yield "a note that is not signed", packed(protected, {99: "x"}, payload, signature), Reason.RE_ENCODED
    said = cbor2.loads(payload)
    backwards = cbor2.dumps(dict(reversed(said.items())))
    yield "claims in another order", packed(protected, {}, backwards, signature), Reason.RE_ENCODED
    yield "even if we signed it so", signed(backwards), Reason.RE_ENCODED
    yield "a claim twice", signed(b"\xa2\x04\x00\x04\x00"), Reason.RE_ENCODED
    yield "a long number", signed(b"\xa1\x04\x18\x17"), Reason.RE_ENCODED
    yield "something behind the claims", signed(payload + b"\x00"), Reason.RE_ENCODED
