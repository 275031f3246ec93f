"""Three ways to sign, each refused as any other."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bihuan.lines.passes.seal.algorithms import EDDSA, ES256, PS256, PublicKey, key_id
from tests.lines.passes.seal.known import CITY, public

pytestmark = pytest.mark.once


def der(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def test_ed25519() -> None:
    assert public(CITY).fits(b"said", CITY.sign(b"said"))
    assert not public(CITY).fits(b"other", CITY.sign(b"said"))


def test_a_signature_moved_by_the_order_of_the_curve_is_no_second_one() -> None:
    order = 2**252 + 27742317777372353535851937790883648493
    good = CITY.sign(b"said")
    moved = good[:32] + (int.from_bytes(good[32:], "little") + order).to_bytes(32, "little")
    assert not public(CITY).fits(b"said", moved)


def test_es256_is_two_halves() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    signature = key.sign(b"said", ec.ECDSA(SHA256()))
    halves = b"".join(half.to_bytes(32, "big") for half in decode_dss_signature(signature))
    assert PublicKey(ES256, der(key)).fits(b"said", halves)
    assert not PublicKey(ES256, der(key)).fits(b"said", signature)
    assert not PublicKey(ES256, der(key)).fits(b"said", bytes(64))


def test_ps256() -> None:
    key = rsa.generate_private_key(65537, 2048)
    signature = key.sign(b"said", padding.PSS(padding.MGF1(SHA256()), 32), SHA256())
    assert PublicKey(PS256, der(key)).fits(b"said", signature)
    assert not PublicKey(ES256, der(key)).fits(b"said", signature)
    assert not PublicKey(PS256, der(ec.generate_private_key(ec.SECP256R1()))).fits(b"said", signature)


def test_a_signature_of_another_length_is_none() -> None:
    assert not PublicKey(EDDSA, public(CITY).public).fits(b"said", b"short")


def test_a_key_is_named_by_eight_bytes_of_its_hash() -> None:
    assert key_id(b"") == bytes.fromhex("e3b0c44298fc1c14")
    assert public(CITY).kid == key_id(public(CITY).public)
