"""A database with every migration applied, kept between runs: applying them takes longer than most tests.

Kept by what the migrations say, so that a changed one is applied anew; on SQLite only.
"""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src"
_IMPORT = re.compile(r"^\s*from (gongkai[\w.]*) import ([\w, ]+)", re.MULTILINE)


@cache
def kept_at() -> Path:
    """Where the database of these migrations is kept."""
    digest = sha256((ROOT / "uv.lock").read_bytes())
    for path in sorted({*_migrations(), *_called()}):
        digest.update(path.read_bytes())
    return Path(tempfile.gettempdir()) / f"gongkai-tests-{os.getuid()}-{digest.hexdigest()[:16]}.sqlite3"


def _migrations() -> Iterator[Path]:
    yield from SOURCE.glob("gongkai/**/migrations/*.py")


def _called() -> Iterator[Path]:
    """What our migrations call."""
    for path in _migrations():
        for module, names in _IMPORT.findall(path.read_text("utf-8")):
            for name in ("", *(f".{name.strip()}" for name in names.split(","))):
                file = SOURCE / f"{module}{name}".replace(".", "/")
                for found in (file.with_suffix(".py"), file / "__init__.py"):
                    if found.is_file():
                        yield found


def put_back(connection: BaseDatabaseWrapper) -> None:
    """Make an SQLite database what is kept, whatever was in it."""
    connection.ensure_connection()
    with closing(sqlite3.connect(kept_at())) as kept:
        kept.backup(connection.connection)


def lay(migrate: Callable[..., Any]) -> Callable[..., Any]:
    """``call_command`` that copies what is kept into an empty SQLite database instead of migrating it, and keeps what
    it made."""

    def call_command(name: str, *arguments: Any, **options: Any) -> Any:
        connection = connections[options.get("database", "default")]
        empty = name == "migrate" and connection.vendor == "sqlite" and not connection.introspection.table_names()
        if not empty:
            return migrate(name, *arguments, **options)
        path = kept_at()
        if path.exists():
            put_back(connection)
            return None
        done = migrate(name, *arguments, **options)
        connection.ensure_connection()
        unfinished = path.with_suffix(f".{os.getpid()}")
        with closing(sqlite3.connect(unfinished)) as kept:
            connection.connection.backup(kept)
        unfinished.replace(path)
        return done

    return call_command
