"""How an entry is encoded and digested. Pure: what is written here must hold for as long as the ledger is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

# What the first entry of a chain names as its predecessor.
GENESIS = "0" * 64

_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(payload: Mapping[str, Any]) -> str:
    """JSON with sorted keys and no spaces, so that equal payloads are equal text."""
    return _encoder.encode(payload)


def moment(value: datetime) -> str:
    """A moment in UTC with microseconds; equal moments in any time zone are equal text."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def digest(
    agency: int,
    position: int,
    stream: str,
    stream_id: int,
    kind: str,
    occurred_on: date | str,
    recorded_at: str,
    actor: int | None,
    payload: str,
    previous: str,
) -> str:
    """SHA-256 of an entry in hexadecimal.

    The fields are joined by line feeds; none of them can contain one (canonical JSON escapes it), so no two
    different entries are the same text. ``recorded_at`` is given as :func:`moment` writes it.
    """
    text = (
        f"{agency}\n{position}\n{stream}\n{stream_id}\n{kind}\n{occurred_on}\n{recorded_at}\n"
        f"{'' if actor is None else actor}\n{payload}\n{previous}"
    )
    return sha256(text.encode()).hexdigest()
