"""How the suite runs: which tests need a database and which database they need; no test depends on time or luck."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# A slow machine is no defect, and CI tries the same examples each time.
settings.register_profile("gongkai", deadline=None, print_blob=True)
settings.register_profile("ci", settings.get_profile("gongkai"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "gongkai")

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what uses the database, so that ``-m database`` is the part to repeat on PostgreSQL.

    Tests marked ``anywhere`` use the database but say nothing that depends on it: they are not repeated.
    Tests marked ``postgres`` are of no meaning on SQLite and are left out there; ``make test`` runs them.

    A test with real transactions empties the tables of PostgreSQL afterwards. What the migrations put there (roles
    and their rights) is laid again before each such test, or it would depend on which ran before it.
    """
    for item in items:
        if on_postgres() and _has_real_transactions(item):
            item.fixturenames.append("django_db_serialized_rollback")  # type: ignore[attr-defined]
        if item.get_closest_marker("anywhere"):
            continue
        if item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")
    if not on_postgres():
        others = [item for item in items if item.get_closest_marker("postgres")]
        if others:
            config.hook.pytest_deselected(items=others)
            items[:] = [item for item in items if not item.get_closest_marker("postgres")]


def _has_real_transactions(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    fixtures = getattr(item, "fixturenames", ())
    return bool(marker and marker.kwargs.get("transaction")) or bool(
        {"transactional_db", "live_server"} & set(fixtures)
    )


def on_postgres() -> bool:
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


def pytest_report_header() -> str:
    return f"database: {'PostgreSQL' if on_postgres() else 'SQLite (tests marked postgres are left out)'}"
