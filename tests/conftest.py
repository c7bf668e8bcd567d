"""What every test may use: a key for personal fields, a folder for files, an agency."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core import management
from django.db import connections
from django.db.backends.sqlite3.creation import DatabaseCreation
from django.test import TransactionTestCase, override_settings

from gongkai.bureau.models import Agency
from gongkai.ledger import triggers
from gongkai.portal import gate

from . import laid


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Lay the tables from what an earlier run kept, where nothing has changed (:mod:`tests.laid`)."""
    patch = pytest.MonkeyPatch()
    patch.setattr(management, "call_command", laid.lay(management.call_command))
    yield
    patch.undo()


@pytest.fixture(scope="session")
def laid_database(django_db_setup: None) -> Path:
    """An SQLite database in a file with every migration applied and nothing else, to copy and never to change."""
    return laid.kept_at()


@pytest.fixture(autouse=True, scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An installation of the tests' own: no test writes into ``var/`` or needs a key from the environment."""
    home = tmp_path_factory.mktemp("home")
    key = base64.urlsafe_b64encode(b"k" * 32).decode()
    with override_settings(
        HOME=home,
        SECRET_KEY="not a secret: tests only",
        FIELD_KEYS=key,
        FIELD_KEYS_FILE=home / "keys" / "fields.key",
        MEDIA_ROOT=home / "media",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield home


@pytest.fixture(autouse=True, scope="session")
def emptied_ledger() -> Iterator[None]:
    """Tests with real transactions leave the database as the migrations made it.

    On SQLite it is laid anew; elsewhere it is emptied, which triggers rightly refuse.
    """
    empty = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        databases = [connections[name] for name in case._databases_names(include_mirrors=False)]
        if all(connection.vendor == "sqlite" for connection in databases):
            for connection in databases:
                laid.put_back(connection)
            return
        for connection in databases:
            triggers.remove(connection)
            gate.remove(connection)
        empty(case)
        for connection in databases:
            triggers.install(connection)
            gate.install(connection)

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
    # What the migrations put there is there again.
    patch.setattr(DatabaseCreation, "deserialize_db_from_string", lambda creation, data: None)
    yield
    patch.undo()


@pytest.fixture
def agency(db: None) -> Agency:
    """A bureau of a city."""
    return Agency.add_root(code="330300-tj", name="温州市统计局", region_code="330300")
