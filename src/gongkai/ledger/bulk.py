"""Many rows into one table as fast as the database takes them: COPY on PostgreSQL, ``executemany`` on SQLite."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.db import connection, models
from django.db.transaction import TransactionManagementError

Rows = Iterable[Sequence[Any]]


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Rows) -> None:
    """Insert rows given as tuples of database columns; no signals, no defaults, no model instances.

    Values are ``str``, ``int``, ``bool``, ``date``, aware ``datetime`` or ``None``; encrypted columns are given
    as tokens. Constraints hold as always. Raises ``TransactionManagementError`` outside a transaction.
    """
    connection.validate_no_broken_transaction()
    if not connection.in_atomic_block:
        raise TransactionManagementError("rows are inserted inside transaction.atomic() only")
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(map(connection.ops.quote_name, columns))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join(["?"] * len(columns))
    adapt = _sqlite_adapter(model, columns)
    connection.ensure_connection()
    # Django's own cursor rewrites %s into ? and adapts each value; the driver's does neither, at a third of the cost.
    raw = connection.connection.cursor()
    try:
        with connection.wrap_database_errors:
            raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", adapt(rows))  # noqa: S608  own names
    finally:
        raw.close()


def _sqlite_adapter(model: type[models.Model], columns: Sequence[str]) -> Callable[[Rows], Rows]:
    """SQLite stores dates and moments as text, as Django writes them; only those columns are touched."""
    by_column = {field.column: field for field in model._meta.concrete_fields}
    adapters: list[tuple[int, Callable[[Any], Any], dict[Any, Any]]] = []
    for index, column in enumerate(columns):
        field = by_column[column]
        if isinstance(field, models.DateTimeField):
            adapters.append((index, connection.ops.adapt_datetimefield_value, {}))
        elif isinstance(field, models.DateField):
            adapters.append((index, date.isoformat, {}))
        elif isinstance(field, models.DecimalField):
            adapters.append((index, partial(field.get_db_prep_save, connection=connection), {}))
    if not adapters:
        return lambda rows: rows

    def adapted(rows: Rows) -> Rows:
        for row in rows:
            changed = list(row)
            for index, adapt, known in adapters:
                value = changed[index]
                if value is not None:
                    # Dates repeat: a year's ledger has 250 of them.
                    text = known.get(value)
                    if text is None:
                        text = known[value] = adapt(value)
                    changed[index] = text
            yield changed

    return adapted


def reserve_ids(model: type[models.Model], count: int) -> Sequence[int]:
    """Primary keys that nobody else will get, for rows inserted by :func:`insert_rows`.

    On PostgreSQL from the sequence of the table; on SQLite the transaction already holds the only write lock.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            column = model._meta.pk.column
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), column, count],
            )
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = %s), 0)", [table])
        last: int = cursor.fetchone()[0]
    return range(last + 1, last + 1 + count)
