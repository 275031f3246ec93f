"""Published vectors: COSE's own examples, and the test data of the European certificates, for the steps that apply."""

import json
import zlib
from base64 import b64decode, urlsafe_b64decode
from datetime import datetime
from pathlib import Path
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import load_der_x509_certificate

from bihuan.lines.passes.seal import base45, claims, cose
from bihuan.lines.passes.seal.algorithms import EDDSA, ES256, PS256, PublicKey
from bihuan.lines.passes.seal.reasons import Reason, Unreadable

pytestmark = pytest.mark.once
SPKI = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def load(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text())


# --- COSE's examples -----------------------------------------------------------------------------------------

OURS = {"EdDSA": EDDSA, "ES256": ES256}


def key_of(given: dict[str, Any]) -> PublicKey:
    x, y = (bytes.fromhex(given[f"{c}_hex"]) if f"{c}_hex" in given else _b64(given.get(c, "")) for c in "xy")
    if given["kty"] == "OKP":
        return PublicKey(EDDSA, x)
    numbers = ec.EllipticCurvePublicNumbers(
        int.from_bytes(x, "big"), int.from_bytes(y, "big"), ec.SECP256R1()
    )
    return PublicKey(ES256, numbers.public_key().public_bytes(*SPKI))


def _b64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def holds(vector: dict[str, Any]) -> bool:
    said = vector["input"]["sign0"]
    data = bytes.fromhex(vector["output"]["cbor"])
    try:
        message = cose.read(data if data[0] == 0x84 else cose.untag(data), cbor2.loads)
    except Unreadable:
        return False
    return message.is_by(key_of(said["key"]), bytes.fromhex(said.get("external", "")))


def applies(vector: dict[str, Any]) -> bool:
    said = vector["input"].get("sign0", {})
    return said.get("alg") in OURS and said["key"]["crv"] in {"P-256", "Ed25519"}


def test_coses_examples_are_answered_as_they_say(shared: Path) -> None:
    vectors = {path.stem: load(path) for path in sorted((shared / "data/cose-examples").glob("*/*.json"))}
    applying = {name: vector for name, vector in vectors.items() if applies(vector)}
    assert {name: holds(vector) for name, vector in applying.items()} == {
        name: not vector.get("fail") for name, vector in applying.items()
    }
    assert {"sign-fail-01", "sign-pass-03", "eddsa-sig-01", "ecdsa-sig-01", "A_3"} <= set(applying)
    assert len(applying) == 12


def test_what_coses_examples_sign_is_built_as_they_say(shared: Path) -> None:
    vector = load(shared / "data/cose-examples/eddsa-examples/eddsa-sig-01.json")
    message = cose.read(cose.untag(bytes.fromhex(vector["output"]["cbor"])))
    built = cose.to_be_signed(message.protected, message.payload)
    assert built.hex().upper() == vector["intermediates"]["ToBeSign_hex"]


# --- The 38 common cases -------------------------------------------------------------------------------------


def dgc_key(certificate: str) -> tuple[bytes, PublicKey]:
    der = b64decode(certificate)
    public = load_der_x509_certificate(der).public_key()
    alg = ES256 if isinstance(public, ec.EllipticCurvePublicKey) else PS256
    import hashlib

    return hashlib.sha256(der).digest()[:8], PublicKey(alg, public.public_bytes(*SPKI))


def is_unprefixed(case: dict[str, Any]) -> bool:
    return case["PREFIX"].startswith("HC1:") and case["PREFIX"][4:] == case["BASE45"]


def is_decoded(case: dict[str, Any]) -> bool:
    try:
        return base45.decode(case["BASE45"]).hex() == case["COMPRESSED"].lower()
    except Unreadable:
        return False


def is_inflated(case: dict[str, Any]) -> bool:
    try:
        return zlib.decompress(bytes.fromhex(case["COMPRESSED"])).hex() == case["COSE"].lower()
    except zlib.error:
        return False


def is_verified(case: dict[str, Any]) -> bool:
    kid, key = dgc_key(case["TESTCTX"]["CERTIFICATE"])
    try:
        message = _message(case)
    except (Unreadable, cbor2.CBORDecodeError):
        return False
    found = {kid: key}.get(message.kid)
    return found is not None and message.is_by(found)


def _message(case: dict[str, Any]) -> cose.Sign1:
    return cose.read(cose.untag(bytes.fromhex(case["COSE"])), cbor2.loads)


def is_in_time(case: dict[str, Any]) -> bool:
    clock = datetime.fromisoformat(case["TESTCTX"]["VALIDATIONCLOCK"])
    return claims.standing(cbor2.loads(_message(case).payload), clock) is Reason.VALID


def is_read(case: dict[str, Any]) -> bool:
    try:
        return cbor2.loads(_message(case).payload)[-260][1] == cbor2.loads(bytes.fromhex(case["CBOR"]))
    except (KeyError, Unreadable, cbor2.CBORDecodeError):
        return False


STEPS = {
    "EXPECTEDUNPREFIX": is_unprefixed,
    "EXPECTEDB45DECODE": is_decoded,
    "EXPECTEDCOMPRESSION": is_inflated,
    "EXPECTEDVERIFY": is_verified,
    "EXPECTEDEXPIRATIONCHECK": is_in_time,
    "EXPECTEDDECODE": is_read,
}
# What a pass for a lorry has no part in: the key's use, the content's schema, its JSON; the picture is the camera's.
NOT_OURS = {"EXPECTEDKEYUSAGE", "EXPECTEDSCHEMAVALIDATION", "EXPECTEDVALIDJSON", "EXPECTEDPICTUREDECODE"}


def test_the_common_cases_agree_in_every_step_that_applies(shared: Path) -> None:
    cases = {path.stem: load(path) for path in sorted((shared / "data/dgc-testdata/common").glob("*.json"))}
    asked = [
        (name, step, wanted)
        for name, case in cases.items()
        for step, wanted in case["EXPECTEDRESULTS"].items()
    ]
    assert {step for _, step, _ in asked} <= STEPS.keys() | NOT_OURS
    wrong = [
        (name, step) for name, step, wanted in asked if step in STEPS and STEPS[step](cases[name]) != wanted
    ]
    assert (len(cases), wrong) == (38, [])


def test_a_wrong_key_id_is_refused_though_the_signature_fits(shared: Path) -> None:
    case = load(shared / "data/dgc-testdata/common/CO22.json")
    _, key = dgc_key(case["TESTCTX"]["CERTIFICATE"])
    assert _message(case).is_by(key) and not is_verified(case)


def test_the_tag_of_a_token_around_the_other_is_taken(shared: Path) -> None:
    case = load(shared / "data/dgc-testdata/common/CO28.json")
    assert case["COSE"].lower().startswith("d83dd2") and is_verified(case)
