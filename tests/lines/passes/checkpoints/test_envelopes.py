"""Only what an enrolled device signed is read, and only in its form."""

import json
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from bihuan.kernel.errors import Forbidden, Refused
from bihuan.lines.passes.checkpoints import enrolling
from bihuan.lines.passes.checkpoints.envelopes import SYNC, open_envelope, read_scan
from tests.lines.passes.checkpoints.known import Telephone, make_site, make_telephone
from tests.lines.passes.seal.known import STRANGER
from tests.spine.cases.known import World


@pytest.fixture
def phone(world: World) -> Telephone:
    return make_telephone(world)


def test_what_the_device_signed_is_opened(phone: Telephone) -> None:
    device, asked = open_envelope(phone.envelope(halts=3, waiting=7, papers=[phone.paper()]))
    assert (device.pk, asked.halts, asked.waiting, len(asked.scans)) == (phone.device.pk, 3, 7, 1)


def test_another_key_opens_nothing(phone: Telephone) -> None:
    with pytest.raises(Forbidden):
        open_envelope(replace(phone, key=STRANGER).envelope())


def test_a_device_that_was_only_invited_is_not_enrolled(world: World, phone: Telephone) -> None:
    invited, _ = enrolling.invite(site=make_site("west"), name="x", by=world.sam)
    with pytest.raises(Forbidden) as refused:
        open_envelope(Telephone(invited, phone.key).envelope())
    assert refused.value.code == "unknown"


def test_a_blocked_device_is_told_so(world: World, phone: Telephone) -> None:
    enrolling.block(device=phone.device, by=world.sam)
    with pytest.raises(Forbidden) as refused:
        open_envelope(phone.envelope())
    assert refused.value.code == "blocked"


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b"\xff", b'{"device": "1", "record": "", "signature": ""}']
)
def test_another_form_is_refused(body: bytes, db: None) -> None:
    with pytest.raises(Refused):
        open_envelope(body)


def test_a_scan_says_what_it_said(phone: Telephone) -> None:
    said = read_scan(phone.device, phone.paper(reason="expired", light="refuse", outcome="turned"))
    assert (said.reason, said.light, said.outcome, said.number) == (
        "expired",
        "refuse",
        "turned",
        "430202000001",
    )


WRONG: list[dict[str, Any]] = [
    {"id": "1"}, {"at": "today"}, {"at": "2026-11-23T10:00:00"}, {"how": "guessed"}, {"direction": "up"},
    {"number": "12"}, {"serial": "xyz"}, {"outcome": "shot"}, {"edition": -1}, {"plate": "x" * 13},
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_a_scan_of_another_form_is_refused(phone: Telephone, wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        read_scan(phone.device, phone.paper(**wrong))
    assert refused.value.code == "record"


def test_a_scan_that_was_changed_is_refused(phone: Telephone) -> None:
    paper = phone.paper(outcome="turned")
    changed = msgspec.structs.replace(paper, record=paper.record.replace("turned", "let"))
    for one in (changed, msgspec.structs.replace(paper, signature="?")):
        with pytest.raises(Refused) as refused:
            read_scan(phone.device, one)
        assert refused.value.code == "signature"


def test_a_signed_envelope_is_no_scan(phone: Telephone) -> None:
    record = json.loads(phone.envelope())["record"]
    with pytest.raises(Refused):
        read_scan(phone.device, msgspec.convert(phone.sign(SYNC, record), type(phone.paper())))
