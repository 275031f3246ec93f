"""Whatever is changed in the log, in any column of any table, is found, and it is said where."""

from datetime import timedelta

import pytest
from django.db import connection

from bihuan.kernel import clock
from bihuan.spine.accounts.models import User
from bihuan.spine.audit import append_only, signing
from bihuan.spine.audit.actions import SYSTEM, record
from bihuan.spine.audit.canonical import seal_hash
from bihuan.spine.audit.models import Event, Leaf, Seal
from bihuan.spine.audit.sealing import seal_all
from bihuan.spine.audit.verification import Fault, Tally, check_log, check_since
from tests.spine.audit.log import EVENTS, SEALS, faults, spoilt, write_log

pytestmark = pytest.mark.django_db

# One byte, or one digit, of each column of the sixth Event, of its leaf, of the second Seal.
CHANGES = {
    "audit_event": [
        "id = id + 100000", "at = {later}", "actor_kind = 'stafg'", "actor_id = actor_id + 1", "verb = 'accepu'",
        "subject_type = 'casf'", "subject_id = 6", "case_id = 6", "agency_id = 2", "detail = '{{\"n\": 4}}'",
    ],
    "audit_leaf": ["position = position + 100000", "event_id = event_id + 100000", "digest = {digest}"],
    "audit_seal": [
        "id = id + 100000", "first_position = first_position + 1", "leaf_count = leaf_count + 1", "root = {root}",
        "previous = {previous}", "sealed_at = {later_seal}", "key_id = 'g' || substr(key_id, 2)",
        "signature = {signature}",
    ],
}  # fmt: skip


@pytest.fixture(autouse=True)
def log():
    write_log()


def sixth() -> Event:
    return Event.objects.order_by("id")[5]


def flipped(raw: bytes) -> str:
    """Return a literal of the bytes with the lowest bit of the last one turned round."""
    turned = (bytes(raw)[:-1] + bytes([bytes(raw)[-1] ^ 1])).hex()
    return f"'\\x{turned}'" if connection.vendor == "postgresql" else f"x'{turned}'"


def literals(event: Event, seal: Seal) -> dict[str, str]:
    second = timedelta(microseconds=1)
    leaf = Leaf.objects.get(event=event)
    plain = "%Y-%m-%d %H:%M:%S.%f" + ("+00:00" if connection.vendor == "postgresql" else "")
    return {
        "later": f"'{event.at + second:{plain}}'",
        "later_seal": f"'{seal.sealed_at + second:{plain}}'",
        "digest": flipped(leaf.digest),
        "root": flipped(seal.root),
        "previous": flipped(seal.previous),
        "signature": flipped(seal.signature),
    }


def where(table: str, event: Event) -> str:
    return {
        "audit_event": f"id = {event.pk}",
        "audit_leaf": f"event_id = {event.pk}",
        "audit_seal": "id = 2",
    }[table]


def test_a_log_as_it_was_written_holds():
    tally = Tally()
    assert list(check_log(signing.own_keyring(), tally)) == []
    assert (tally.events, tally.seals) == (SEALS * EVENTS, SEALS)


@pytest.mark.parametrize(
    ("table", "change"), [(t, change) for t, changes in CHANGES.items() for change in changes]
)
def test_one_changed_value_is_found(table, change):
    event = sixth()
    change = change.format(**literals(event, Seal.objects.get(pk=2)))
    with spoilt(f"UPDATE {table} SET {change} WHERE {where(table, event)}"):
        found = faults()
    named = {"audit_event": f"event {event.pk}:", "audit_leaf": "", "audit_seal": "seal 2:"}[table]
    assert any(fault.startswith(named) for fault in found), found


def test_every_column_of_the_three_tables_is_tried():
    tried = {(table, change.split(" = ")[0]) for table, changes in CHANGES.items() for change in changes}
    there = {(m._meta.db_table, f.column) for m in (Event, Leaf, Seal) for f in m._meta.concrete_fields}
    assert tried == there


@pytest.mark.parametrize("table", ["audit_event", "audit_leaf", "audit_seal"])
def test_a_removed_row_is_found(table):
    with spoilt(f"DELETE FROM {table} WHERE {where(table, sixth())}"):
        assert faults()


def test_an_event_and_its_leaf_removed_together_are_found():
    event = sixth()
    leaf, row = f"FROM audit_leaf WHERE event_id = {event.pk}", f"FROM audit_event WHERE id = {event.pk}"
    with spoilt(f"DELETE {leaf}", f"DELETE {row}"):
        assert any(fault.startswith("position 6:") for fault in faults())


