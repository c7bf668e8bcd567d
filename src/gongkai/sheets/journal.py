"""Leave a trace in the hash chain of what was imported as plain rows.

A case (an application, a message, a dispute) is a list of events and each of them stands in the chain. What is
published, the registers, the counts are plain dated facts without a course: an entry for each would make the
chain of a bureau ten times as long and say nothing that the row does not. So a batch of rows gets one entry: how
many rows came, from which worksheet, and the digest of what they said. Whoever has the workbook can show that it
is the one that was imported, and on which day; a batch that changed nothing leaves no entry.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256

from django.utils import timezone

from gongkai.ledger.services import append, next_number

from .book import Batch, Row, Sheet, Tally

STREAM = "sheets.batch"
_SHOWN = 40


def digest(sheet: Sheet, rows: Iterable[Row]) -> str:
    """SHA-256 over the keys and values of the rows, in order; personal values, which could be guessed, are left out."""
    codes = sorted(column.code for column in sheet.columns if not column.personal)
    total = sha256()
    for row in rows:
        told = [row.key, *(row.values[code] for code in codes)]
        total.update(json.dumps(told, ensure_ascii=False, default=str, separators=(",", ":")).encode())
        total.update(b"\n")
    return total.hexdigest()


def record_batch(batch: Batch, tally: Tally) -> None:
    """Append the entry of a batch that was loaded, unless nothing changed. Must run inside the import's transaction."""
    if not (tally.created or tally.updated):
        return
    append(
        batch.agency,
        STREAM,
        next_number(batch.agency, STREAM),
        "imported",
        timezone.localdate(),
        {
            "worksheet": batch.sheet.title,
            "rows": len(batch.rows),
            "created": tally.created,
            "updated": tally.updated,
            "sha256": digest(batch.sheet, batch.rows),
        },
        actor_id=batch.actor.pk if batch.actor else None,
    )


def some(names: Sequence[str]) -> str:
    """Names for a note to the clerk, who would not read a thousand of them."""
    return "、".join(names[:_SHOWN]) + ("等" if len(names) > _SHOWN else "")
