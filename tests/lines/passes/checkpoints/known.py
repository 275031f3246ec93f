"""A telephone as the suite plays it: a key of its own, and papers that it signs."""

import json
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bihuan.kernel import clock
from bihuan.lines.passes.checkpoints import enrolling
from bihuan.lines.passes.checkpoints.envelopes import SCAN, SYNC, Paper
from bihuan.lines.passes.models import Device
from bihuan.lines.passes.seal.algorithms import EDDSA
from bihuan.spine.places.models import District, DistrictLevel, Site, SiteKind
from tests.spine.cases.known import World


def make_site(code: str = "east", lon: float = 113.2, kind: str = SiteKind.CHECKPOINT) -> Site:
    district, _ = District.objects.get_or_create(code="430202", defaults={"level": DistrictLevel.COUNTY})
    return Site.objects.create(
        code=code, kind=kind, district=district, lon=lon, lat=27.8, name_zh=code, name_en=code
    )


@dataclass
class Telephone:
    """A device that is enrolled, and its private half."""

    device: Device
    key: Ed25519PrivateKey

    def sign(self, context: bytes, record: str) -> dict[str, str]:
        signature = self.key.sign(context + record.encode())
        return {"record": record, "signature": b64encode(signature).decode()}

    def paper(self, **said: Any) -> Paper:
        plain = {
            "id": str(uuid4()), "at": clock.now(), "how": "code", "direction": "in", "light": "pass",
            "reason": "valid", "outcome": "let", "number": "430202000001", "edition": 1, "serial": "00" * 8,
            "plate": "湘B12345",
        } | said  # fmt: skip
        return Paper(**self.sign(SCAN, json.dumps(plain, default=_instant)))

    def envelope(self, **asked: Any) -> bytes:
        papers = [{"record": one.record, "signature": one.signature} for one in asked.pop("papers", [])]
        record = json.dumps({"halts": 0, "listed": None, "waiting": 0, "scans": papers} | asked)
        return json.dumps({"device": self.device.pk, **self.sign(SYNC, record)}).encode()


def _instant(value: datetime) -> str:
    return value.isoformat()


def make_telephone(world: World, site: Site | None = None) -> Telephone:
    key = Ed25519PrivateKey.generate()
    _, token = enrolling.invite(site=site or make_site(), name="telephone", by=world.sam)
    device = enrolling.enrol(token=token, alg=EDDSA, public=key.public_key().public_bytes_raw())
    return Telephone(device, key)
