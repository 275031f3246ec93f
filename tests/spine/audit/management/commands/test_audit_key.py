"""`bihuan audit_key` gives away the public half, and nothing else."""

from io import StringIO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import call_command

from bihuan.kernel.keys import secret


def test_it_prints_the_public_half_of_the_secret():
    out = StringIO()
    call_command("audit_key", stdout=out)
    private = Ed25519PrivateKey.from_private_bytes(secret("audit-sign"))
    assert out.getvalue().strip() == private.public_key().public_bytes_raw().hex()
    assert secret("audit-sign").hex() not in out.getvalue()
