"""The index of tokens: which entries carry all of them, newest first. One for each database.

SQLite: a contentless FTS5 table, which triggers on the table of entries keep (their tokens are cut by
:func:`.analyse.tokens`, lent to each connection), so that it cannot disagree with the entries, whoever deletes them.
PostgreSQL: a slim table with a GIN index, filled by :func:`add`; triggers empty it. Its rows must be small
(the tokens lie apart, ``toast_tuple_target``): a frequent word has most of them to be sorted.

Django rebuilds a SQLite table to change it, and a rebuilt table has lost its triggers: a migration that alters
``SearchEntry`` ends with ``install``. When :func:`.analyse.tokens` cuts otherwise than before, a migration calls
:func:`.index.rebuild`, since a contentless table forgets an entry by cutting its text once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from .analyse import FACET, facet

PERIOD_BITS = 29
"""Ids that begin with the same bits are of one period: 2^29 of them are 91 days (:func:`.index.first_id_of`)."""

_SQLITE_INSERT = """INSERT INTO portal_search_fts(rowid, tokens)
    VALUES (new.id, portal_search_tokens(new.title_folded, new.folded, new.facets))"""
_SQLITE_DELETE = """INSERT INTO portal_search_fts(portal_search_fts, rowid, tokens)
    VALUES ('delete', old.id, portal_search_tokens(old.title_folded, old.folded, old.facets))"""
_SQLITE = (
    # The tokens are words of ASCII or of other characters already: nothing is left to a tokenizer but the spaces.
    """CREATE VIRTUAL TABLE IF NOT EXISTS portal_search_fts
        USING fts5(tokens, content='', detail=none, columnsize=0, tokenize='ascii')""",
    f"""CREATE TRIGGER IF NOT EXISTS portal_search_inserted AFTER INSERT ON portal_search_entry
        BEGIN {_SQLITE_INSERT}; END""",
    f"""CREATE TRIGGER IF NOT EXISTS portal_search_deleted AFTER DELETE ON portal_search_entry
        BEGIN {_SQLITE_DELETE}; END""",
    f"""CREATE TRIGGER IF NOT EXISTS portal_search_updated
        AFTER UPDATE OF id, title_folded, folded, facets ON portal_search_entry
        BEGIN {_SQLITE_DELETE}; {_SQLITE_INSERT}; END""",
)
_POSTGRESQL = (
    # A thousand texts are opened to judge one search. What cannot be had (lz4 is an option of the build) is not needed.
    """DO $$ BEGIN
        IF (SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression') THEN
            ALTER TABLE portal_search_entry ALTER COLUMN folded SET COMPRESSION lz4,
                ALTER COLUMN body SET COMPRESSION lz4, ALTER COLUMN attachments SET COMPRESSION lz4;
        END IF; END $$""",
    """CREATE TABLE IF NOT EXISTS portal_search_gram (
        entry_id bigint PRIMARY KEY, tokens text[] COLLATE "C" NOT NULL) WITH (toast_tuple_target = 128)""",
    # Nothing is ever planned by how frequent a token is, and these arrays are long to analyse.
    "ALTER TABLE portal_search_gram ALTER COLUMN tokens SET STATISTICS 0",
    "CREATE INDEX IF NOT EXISTS portal_search_gram_tokens ON portal_search_gram USING gin (tokens)",
    """CREATE OR REPLACE FUNCTION portal_search_forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP = 'TRUNCATE' THEN TRUNCATE portal_search_gram;
        ELSE DELETE FROM portal_search_gram WHERE entry_id IN (SELECT id FROM gone); END IF;
        RETURN NULL; END $$""",
    "DROP TRIGGER IF EXISTS portal_search_deleted ON portal_search_entry",
    """CREATE TRIGGER portal_search_deleted AFTER DELETE ON portal_search_entry
        REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION portal_search_forget()""",
    "DROP TRIGGER IF EXISTS portal_search_truncated ON portal_search_entry",
    """CREATE TRIGGER portal_search_truncated AFTER TRUNCATE ON portal_search_entry
        FOR EACH STATEMENT EXECUTE FUNCTION portal_search_forget()""",
    # Of a frequent word, the newest are taken from the newest periods; GIN leaps through the long list by the short
    # one. Where these hold few, the word is not frequent, and the rest is taken at once. Plans are not left to the
    # planner, who thinks nothing of opening a long array in every row: "+ 0" keeps it from walking the table by date.
    """CREATE OR REPLACE FUNCTION portal_search_newest(
            wanted text[], before bigint, many integer, period_bits integer, period_token text)
        RETURNS SETOF bigint LANGUAGE plpgsql STABLE
        SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
        DECLARE
            upto bigint := before; newest bigint; period bigint;
            size integer; looked_at integer := 0; hits integer; wanting integer := many;
        BEGIN
            FOR attempt IN 1..12 LOOP
                SELECT max(entry_id) INTO newest FROM portal_search_gram WHERE entry_id < upto;
                IF newest IS NULL THEN RETURN; END IF;
                period := newest >> period_bits;
                RETURN QUERY SELECT entry_id FROM portal_search_gram
                    WHERE tokens @> (wanted || (period_token || replace(period::text, '-', 'n')))
                        AND entry_id + 0 < upto
                    ORDER BY entry_id + 0 DESC LIMIT wanting;
                GET DIAGNOSTICS hits = ROW_COUNT;
                wanting := wanting - hits;
                IF wanting <= 0 THEN RETURN; END IF;
                SELECT count(*) INTO size FROM portal_search_gram
                    WHERE entry_id >= period << period_bits AND entry_id < upto;
                looked_at := looked_at + size;
                upto := period << period_bits;
                EXIT WHEN looked_at > 1000 AND (many - wanting) * 20 < looked_at;
            END LOOP;
            RETURN QUERY SELECT entry_id FROM portal_search_gram
                WHERE tokens @> wanted AND entry_id + 0 < upto ORDER BY entry_id + 0 DESC LIMIT wanting;
        END $$""",
)
_SQLITE_REMOVE = (
    *(f"DROP TRIGGER IF EXISTS portal_search_{verb}" for verb in ("inserted", "deleted", "updated")),
    "DROP TABLE IF EXISTS portal_search_fts",
)
_POSTGRESQL_REMOVE = (
    "DROP FUNCTION IF EXISTS portal_search_newest(text[], bigint, integer, integer, text)",
    "DROP FUNCTION IF EXISTS portal_search_forget() CASCADE",
    "DROP TABLE IF EXISTS portal_search_gram",
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the index and its triggers where they are missing."""
    _run(connection, {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[connection.vendor])


def uninstall(connection: BaseDatabaseWrapper) -> None:
    """Drop them: for undoing the migration."""
    _run(connection, {"sqlite": _SQLITE_REMOVE, "postgresql": _POSTGRESQL_REMOVE}[connection.vendor])


_PERIOD = FACET + "p"


def period(number: int) -> str:
    """The token of the period that an id belongs to."""
    return facet("p", number >> PERIOD_BITS)


def add(rows: Iterable[tuple[int, str]]) -> None:
    """On PostgreSQL: the tokens of entries that were just inserted, as id and tokens separated by spaces."""
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO portal_search_gram VALUES (%s, string_to_array(%s, ' '))", list(rows))


def clear() -> None:
    """Forget every token; the entries stay."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("TRUNCATE portal_search_gram")
        else:
            cursor.execute("INSERT INTO portal_search_fts(portal_search_fts) VALUES ('delete-all')")


def fill_sqlite() -> None:
    """On SQLite: cut the tokens of every entry into an empty index."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO portal_search_fts(rowid, tokens) SELECT id, portal_search_tokens(title_folded, folded, facets)"
            " FROM portal_search_entry ORDER BY id"
        )


def newest(tokens: Sequence[str], before: int, many: int) -> list[int]:
    """The ids of entries that carry every token, downwards from ``before`` (excluded), at most ``many``."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT portal_search_newest(%s, %s, %s, %s, %s)",
                [list(tokens), before, many, PERIOD_BITS, _PERIOD],
            )
        else:
            # Tokens are letters and digits (analyse.py): quoted, none of them is taken for syntax.
            wanted = " AND ".join(f'"{token}"' for token in tokens)
            cursor.execute(
                "SELECT rowid FROM portal_search_fts WHERE portal_search_fts MATCH %s AND rowid < %s"
                " ORDER BY rowid DESC LIMIT %s",
                [wanted, before, many],
            )
        return [found for (found,) in cursor.fetchall()]


def _run(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
