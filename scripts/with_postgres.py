"""Run a command against a PostgreSQL server of its own, which is gone afterwards.

    python scripts/with_postgres.py pytest -m database

Starts the newest PostgreSQL installed on this machine in a temporary folder, reachable by a socket there and by
nothing else, and sets ``DATABASE_URL`` for the command. As root the server runs as ``postgres`` or ``nobody``,
because PostgreSQL refuses to run as root. Exit status: the command's own; 2 when there is no server to be had.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from urllib.parse import quote

# The data lives for one test run: nothing needs to survive a power cut.
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "timezone": "Asia/Shanghai",
}


class NoServerError(Exception):
    """There is no PostgreSQL here, or it did not start; the message says what to do."""


def binaries() -> Path:
    """The folder of ``pg_ctl`` and ``initdb``: of the newest version installed beside others, else of PATH."""
    homes = [*Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), *Path("/usr").glob("pgsql-*/bin/pg_ctl")]
    if homes:
        return max(homes, key=lambda path: float(re.sub(r"[^0-9.]", "", path.parts[-3]))).parent
    on_path = shutil.which("pg_ctl")
    if on_path is None:
        raise NoServerError(
            "没有找到 PostgreSQL。请安装，例如：sudo apt install postgresql（PostgreSQL is not installed.）"
        )
    return Path(on_path).resolve().parent


def server_account() -> pwd.struct_passwd:
    """The account that the server runs as: the caller's, or for root one without rights."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoServerError("PostgreSQL 不能以 root 运行，而本机没有 postgres 或 nobody 用户。（no account to run it as）")


@contextmanager
def server() -> Iterator[str]:
    """A running server as a ``DATABASE_URL``; it is stopped and its folder removed at the end."""
    folder, account = binaries(), server_account()
    home = Path(tempfile.mkdtemp(prefix="gongkai-pg-"))
    log = home / "log"

    def run(program: str, *arguments: str) -> None:
        as_other = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
        done = subprocess.run(
            [folder / program, *arguments], cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **as_other
        )
        if done.returncode != 0:
            told = done.stderr.decode(errors="replace") + (log.read_text(errors="replace") if log.exists() else "")
            raise NoServerError(f"PostgreSQL 的 {program} 失败（failed）：\n{told}")

    try:
        if os.geteuid() == 0:
            os.chown(home, account.pw_uid, account.pw_gid)
        data = str(home / "data")
        run("initdb", "-D", data, "-U", "gongkai", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = " ".join(f"-c {name}='{value}'" for name, value in OPTIONS.items())
        run("pg_ctl", "-D", data, "-l", str(log), "-o", f"-k '{home}' {options}", "-w", "start")
        try:
            yield f"postgres://gongkai@{quote(str(home), safe='')}/postgres"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home)


def stop(number: int, frame: FrameType | None) -> None:
    """End by way of the clean-up when somebody ends this program."""
    sys.exit(128 + number)


def main(command: list[str]) -> int:
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, stop)
    try:
        with server() as url:
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode
    except NoServerError as error:
        print(f"错误：{error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
