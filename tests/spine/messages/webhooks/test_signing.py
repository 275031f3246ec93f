"""Signatures against the vector that the libraries of Standard Webhooks publish."""

import base64

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bihuan.spine.messages.webhooks import signing
from bihuan.spine.messages.webhooks.signing import PREFIX, headers_of, is_signed, new_secret, public_key, sign

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID, AT, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'


def test_the_published_vector_comes_out() -> None:
    assert sign(SECRET, ID, AT, BODY) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_any_secret_in_force_may_prove_it() -> None:
    old, new = new_secret(), new_secret()
    headers = headers_of([new, old], ID, AT, BODY)
    assert is_signed(old, headers, BODY) and is_signed(new, headers, BODY)
    kinds = [one.partition(",")[0] for one in headers["webhook-signature"].split()]
    assert kinds == ["v1", "v1a", "v1", "v1a"]


def test_another_body_id_time_or_secret_proves_nothing() -> None:
    headers = headers_of([SECRET], ID, AT, BODY)
    changed = [
        headers | {"webhook-id": "msg_x"},
        headers | {"webhook-timestamp": "1"},
        {},
        headers | {"webhook-timestamp": "x"},
    ]
    assert not is_signed(SECRET, headers, BODY + b" ")
    assert not any(is_signed(SECRET, one, BODY) for one in changed)
    assert not is_signed(new_secret(), headers, BODY)


def test_a_secret_is_as_long_as_the_specification_wants() -> None:
    secret = new_secret()
    assert secret.startswith(PREFIX) and 24 <= len(base64.b64decode(secret.removeprefix(PREFIX))) <= 64
    assert secret != new_secret()


def proves(key: str, signature: str, body: bytes) -> bool:
    """Prove a v1a as the specification tells the far end to: from the public key and the headers alone."""
    assert key.startswith("whpk_") and signature.startswith("v1a,")
    raw = base64.b64decode(key.removeprefix("whpk_"), validate=True)
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(
            base64.b64decode(signature[4:], validate=True), f"{ID}.{AT}.".encode() + body
        )
    except InvalidSignature:
        return False
    return True


def test_the_public_key_alone_proves_a_message() -> None:
    old, new = new_secret(), new_secret()
    _, first, _, second = headers_of([new, old], ID, AT, BODY)["webhook-signature"].split()
    assert proves(public_key(new), first, BODY) and proves(public_key(old), second, BODY)
    assert not proves(public_key(old), first, BODY) and not proves(public_key(new), first, BODY + b" ")


def test_whoever_has_the_secret_cannot_make_the_pair() -> None:
    raw = base64.b64decode(SECRET.removeprefix(PREFIX)).ljust(32, b"\0")
    own = Ed25519PrivateKey.from_private_bytes(raw).public_key().public_bytes_raw()
    assert public_key(SECRET) != "whpk_" + base64.b64encode(own).decode()


def test_a_pair_signs_as_rfc_8032_says(monkeypatch: pytest.MonkeyPatch) -> None:
    # RFC 8032, 7.1, test 1: the empty message.
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signed = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    monkeypatch.setattr(signing, "derived", lambda purpose: seed)
    monkeypatch.setattr(signing, "_signed", lambda *_: b"")
    assert public_key(SECRET) == "whpk_" + base64.b64encode(public).decode()
    assert signing.sign_with_pair(SECRET, ID, AT, b"") == "v1a," + base64.b64encode(signed).decode()
