"""Run every benchmark and print one table; exit status 1 when a figure is over its limit, 2 when one did not run.

``--quick`` runs them on little data, to see that they run: its figures mean nothing, and none is an error.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from bench.measure import Measured, line

_ROOT = Path(__file__).parent.parent
_ON_POSTGRES = ("report", "import_", "search", "pages", "api", "desk", "intake")
_MODULES = ("start", "check", "examination", "report", "import_", "search", "pages", "api", "desk", "intake")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="little data: do they run at all?")
    parser.add_argument("--sqlite-only", action="store_true", help="leave out what needs a PostgreSQL server")
    options = parser.parse_args()
    extra = ["--quick"] if options.quick else []
    print(f"{'figure':<58} {'measured':>9}  {'limit':<7}       ours : theirs", flush=True)
    status = 0
    for on_postgres in (False,) if options.sqlite_only else (False, True):
        for module in _ON_POSTGRES if on_postgres else _MODULES:
            found = run_module(module, extra, on_postgres=on_postgres)
            if found is None:
                status = 2
            elif status == 0 and not options.quick and any(measured.over for measured in found):
                status = 1
    return status


def run_module(module: str, extra: list[str], *, on_postgres: bool) -> list[Measured] | None:
    """Run one module in a process of its own and print its lines as they come; ``None`` when it failed."""
    server = [sys.executable, "scripts/with_postgres.py"] if on_postgres else []
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [*server, sys.executable, "-m", f"bench.{module}", "--json", *extra]
    found = []
    with subprocess.Popen(command, cwd=_ROOT, env=environment, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        for text in process.stdout:
            found.append(Measured(**json.loads(text)))
            print(line(found[-1]), flush=True)
    # 1: something is over its limit, which is told by the caller.
    return found if process.returncode in (0, 1) and found else None


if __name__ == "__main__":
    sys.exit(main())
