"""Import a workbook: read, refuse or set aside what is bad, load the rest, all in one transaction."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from gongkai.bureau.models import Agency, User
from gongkai.ledger.services import lock

from .book import Batch, Book, RowError, Step, Tally, idle
from .reading import Reading, read
from .template import write_corrections


@dataclass
class Imported:
    """What happened. ``errors`` are all bad rows; when ``refused`` nothing at all was imported."""

    tally: Tally = field(default_factory=Tally)
    errors: list[RowError] = field(default_factory=list)
    extra_columns: list[str] = field(default_factory=list)
    refused: bool = False
    corrections: Path | None = None


def import_book(
    book: Book,
    path: Path,
    agency: Agency,
    *,
    actor: User | None = None,
    dry_run: bool = False,
    skip_bad: bool = False,
    expect: Step = idle,
    step: Step = idle,
) -> Imported:
    """Import a file for an agency.

    A file with a bad row imports nothing, unless ``skip_bad``: then the bad rows go, with their reasons, to
    ``<name>-需更正.xlsx`` beside it. ``dry_run`` does everything and takes it back. ``expect`` is told how many
    rows there will be to do, ``step`` of rows done: each counts once when read and once when loaded.
    Raises :class:`UnreadableFileError`.
    """
    with _no_collection():
        return _import(book, path, agency, actor, dry_run, skip_bad, expect, step)


def _import(
    book: Book, path: Path, agency: Agency, actor: User | None, dry_run: bool, skip_bad: bool, expect: Step, step: Step
) -> Imported:
    readings = read(book, path, expect, step)
    result = Imported(
        errors=[error for reading in readings for error in reading.errors],
        extra_columns=[heading for reading in readings for heading in reading.extra],
    )
    with transaction.atomic():
        lock(agency.pk)  # before any row or counter, as every verb does
        # Also when a cell is bad already: what the records refuse is then told in the same go.
        for reading in readings:
            _load(reading, agency, actor, result, step)
        result.refused = bool(result.errors) and not skip_bad
        if dry_run or result.refused:
            transaction.set_rollback(True)
    if skip_bad and result.errors and not dry_run:
        result.corrections = path.with_name(f"{path.stem}-需更正.xlsx")
        write_corrections(readings, result.corrections)
    return result


@contextmanager
def _no_collection() -> Iterator[None]:
    """Rows and events make no cycles; looking for some among millions of them costs a fifth of an import."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _load(reading: Reading, agency: Agency, actor: User | None, result: Imported, step: Step) -> None:
    """Load the rows of one worksheet; rows that the records refuse join the bad ones."""
    tally = reading.sheet.load(Batch(reading.sheet, agency, reading.rows, actor, step))
    refused = {error.number for error in tally.errors}
    for row in reading.rows:
        if row.number in refused:
            reading.set_aside(row)
    reading.errors += tally.errors
    result.errors += tally.errors
    result.tally.add(tally)
