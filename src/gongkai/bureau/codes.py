"""查询码: what somebody looks their application or message up by, with its number. Kept as a salted hash only.

Twelve signs of thirty-one, none of which looks like another: 59 bits, more than anybody can try through a rate limit.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import unicodedata

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH, _GROUP = 12, 4
_SCRYPT = {"n": 4096, "r": 8, "p": 1, "dklen": 32}


def new_code() -> str:
    """A code by chance, as it is printed: ``XXXX-XXXX-XXXX``."""
    return written(secrets.randbits(256))


def written(number: int) -> str:
    """The code that a number stands for."""
    signs = []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(SIGNS))
        signs.append(SIGNS[rest])
    plain = "".join(signs)
    return "-".join(plain[start : start + _GROUP] for start in range(0, LENGTH, _GROUP))


def plain_code(typed: str) -> str:
    """A code as somebody types it: width, letter case, spaces and strokes do not matter."""
    folded = unicodedata.normalize("NFKC", typed).upper()
    return "".join(sign for sign in folded if sign in SIGNS)


def hashed(code: str) -> str:
    """What is stored of a code."""
    salt = os.urandom(16)
    return f"{salt.hex()}${_digest(code, salt).hex()}"


def matches(code: str, stored: str) -> bool:
    """Whether a typed code is the stored one. Takes as long when nothing is stored, and wherever they differ."""
    salt, _, wanted = stored.partition("$")
    found = _digest(code, bytes.fromhex(salt or "00" * 16))
    return hmac.compare_digest(found, bytes.fromhex(wanted or "00" * 32)) and bool(stored)


def _digest(code: str, salt: bytes) -> bytes:
    return hashlib.scrypt(plain_code(code).encode(), salt=salt, **_SCRYPT)
