"""Database triggers that refuse to change or delete what was appended, whoever asks."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

MESSAGE = "ledger_entry is append-only"

_SQLITE = {
    f"ledger_entry_no_{verb.lower()}": (
        f"CREATE TRIGGER ledger_entry_no_{verb.lower()} BEFORE {verb} ON ledger_entry "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )
    for verb in ("UPDATE", "DELETE")
}
_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION ledger_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$
"""
_POSTGRESQL = {
    "ledger_entry_no_change": "CREATE TRIGGER ledger_entry_no_change BEFORE UPDATE OR DELETE ON ledger_entry "
    "FOR EACH ROW EXECUTE FUNCTION ledger_entry_refuse()",
    "ledger_entry_no_truncate": "CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON ledger_entry "
    "FOR EACH STATEMENT EXECUTE FUNCTION ledger_entry_refuse()",
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers (SQLite and PostgreSQL). Raises ``ValueError`` on any other database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for statement in _statements(connection).values():
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for undoing the migration and for emptying a test database, nothing else."""
    on_table = " ON ledger_entry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in _statements(connection):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def _statements(connection: BaseDatabaseWrapper) -> dict[str, str]:
    match connection.vendor:
        case "sqlite":
            return _SQLITE
        case "postgresql":
            return _POSTGRESQL
        case vendor:
            raise ValueError(f"数据库只支持 SQLite 和 PostgreSQL，不支持 {vendor}。")


def installed(connection: BaseDatabaseWrapper) -> bool:
    """Whether every trigger is there and switched on."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = 'ledger_entry'::regclass AND tgenabled IN ('O', 'A')"
            )
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entry'")
        found = {name for (name,) in cursor.fetchall()}
    return set(_statements(connection)) <= found
