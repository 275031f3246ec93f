"""Whatever is thrown at the door, it answers with a problem or a receipt, and never with an error of its own."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.spine.door.asgi import make_app
from bihuan.spine.door.asking import App
from bihuan.spine.door.entry import LENGTHS
from bihuan.spine.door.needs import Needs, Question
from tests.spine.door.wire import JSON, Reply, Shelf, alive, ask

pytestmark = pytest.mark.once

SERVICES = {
    "medicine": Needs(
        frozenset({"text", "place", "phone", "name"}),
        {
            "drug": Question("string", is_required=True),
            "left": Question("singlevaluelist", choices=frozenset({"none", "two"})),
            "many": Question("multivaluelist", choices=frozenset({"a"})),
            "count": Question("number"), "when": Question("datetime"), "more": Question("text"),
        },
        ("昏迷", "fire"), "120",
    )
}  # fmt: skip
NAMES = [*LENGTHS, "lon", "lat", "answers", "colour"]
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=80)
    | st.sampled_from(["medicine", "19900001234", "\0", "\ud800", "x" * 9000, 113.1, 27.8, 10**400])
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
)
ANSWERS = st.dictionaries(
    st.sampled_from(["drug", "left", "many", "count", "when", "more"]) | st.text(max_size=5), VALUES
)
BODIES = st.fixed_dictionaries(
    {"client_id": st.text(st.sampled_from("ab1-"), min_size=1, max_size=9) | SCALARS},
    optional={name: SCALARS | VALUES for name in NAMES if name != "client_id"}
    | {"service": st.just("medicine"), "answers": ANSWERS},
)
HEADERS = st.fixed_dictionaries(
    {"content-type": st.sampled_from(["application/json", "text/plain", ""])},
    optional={
        "accept-language": st.text(st.characters(codec="ascii"), max_size=20),
        "content-length": st.text(st.characters(codec="ascii"), max_size=20),
    },
)


class Thrower:
    """Keeps one door alive and throws bodies at it."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._alive = alive(make_app(Shelf, source=lambda: SERVICES))
        self._app: App = self._loop.run_until_complete(self._alive.__aenter__())

    def throw(self, body: bytes, headers: dict[str, str]) -> Reply:
        """Send one body; check what must be true of every answer."""
        reply = self._loop.run_until_complete(ask(self._app, "POST", "/door/api", [body], headers))
        found = reply.json()
        if reply.status in {200, 201}:
            assert set(found) <= {"receipt", "status_url", "emergency"}
        else:
            assert reply.status in {400, 413, 415, 422}
            assert found["status"] == reply.status and found["title"] and found["detail"] and found["type"]
        return reply

    def close(self) -> None:
        """End the door."""
        self._loop.run_until_complete(self._alive.__aexit__(None, None, None))
        self._loop.close()


@pytest.fixture(scope="module")
def thrower() -> Iterator[Thrower]:
    thrower = Thrower()
    yield thrower
    thrower.close()


def dump(body: Any) -> bytes:
    return json.dumps(body).encode()


ROUGH = settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck), database=None)


@ROUGH
@given(body=BODIES)
def test_wrong_values_are_named_field_by_field(thrower: Thrower, body: dict[str, Any]) -> None:
    reply = thrower.throw(dump(body), JSON)
    if reply.status == 422:
        known = {*NAMES, *body, "body"}
        assert all(field.split(".")[0] in known for field in reply.fields())


@ROUGH
@given(body=BODIES, cut=st.integers(0, 400), bit=st.integers(0, 7), headers=HEADERS)
def test_broken_bytes_are_a_problem(
    thrower: Thrower, body: dict[str, Any], cut: int, bit: int, headers: dict[str, str]
) -> None:
    raw = bytearray(dump(body))
    raw[min(cut, len(raw) - 1)] ^= 1 << bit
    thrower.throw(bytes(raw), headers)
    thrower.throw(bytes(raw[:cut]), headers)


@ROUGH
@given(raw=st.binary(max_size=200))
def test_bytes_at_random_are_a_problem(thrower: Thrower, raw: bytes) -> None:
    assert thrower.throw(raw, JSON).status in {400, 422}


@pytest.mark.parametrize(
    "opening", [b"[", b'{"client_id":', b'{"answers":', b'{"answers":{"a":[', b'"', b'{"a":']
)
def test_depth_without_end_is_a_problem(thrower: Thrower, opening: bytes) -> None:
    assert thrower.throw(opening * (60_000 // len(opening)), JSON).status in {400, 422}


def test_numbers_without_end_are_a_problem(thrower: Thrower) -> None:
    for field in ("lon", "client_id", "answers"):
        assert (
            thrower.throw(b'{"client_id": "a", "%b": %b}' % (field.encode(), b"9" * 60_000), JSON).status
            == 422
        )
