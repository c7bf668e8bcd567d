"""`gongkai import applications` of 100,000 rows against reading the same sheet and one bulk insert.

Ours: the whole command after Django has started: the workbook inspected and read, every cell judged, registration
numbers allotted, the events appended to the hash chain of the ledger, names, certificates, telephones, addresses and
e-mails encrypted and indexed, due dates reckoned. Theirs: the same worksheet read with python-calamine and its values
put by one ``bulk_create`` in a transaction into a plain table with the same columns: dates as dates, numbers as
numbers, the rest as text; nothing judged, nothing encrypted, no index but the primary key. Both on one database;
every round imports for another body, so that both tables grow alike.

Also shown, without a limit: the same against the driver's own fastest insert (``executemany``, ``COPY``) in the place
of ``bulk_create``. On PostgreSQL run it as ``python scripts/with_postgres.py python -m bench.import_``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.database import installation, vendor
from bench.measure import Measured, Pair, in_turns, run, seconds

if TYPE_CHECKING:
    from django.db import models

    from gongkai.bureau.models import Agency

LIMIT = 3.0


def measure(*, quick: bool = False) -> Iterator[Measured]:
    rows, rounds = (300, 1) if quick else (100_000, 3)
    with installation() as folder:
        from bench.ledger import write_ledger
        from gongkai.bureau.models import Agency

        path = folder / "applications.xlsx"
        write_ledger(path, rows)
        plain = plain_table()
        bodies = [Agency.add_root(code=f"B{n}", name=f"某某市第{n}局") for n in range(rounds)]
        pair = in_turns(lambda: ours(path, bodies.pop(), rows), lambda: by_bulk_create(path, plain), rounds)
        yield Measured(f"import: {rows:,} applications on {vendor()}", pair.ratio, LIMIT, note=pair.note)
        raw = Pair(pair.ours, tuple(seconds(lambda: by_driver(path, plain)) for _ in range(rounds)))
        yield Measured(f"import: against the driver's own insert on {vendor()}", raw.ratio, note=raw.note)


def ours(path: Path, body: Agency, rows: int) -> None:
    """Import as the command does. Raises ``SystemExit`` unless every row was taken."""
    from gongkai.applications.models import Application
    from gongkai.applications.sheets import APPLICATIONS
    from gongkai.project.commands.import_ import import_ledger

    said = StringIO()
    with redirect_stdout(said), redirect_stderr(StringIO()):
        status = import_ledger(APPLICATIONS, path, body)
    if status or Application.objects.filter(agency=body).count() != rows:
        raise SystemExit(f"not every row was imported:\n{said.getvalue()}")


def plain_table() -> type[models.Model]:
    """A table with the columns of the ledger and nothing else."""
    from django.db import connection, models

    from gongkai.applications.sheets import APPLICATIONS

    kinds: dict[str, Any] = {
        "date": lambda: models.DateField(null=True),
        "integer": lambda: models.IntegerField(null=True),
        "amount": lambda: models.DecimalField(null=True, max_digits=16, decimal_places=2),
    }
    fields = {
        column.code: kinds.get(column.kind, lambda: models.TextField(null=True))()
        for column in APPLICATIONS.sheets[0].columns
    }
    meta = type("Meta", (), {"app_label": "bench", "managed": False, "db_table": "bench_plain"})
    model = type("Plain", (models.Model,), {**fields, "Meta": meta, "__module__": __name__})
    with connection.schema_editor() as editor:
        editor.create_model(model)
    return model


def sheet_values(path: Path) -> Iterator[list[Any]]:
    """The rows of the worksheet below its headings; an empty cell is ``None``."""
    from python_calamine import CalamineWorkbook

    from gongkai.applications.sheets import APPLICATIONS

    with CalamineWorkbook.from_path(str(path)) as workbook:
        rows = workbook.get_sheet_by_name(APPLICATIONS.sheets[0].title).iter_rows()
        next(rows)
        for row in rows:
            yield [None if cell == "" else cell for cell in row]


def by_bulk_create(path: Path, model: type[models.Model]) -> None:
    from django.db import transaction

    names = columns_of(model)
    with transaction.atomic():
        model._default_manager.bulk_create(model(**dict(zip(names, row, strict=True))) for row in sheet_values(path))


def by_driver(path: Path, model: type[models.Model]) -> None:
    from django.db import transaction

    from gongkai.ledger.bulk import insert_rows

    with transaction.atomic():
        insert_rows(model, columns_of(model), sheet_values(path))


def columns_of(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if not field.primary_key]


if __name__ == "__main__":
    sys.exit(run(measure))
