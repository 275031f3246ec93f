"""Signatures hold for one key and one message."""

import pytest

from bihuan.spine.audit.signing import Keyring, key_id, own_keyring, public_key, sign

pytestmark = pytest.mark.once


def test_a_signature_holds_for_its_message_only():
    name = key_id(public_key())
    assert own_keyring().holds(name, b"sealed", sign(b"sealed"))
    assert not own_keyring().holds(name, b"other", sign(b"sealed"))


@pytest.mark.parametrize("signature", [b"", bytes(64), b"\xff" * 64])
def test_what_is_no_signature_does_not_hold(signature):
    assert not own_keyring().holds(key_id(public_key()), b"sealed", signature)


def test_a_keyring_knows_what_it_was_given():
    ring = Keyring([public_key()])
    assert ring.knows(key_id(public_key()))
    assert not ring.knows("0" * 16)
