"""`bihuan verify` proves the log, for us and for an outsider, and prints proofs that need no trust in us."""

import hashlib
import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from bihuan.spine.audit import merkle, signing
from bihuan.spine.audit.actions import SYSTEM, record
from bihuan.spine.audit.canonical import seal_hash
from bihuan.spine.audit.models import Event, Seal
from tests.spine.audit.log import spoilt, write_log

pytestmark = pytest.mark.django_db


def verify(*arguments: str) -> str:
    out = StringIO()
    call_command("verify", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_a_whole_log_holds_and_its_newest_seal_is_printed_to_be_noted():
    write_log()
    said = verify()
    assert "12 Events in 3 Seals" in said
    assert f"3:{seal_hash(Seal.objects.get(pk=3)).hex()}" in said


def test_an_empty_log_holds():
    assert "0 Events in 0 Seals" in verify()


def test_a_changed_event_ends_in_an_error_that_names_it():
    write_log()
    event = Event.objects.order_by("id")[5]
    change = f"UPDATE audit_event SET verb = 'accepu' WHERE id = {event.pk}"
    with spoilt(change), pytest.raises(CommandError, match=f"event {event.pk}:"):
        verify()


def test_an_outsider_needs_only_the_public_key(tmp_path):
    write_log()
    public = signing.public_key().hex()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signing, "secret", lambda name: pytest.fail("an outsider has no secret"))
        assert "holds" in verify("--public-key", public)


def test_an_outsider_with_another_key_is_told():
    write_log()
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()
    with pytest.raises(CommandError, match="not known"):
        verify("--public-key", other)


@pytest.mark.parametrize("typed", ["", "xyz", "ab" * 31])
def test_a_mistyped_key_is_told_so(typed):
    with pytest.raises(CommandError, match="64 hexadecimal digits"):
        verify("--public-key", typed)


def test_a_seal_that_was_noted_must_still_be_there():
    write_log()
    noted = f"2:{seal_hash(Seal.objects.get(pk=2)).hex()}"
    assert "holds" in verify("--since", noted)
    with pytest.raises(CommandError, match="seal 2: is not the one that was noted"):
        verify("--since", noted[:-1] + ("0" if noted[-1] != "0" else "1"))


def test_a_note_that_is_none_is_told_so():
    with pytest.raises(CommandError, match="NUMBER:HASH"):
        verify("--since", "yesterday")


@pytest.mark.parametrize("place", [0, 5, 11])
def test_a_proof_can_be_checked_with_nothing_but_a_hash_function_and_the_public_key(place):
    write_log()
    event = Event.objects.order_by("id")[place]
    proof = json.loads(verify("--proof", str(event.pk)))
    leaf = hashlib.sha256(b"\0" + proof["event"].encode()).digest()
    path = [bytes.fromhex(node) for node in proof["path"]]
    root = merkle.root_by_path(leaf, proof["index"], proof["leaf_count"], path)
    assert root is not None
    assert root.hex() == json.loads(proof["seal"])["root"]
    assert json.loads(proof["event"])["id"] == event.pk
    key, signature = (
        Ed25519PublicKey.from_public_bytes(signing.public_key()),
        bytes.fromhex(proof["signature"]),
    )
    key.verify(signature, proof["seal"].encode())
    with pytest.raises(InvalidSignature):
        key.verify(signature, proof["seal"].encode() + b" ")


def test_there_is_no_proof_of_what_is_not_sealed():
    event = record(by=SYSTEM, verb="opened", subject=("case", 1))
    with pytest.raises(CommandError, match="not in the sealed log"):
        verify("--proof", str(event.pk))


@pytest.mark.sqlite_only
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("written", [b'{"n": 5', b"staffaccept", b"acceptcase"])
def test_one_byte_changed_in_the_file_is_found(tmp_path, written):
    write_log()
    copy = tmp_path / "copy.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    assert run_verify(copy).returncode == 0
    turn_a_byte(copy, written)
    done = run_verify(copy)
    assert done.returncode == 1
    assert "does not hold" in done.stderr or "can't be read" in done.stderr


def turn_a_byte(file: Path, written: bytes) -> None:
    raw = bytearray(file.read_bytes())
    at = raw.index(written, 0)
    raw[at + len(written) - 1] ^= 1
    file.write_bytes(raw)


def run_verify(file: Path) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {
        "BIHUAN_DATABASE_URL": f"sqlite:///{file}",
        "BIHUAN_KEYS": str(settings.BIHUAN_KEYS),
    }
    command = [sys.executable, "-m", "bihuan.config.cli", "verify"]
    return subprocess.run(command, env=environment, capture_output=True, text=True)
