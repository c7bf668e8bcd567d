"""The gate in the database itself: nothing is read by the public that the ledger does not call approved.

Whatever writes — the back office, a superuser, a job, a shell, another program on the same database — these triggers
hold four things: an edition never changes and its digest is that of its content; a publication shows only the edition
that the latest ``approved`` event of its item names, under its own title, number, type and column, on the site of its
own agency and dated with the day from which it is read; it shows it no earlier than an approval that holds allows;
what was withdrawn comes back only after a ``restored`` event.
"""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from .events import STREAM

IMMUTABLE = "portal_edition is immutable"
DIGEST = "portal_edition digest is not that of its content"
NOT_APPROVED = "portal_publication shows what was not approved"

# The last thing that happened to the public face of an item, and the digest it named last.
_LAST = f"""
(SELECT kind FROM ledger_entry WHERE stream = '{STREAM}' AND stream_id = NEW.item_id
  AND kind IN ('approved', 'withdrawn', 'restored') ORDER BY position DESC LIMIT 1)
"""  # noqa: S608  constants of ours
_ALLOWED = f"FROM ledger_entry WHERE stream = '{STREAM}' AND stream_id = NEW.item_id AND kind = 'approved'"
_EDITION = "FROM portal_edition WHERE id = NEW.edition_id AND item_id = NEW.item_id"
# What lists show of a publication as its edition has it.
_REPEATED = ("title", "type", "document_number", "column")


def _condition(unequal: str, payload: str, content: str, moment: str, live_from: str, day: str, stopped: str) -> str:
    """When a row of publications is refused. The moments are compared as the database reads them from text."""
    columns = {"column": "column_id"}
    repeated = "".join(
        f"\n  OR CAST(NEW.{columns.get(name, name)} AS TEXT) {unequal} (SELECT {content.format(name)} {_EDITION})"
        for name in _REPEATED
    )
    # An approval that was stopped before its moment allows nothing any more.
    holds = f"""AND position > COALESCE((SELECT MAX(position) FROM ledger_entry WHERE stream = '{STREAM}'
      AND stream_id = NEW.item_id AND kind = 'withdrawn' AND {stopped}), -1)"""  # noqa: S608  constants of ours
    return f"""NEW.edition_id IS NOT NULL AND (
  (SELECT digest {_EDITION}) {unequal} (SELECT {payload.format("digest")} {_ALLOWED} ORDER BY position DESC LIMIT 1)
  OR NEW.agency_id {unequal} (SELECT agency_id {_EDITION}){repeated}
  OR NEW.index_number {unequal}
    (SELECT {payload.format("index_number")} {_ALLOWED} ORDER BY position DESC LIMIT 1)
  OR {live_from} < (SELECT MIN({moment.format(payload.format("live_from"))}) {_ALLOWED} {holds})
  OR NEW.published_on {unequal} {day}
  OR (NEW.withdrawn_on IS NULL AND COALESCE({_LAST}, 'withdrawn') = 'withdrawn'))"""


