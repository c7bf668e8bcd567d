"""Save rows of plain records (those without events): new ones are added, changed ones updated, the rest left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gongkai.bureau.models import AgencyRecord

from .book import Batch, Row, Tally, Values

_CHUNK = 2000


def save_records(
    batch: Batch,
    model: type[AgencyRecord],
    fields: Callable[[Row], Values | str],
    *,
    update: bool = True,
    also: Callable[[Row], bool] = lambda _: False,
) -> Tally:
    """Save a batch into ``model``; ``fields`` gives the columns of a row, or a Chinese reason why it cannot be.

    A row is found again by its key in ``source_key``. A constant number of queries for each 2,000 rows.
    With ``update=False`` a row that differs from what was saved is an error. ``also`` tells of a known row
    whether what hangs on its record (and the caller saves) differs.
    """
    tally = Tally()
    for start in range(0, len(batch.rows), _CHUNK):
        rows = batch.rows[start : start + _CHUNK]
        _save_chunk(batch, model, fields, rows, tally, update=update, also=also)
        batch.step(len(rows))
    return tally


def _save_chunk(
    batch: Batch,
    model: type[AgencyRecord],
    fields: Callable[[Row], Values | str],
    rows: Any,
    tally: Tally,
    *,
    update: bool,
    also: Callable[[Row], bool],
) -> None:
    manager: Any = model._default_manager
    saved = {r.source_key: r for r in manager.filter(agency=batch.agency, source_key__in=[row.key for row in rows])}
    new: list[AgencyRecord] = []
    changed: list[AgencyRecord] = []
    names: set[str] = set()
    for row in rows:
        found = fields(row)
        if isinstance(found, str):
            tally.errors.append(batch.error(row, found))
            continue
        record = saved.get(row.key)
        if record is None:
            demo = batch.agency.is_demo
            new.append(model(agency=batch.agency, source_key=row.key, is_demo=demo, **found))
        elif (differing := [name for name, value in found.items() if getattr(record, name) != value]) or also(row):
            if not update:
                tally.errors.append(batch.error(row, "与已登记的内容不同；已登记的不能由导入改写，请在系统中更正"))
                continue
            for name in differing:
                setattr(record, name, found[name])
            names.update(differing)
            changed.append(record)
        else:
            tally.unchanged += 1
    manager.bulk_create(new, batch_size=500)
    if names:
        manager.bulk_update(changed, sorted(names), batch_size=200)
    tally.created += len(new)
    tally.updated += len(changed)
