"""Signature and encryption of WeChat's and WeCom's messages.

SHA-1 over sorted parts; AES-256-CBC with PKCS#7 to 32 bytes.
"""

import base64
import binascii
import hashlib
import hmac
import os
import struct

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from bihuan.kernel import xml
from bihuan.kernel.xml import Value

BLOCK = 32
NOISE = 16


class Forged(ValueError):
    """The message is not from WeChat, or not for this account."""


def signature(*parts: str) -> str:
    """Return the signature over token, timestamp, nonce and, where it is encrypted, the message."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324  # WeChat's choice


def check(given: str, *parts: str) -> None:
    """Refuse a wrong signature."""
    if not hmac.compare_digest(signature(*parts).encode(), given.encode()):
        raise Forged("the signature is wrong")


def _cipher(key: str) -> Cipher[CBC]:
    raw = base64.b64decode(key + "=")
    return Cipher(AES(raw), CBC(raw[:16]))


def unseal(key: str, account: str, sealed: str) -> bytes:
    """Return the message; refuses what was altered or is for another account."""
    try:
        decryptor = _cipher(key).decryptor()
        padded = decryptor.update(base64.b64decode(sealed)) + decryptor.finalize()
        plain = padded[: -padded[-1]] if 1 <= padded[-1] <= BLOCK else b""
        length = struct.unpack(">I", plain[NOISE : NOISE + 4])[0]
    except (binascii.Error, ValueError, IndexError, struct.error):
        raise Forged("it can't be read") from None
    message, whose = plain[NOISE + 4 : NOISE + 4 + length], plain[NOISE + 4 + length :]
    if not hmac.compare_digest(whose, account.encode()):
        raise Forged("it is for another account")
    return message


def seal(key: str, account: str, message: bytes, noise: bytes = b"") -> str:
    """Encrypt a message for WeChat; ``noise`` are 16 bytes, random when left out."""
    plain = (noise or os.urandom(NOISE)) + struct.pack(">I", len(message)) + message + account.encode()
    pad = BLOCK - len(plain) % BLOCK
    encryptor = _cipher(key).encryptor()
    return base64.b64encode(encryptor.update(plain + bytes([pad]) * pad) + encryptor.finalize()).decode()


def envelope(token: str, key: str, account: str, message: bytes, at: int) -> bytes:
    """Return an answer, encrypted and signed, as WeChat and WeCom take it; ``at`` in seconds of Unix."""
    now, text = str(at), seal(key, account, message)
    content: dict[str, Value] = {
        "Encrypt": text, "MsgSignature": signature(token, now, now, text), "TimeStamp": now, "Nonce": now,
    }  # fmt: skip
    return xml.write("xml", content).removeprefix(xml.DECLARATION.encode())
