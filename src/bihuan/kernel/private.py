"""Personal data: sealed at rest, found by a keyed hash, shown masked.

Sealed form: one byte of version, a 12-byte nonce, then AES-256-GCM (NIST SP 800-38D) of the UTF-8 text.
"""

import hashlib
import hmac
import os
import re
from functools import cache

import phonenumbers
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Refused
from bihuan.kernel.keys import secret

HOME_REGION = "CN"
_VERSION = b"\x01"
_is_chinese_mobile = re.compile(r"1(?:[3-689][0-9]|7[0-8])[0-9]{8}").fullmatch  # 179 is a carrier's prefix
_NONCE_BYTES = 12


@cache
def _cipher() -> AESGCM:
    return AESGCM(secret("private"))


@cache
def _hash_key() -> bytes:
    return secret("lookup")


def seal(text: str) -> bytes:
    """Encrypt a text. Two seals of the same text differ."""
    nonce = os.urandom(_NONCE_BYTES)
    return _VERSION + nonce + _cipher().encrypt(nonce, text.encode(), _VERSION)


def unseal(sealed: bytes | memoryview | None) -> str:
    """Decrypt what ``seal`` made; nothing gives ``""``.

    Raises
    ------
    Refused
        when it was altered or sealed with another key.
    """
    if not sealed:
        return ""
    raw = bytes(sealed)
    start = 1 + _NONCE_BYTES
    try:
        return _cipher().decrypt(raw[1:start], raw[start:], raw[:1]).decode()
    except (InvalidTag, ValueError) as error:
        raise Refused(_("This entry can't be opened with the present key."), code="key") from error


def keyed_hash(text: str) -> bytes:
    """Return 16 bytes by which equal texts are found, useless without the key (HMAC-SHA-256, cut)."""
    return hmac.new(_hash_key(), text.encode(), hashlib.sha256).digest()[:16]


def derived(purpose: str) -> bytes:
    """Return 32 bytes that nobody finds without the key, the same each time for one purpose (HMAC-SHA-256)."""
    return hmac.new(secret("private"), b"derived\0" + purpose.encode(), hashlib.sha256).digest()


def normal_phone(typed: str, region: str = HOME_REGION) -> str:
    """Return a telephone number in E.164 form.

    Raises
    ------
    Refused
        when it can't be a telephone number.
    """
    if region == "CN" and _is_chinese_mobile(typed):
        return f"+86{typed}"  # by far the commonest, and twenty times quicker than to parse it
    try:
        number = phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise Refused(_("This is not a telephone number."), code="phone", field="phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def mask_phone(phone: str) -> str:
    """Show only the last four digits: ``•••• 5526``."""
    return f"•••• {phone[-4:]}" if phone else ""


def mask_name(name: str) -> str:
    """Show only the first character: ``王••``."""
    return f"{name[0]}••" if name else ""
