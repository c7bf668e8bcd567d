"""An installation of its own for a benchmark: SQLite in a temporary folder, or the server that ``DATABASE_URL`` names.

``scripts/with_postgres.py`` starts a server that is gone afterwards. No other database is ever touched: one that
holds an agency already is refused.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any


@contextmanager
def installation(prepare: Callable[[Path], str] = lambda folder: "gongkai.project.settings") -> Iterator[Path]:
    """Django on an empty migrated database; gives the folder, which is removed at the end.

    ``prepare`` may write into the folder and gives the name of the settings. A migrated SQLite database that
    ``GONGKAI_LAID`` names is copied instead of migrating an empty one: the tests have one already.
    """
    with TemporaryDirectory(prefix="gongkai-bench-") as folder:
        os.environ["GONGKAI_HOME"] = folder
        if laid := os.environ.get("GONGKAI_LAID"):
            shutil.copy(laid, Path(folder) / "db.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = prepare(Path(folder))
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections

        from gongkai.bureau.models import Agency

        call_command("migrate", verbosity=0)
        if Agency.objects.exists():
            raise SystemExit("this database is in use: a benchmark needs an empty one")
        try:
            yield Path(folder)
        finally:
            connections.close_all()


def vendor() -> str:
    """The database in words: SQLite or PostgreSQL."""
    from django.db import connection

    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]


def settle() -> None:
    """What the server does by itself within minutes of such changes: on PostgreSQL, autovacuum; on SQLite nothing."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def driver_rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Run SQL with ``:name`` places on the driver's own cursor, with nothing of Django between."""
    from django.db import connection

    connection.ensure_connection()
    raw = connection.connection
    if connection.vendor == "postgresql":
        for name in values:
            sql = sql.replace(f":{name}", f"%({name})s")
    cursor = raw.cursor()
    try:
        cursor.execute(sql, values)
        return list(map(tuple, cursor.fetchall()))
    finally:
        cursor.close()