# A millisecond is allowed for rounding.
_REFUSED_SQLITE = _condition(
    "IS NOT",
    "json_extract(payload, '$.{}')",
    "CAST(json_extract(content, '$.{}') AS TEXT)",
    "julianday({})",
    "julianday(NEW.live_from) + 1.2e-8",
    "gongkai_day(NEW.live_from)",
    "json_extract(payload, '$.before_live')",
)
_REFUSED_POSTGRESQL = _condition(
    "IS DISTINCT FROM",
    "(payload::jsonb ->> '{}')",
    "content::jsonb ->> '{}'",
    "{}::timestamptz",
    "NEW.live_from",
    f"(NEW.live_from AT TIME ZONE '{settings.TIME_ZONE}')::date",
    "(payload::jsonb ->> 'before_live')::boolean",
)
_SQLITE = {
    "portal_edition_no_update": (
        "CREATE TRIGGER portal_edition_no_update BEFORE UPDATE ON portal_edition "
        f"BEGIN SELECT RAISE(ABORT, '{IMMUTABLE}'); END"
    ),
    "portal_edition_no_delete": (
        "CREATE TRIGGER portal_edition_no_delete BEFORE DELETE ON portal_edition "
        f"BEGIN SELECT RAISE(ABORT, '{IMMUTABLE}'); END"
    ),
    "portal_edition_digest": (
        "CREATE TRIGGER portal_edition_digest BEFORE INSERT ON portal_edition "
        f"WHEN NEW.digest IS NOT gongkai_sha256(NEW.content) BEGIN SELECT RAISE(ABORT, '{DIGEST}'); END"
    ),
    **{
        f"portal_publication_gate_{verb.lower()}": (
            f"CREATE TRIGGER portal_publication_gate_{verb.lower()} BEFORE {verb} ON portal_publication "
            f"WHEN {_REFUSED_SQLITE} BEGIN SELECT RAISE(ABORT, '{NOT_APPROVED}'); END"
        )
        for verb in ("INSERT", "UPDATE")
    },
}
_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION portal_edition_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{IMMUTABLE}' USING ERRCODE = 'restrict_violation'; END $$;
CREATE OR REPLACE FUNCTION portal_edition_check() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF NEW.digest IS DISTINCT FROM encode(sha256(convert_to(NEW.content, 'UTF8')), 'hex') THEN
    RAISE EXCEPTION '{DIGEST}' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION portal_publication_check() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF {_REFUSED_POSTGRESQL} THEN
    RAISE EXCEPTION '{NOT_APPROVED}' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
"""
_POSTGRESQL = {
    "portal_edition_immutable": ("portal_edition", "BEFORE UPDATE OR DELETE", "ROW", "portal_edition_refuse"),
    "portal_edition_no_truncate": ("portal_edition", "BEFORE TRUNCATE", "STATEMENT", "portal_edition_refuse"),
    "portal_edition_digest": ("portal_edition", "BEFORE INSERT", "ROW", "portal_edition_check"),
    "portal_publication_gate": ("portal_publication", "BEFORE INSERT OR UPDATE", "ROW", "portal_publication_check"),
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers (SQLite and PostgreSQL). Raises ``ValueError`` on any other database."""
    with connection.cursor() as cursor:
        if _is_postgresql(connection):
            cursor.execute(_FUNCTIONS)
            for name, (table, when, each, function) in _POSTGRESQL.items():
                cursor.execute(f"CREATE TRIGGER {name} {when} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}()")
            return
        for statement in _SQLITE.values():
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for undoing the migration and for emptying a test database, nothing else."""
    with connection.cursor() as cursor:
        if _is_postgresql(connection):
            for name, (table, *_) in _POSTGRESQL.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            return
        for name in _SQLITE:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def installed(connection: BaseDatabaseWrapper) -> bool:
    """Whether every trigger is there and switched on."""
    with connection.cursor() as cursor:
        if _is_postgresql(connection):
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        found = {name for (name,) in cursor.fetchall()}
    return set(_POSTGRESQL if _is_postgresql(connection) else _SQLITE) <= found


def give_functions(sender: Any, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Give SQLite the functions that its triggers ask. A program without them can add nothing at all."""
    if connection.vendor == "sqlite":
        give = connection.connection.create_function
        give("gongkai_sha256", 1, lambda text: sha256(text.encode()).hexdigest(), deterministic=True)
        give("gongkai_day", 1, _day, deterministic=True)


def _day(moment: str) -> str:
    """The day of a moment that SQLite keeps in UTC, as the calendar of the installation has it."""
    return timezone.localdate(datetime.fromisoformat(moment).replace(tzinfo=UTC)).isoformat()


def _is_postgresql(connection: BaseDatabaseWrapper) -> bool:
    if connection.vendor not in {"sqlite", "postgresql"}:
        raise ValueError(f"数据库只支持 SQLite 和 PostgreSQL，不支持 {connection.vendor}。")
    return connection.vendor == "postgresql"