def test_an_event_rewritten_with_its_digest_is_found_by_the_root():
    event = sixth()
    with spoilt(
        f"UPDATE audit_event SET verb = 'reveal' WHERE id = {event.pk}",
        f"UPDATE audit_leaf SET digest = {_digest_after(event)} WHERE event_id = {event.pk}",
    ):
        assert faults() == ["seal 2: its root does not stand for its leaves: one of them was changed"]


def _digest_after(event: Event) -> str:
    from bihuan.spine.audit.canonical import EVENT_FIELDS, event_bytes
    from bihuan.spine.audit.merkle import leaf_hash

    event.verb = "reveal"
    raw = leaf_hash(event_bytes([getattr(event, name) for name in EVENT_FIELDS])).hex()
    return f"'\\x{raw}'" if connection.vendor == "postgresql" else f"x'{raw}'"


def test_leaves_that_changed_places_are_found():
    with spoilt(
        "UPDATE audit_leaf SET position = 1002 WHERE position = 2",
        "UPDATE audit_leaf SET position = 2 WHERE position = 3",
        "UPDATE audit_leaf SET position = 3 WHERE position = 1002",
    ):
        assert any(fault.startswith("seal 1:") for fault in faults())


@pytest.mark.sqlite_only
@pytest.mark.parametrize("change", ["at = 'no time'", "detail = '{'", "detail = '[1'", "case_id = 'seven'"])
def test_what_can_not_be_read_is_named_and_the_rest_is_still_proved(change):
    event = sixth()
    with spoilt(f"UPDATE audit_event SET {change} WHERE id = {event.pk}"):
        found = faults()
    assert len(found) == 1
    assert found[0].startswith(f"event {event.pk}:")


@pytest.mark.sqlite_only
def test_a_seal_that_can_not_be_read_is_named():
    with spoilt("UPDATE audit_seal SET sealed_at = 'no time' WHERE id = 2"):
        assert "seal 2: can't be read" in faults()


def test_an_event_left_unsealed_for_a_minute_is_found_and_can_still_be_taken_in():
    with clock.running(lambda: clock._real() - timedelta(seconds=61)):
        left = record(by=SYSTEM, verb="opened", subject=("case", 1))
    record(by=SYSTEM, verb="opened", subject=("case", 2))
    assert faults() == [f"event {left.pk}: is not sealed; `bihuan seal` takes in what was left behind"]
    seal_all()
    assert faults() == []


def test_a_leaf_that_no_seal_covers_is_found():
    event = record(by=SYSTEM, verb="opened", subject=("case", 1))
    Leaf.objects.create(position=13, event=event, digest=bytes(32))
    assert faults() == [f"event {event.pk}: stands at position 13, which no seal covers"]


def test_a_taken_away_guard_is_found():
    with spoilt():
        append_only.remove(connection)
        found = faults()
    assert found
    assert all(fault.startswith("log: the trigger ") for fault in found)


def test_a_seal_by_somebody_elses_key_is_found():
    stranger = signing.Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    found = list(check_log(signing.Keyring([stranger]), Tally()))
    assert [fault.number for fault in found] == [1, 2, 3]
    assert all("not known" in fault.what for fault in found)


def test_a_log_cut_short_is_found_by_whoever_noted_a_seal():
    noted = seal_hash(Seal.objects.get(pk=3)).hex()
    assert list(check_since(3, noted)) == []
    with spoilt(
        "DELETE FROM audit_leaf WHERE position > 8",
        "DELETE FROM audit_seal WHERE id = 3",
        "DELETE FROM audit_event WHERE id NOT IN (SELECT event_id FROM audit_leaf)",
    ):
        assert faults() == []
        assert list(check_since(3, noted)) == [Fault("seal", 3, "is not the one that was noted")]


def test_a_new_key_goes_on_where_the_old_one_ended(tmp_path, settings, monkeypatch):
    settings.BIHUAN_KEYS, old = tmp_path, signing.public_key()
    monkeypatch.setattr(signing, "secret", lambda name: b"\x07" * 32)
    record(by=SYSTEM, verb="opened", subject=("case", 1))
    seal_all()
    assert any("key that is not known" in fault for fault in faults())
    (tmp_path / "audit-sign.2025.pub").write_text(old.hex())
    assert faults() == []


def test_an_account_that_is_renamed_changes_nothing_in_the_log():
    User.objects.update(username="benjamin")
    assert faults() == []
