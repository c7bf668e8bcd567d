"""Processes of their own on the database of the test: what only shows when programs race or are killed."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from django.db import connection

_BEGIN = """
import os, sys, time
from datetime import timedelta
from pathlib import Path
import django
django.setup()
from gongkai.notices.models import Delivery, Heartbeat, ScheduledRun
from gongkai.notices.schedule import Job
folder = Path(sys.argv[1])
"""


class Processes:
    """Python programs on a database: that of the test on PostgreSQL, a copy of it in a file on SQLite."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("EMAIL")}
        self.environment |= {
            "DJANGO_SETTINGS_MODULE": "gongkai.project.settings",
            "DATABASE_URL": self._database(),
            "GONGKAI_HOME": str(folder / "home"),
            "SECRET_KEY": "tests only",
        }

    def _database(self) -> str:
        if connection.vendor == "sqlite":
            path = self.folder / "db.sqlite3"
            connection.ensure_connection()
            with sqlite3.connect(path) as copy:
                connection.connection.backup(copy)
            copy.close()
            return f"sqlite:///{path}"
        told = connection.settings_dict
        user = quote(told["USER"] or "", safe="")
        password = f":{quote(told['PASSWORD'], safe='')}" if told["PASSWORD"] else ""
        host, port = quote(told["HOST"] or "", safe=""), f":{told['PORT']}" if told["PORT"] else ""
        return f"postgresql://{user}{password}@{host}{port}/{told['NAME']}"

    def start(self, program: str, **environment: str) -> subprocess.Popen[str]:
        """A program, with Django set up, the models there, and ``folder`` to leave marks in."""
        return subprocess.Popen(
            [sys.executable, "-c", _BEGIN + program, str(self.folder)],
            env=self.environment | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def say(self, program: str, **environment: str) -> str:
        """What a program prints, once it has ended well."""
        process = self.start(program, **environment)
        out, error = process.communicate(timeout=120)
        assert process.returncode == 0, error
        return out.strip()

    def command(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """``gongkai`` as a person calls it."""
        return subprocess.Popen(
            [sys.executable, "-c", "from gongkai.project.cli import main; main()", *arguments],
            env=self.environment | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,
        )
