"""What was reviewed: the digest of everything that a letter says, but for what only its signature adds.

It is taken over the template, the outcome and every value that is filled in, except number, date and remedies
(:data:`.context.OF_THE_DAY`). The same letter has the same digest before and after it is signed; a changed blank,
template, name, request or day of receipt gives another one, and then nobody can sign what was reviewed.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from gongkai.ledger.chain import canonical

from .context import OF_THE_DAY


def digest_of(
    application: int, code: str, outcome: str, template: str, context: Mapping[str, Any], fields: Mapping[str, Any]
) -> str:
    """SHA-256, in hexadecimal. ``template`` is the digest of the template; ``fields`` also what is not printed, and
    a salt, so that the digest in the ledger tells nothing of a name to whoever guesses at it.
    """
    said = {name: value for name, value in context.items() if name not in OF_THE_DAY}
    told = {
        "application": application,
        "code": code,
        "outcome": outcome,
        "template": template,
        "says": said,
        "fields": dict(fields),
    }
    return sha256(canonical(told).encode()).hexdigest()
