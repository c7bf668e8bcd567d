"""The form that somebody fills in, by a token of its own: sent twice, it is one application.

Nothing is kept when a form is handed out; the token carries the moment, signed. Only its digest is stored.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hashlib import sha256
from time import time

from django.core import signing
from django.utils.crypto import salted_hmac

from .codes import written

_SALT = "gongkai.applications.form"
LONGEST = 7 * 24 * 3600  # seconds for which a form can be sent
_LENGTH = 200


@dataclass(frozen=True, slots=True)
class FormToken:
    """``written`` goes into the form. ``digest`` is what is stored of it; ``age`` in seconds."""

    secret: str
    written: str
    age: float

    @property
    def digest(self) -> str:
        return sha256(f"form {self.secret}".encode()).hexdigest()

    @property
    def query_code(self) -> str:
        """The query code of the application that this form becomes: the same however often it is sent, so that
        whoever did not see the answer sends it again. Needs the token, of which the server keeps the digest only."""
        number = int.from_bytes(salted_hmac("query code", self.secret, algorithm="sha256").digest())
        return written(number)

    @property
    def measure_key(self) -> str:
        """What the use of suggestions is counted under: leads neither to the form nor to its application."""
        return salted_hmac("suggestion use", self.secret, algorithm="sha256").hexdigest()


def new_token() -> FormToken:
    """A token for a form that is handed out now."""
    secret = secrets.token_urlsafe(24)
    return FormToken(secret, signing.TimestampSigner(salt=_SALT).sign(secret), 0.0)


def read_token(text: str) -> FormToken | None:
    """The token of a form that came back; ``None`` when it is none of ours or too old."""
    if len(text) > _LENGTH:
        return None
    signer = signing.TimestampSigner(salt=_SALT)
    try:
        secret = signer.unsign(text, max_age=LONGEST)
    except signing.BadSignature:
        return None
    made = signing.b62_decode(text.rsplit(":", 2)[1])
    return FormToken(secret, text, max(0.0, time() - made))
