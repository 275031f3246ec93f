"""Devices of guards: a supervisor invites one by a code, it answers with a key of its own, and it can be blocked."""

import hashlib
import secrets
from base64 import b32encode
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.lines.passes.models import Device
from bihuan.lines.passes.seal.algorithms import EDDSA, ES256, PublicKey
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.actions import SYSTEM, record
from bihuan.spine.places.models import Site, SiteKind

OPEN_FOR = timedelta(minutes=15)
TOKEN_BYTES = 15
LONGEST_KEY = 200


@transaction.atomic
def invite(*, site: Site, name: str, by: User) -> tuple[Device, str]:
    """Invite a telephone to a checkpoint; return it with the word that enrols it once, within a quarter of an hour."""
    _check(by)
    if site.kind != SiteKind.CHECKPOINT:
        raise Refused(_("This place is no checkpoint."), code="site", field="site")
    if not name.strip():
        raise Refused(_("Give the telephone a name."), code="name", field="name")
    token, now = b32encode(secrets.token_bytes(TOKEN_BYTES)).decode(), clock.now()
    device = Device.objects.create(
        name=name.strip()[:60], site=site, token_hash=_hash(token), token_until=now + OPEN_FOR, invited_at=now,
        invited_by=by,
    )  # fmt: skip
    record(by=by, verb="device_invite", subject=device, detail={"site": site.pk})
    return device, token


@transaction.atomic
def enrol(*, token: str, alg: int, public: bytes) -> Device:
    """Give an invited device its public key; the word works once."""
    if alg not in (EDDSA, ES256) or not 32 <= len(public) <= LONGEST_KEY or not _is_key(alg, public):
        raise Refused(_("This is no key."), code="key", field="public")
    now = clock.now()
    found = Device.objects.filter(token_hash=_hash(token), token_until__gt=now, blocked_at=None)
    device = found.first()
    fields = {"alg": alg, "public": public, "enrolled_at": now, "seen_at": now, "token_hash": None}
    if device is None or not found.update(**fields):
        raise Conflict(_("This code was used already, or is too old. Ask for a new one."), code="token")
    record(by=SYSTEM, verb="device_enrol", subject=device, detail={"site": device.site_id})
    return Device.objects.select_related("site").get(pk=device.pk)


def _is_key(alg: int, public: bytes) -> bool:
    # A key that can't be read would fail at every scan, not here.
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        if alg == EDDSA:
            return bool(ed25519.Ed25519PublicKey.from_public_bytes(public))
        return isinstance(load_der_public_key(public), ec.EllipticCurvePublicKey)
    except ValueError:
        return False


@transaction.atomic
def block(*, device: Device, by: User) -> Device:
    """Block a device that is lost or misused: it is given no lists and brings nothing in any more."""
    _check(by)
    fields = {"blocked_at": clock.now(), "blocked_by": by, "token_hash": None}
    if not Device.objects.filter(pk=device.pk, blocked_at=None).update(**fields):
        raise Conflict(_("This device is blocked already."))
    record(by=by, verb="device_block", subject=device, detail={"site": device.site_id})
    return Device.objects.get(pk=device.pk)


def key_of(device: Device) -> PublicKey:
    """Return the public key of an enrolled device."""
    assert device.alg is not None and device.public is not None
    return PublicKey(device.alg, bytes(device.public))


def _check(by: User) -> None:
    if not by.may(Permission.PASS_RULES):
        raise Forbidden(_("Your role does not include checkpoints."))


def _hash(token: str) -> bytes:
    plain = "".join(token.split()).replace("-", "").upper()
    return hashlib.sha256(plain.encode()).digest()
