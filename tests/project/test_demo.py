"""``gongkai demo`` as a newcomer runs it: prepare, look, run again; and what it will not touch."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sysconfig
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from gongkai.project.demo.organisation import PEOPLE

PASSWORD = re.compile(r"密码都是 (\S+) ")


def demo(home: Path, *arguments: str, command: str = "demo", **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [Path(sysconfig.get_path("scripts")) / "gongkai", command, *arguments],
        env={**settings, "GONGKAI_HOME": str(home), **environment},
        capture_output=True,
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, laid_database: Path) -> tuple[Path, str]:
    """A prepared home and what was printed."""
    home = tmp_path_factory.mktemp("installation") / "demo"
    home.mkdir()
    shutil.copy(laid_database, home / "db.sqlite3")  # laying the tables takes as long as all the rest
    done = demo(home, "--no-serve")
    assert done.returncode == 0, done.stderr
    return home, done.stdout


def test_it_leaves_the_ledgers_and_the_report_where_it_says(prepared: tuple[Path, str]) -> None:
    home, printed = prepared
    assert sorted(path.name for path in (home / "台账").iterdir()) == [
        "2020年主动公开信息台账.xlsx",
        "2020年依申请公开台账.xlsx",
        "2020年第二十条各项台账.xlsx",
        "2020年群众留言台账.xlsx",
    ]
    for name in ("温州市统计局2020年年报.docx", "温州市统计局2020年年报.pdf", "往年年报/温州市统计局2019年年报.docx"):
        assert (home / name).stat().st_size > 10_000
    assert str(home / "台账") in printed
    assert "http://127.0.0.1:8000/" in printed


def test_the_report_passes_our_own_checks(prepared: tuple[Path, str]) -> None:
    home, _ = prepared
    files = [str(home / name) for name in ("温州市统计局2020年年报.docx", "温州市统计局2020年年报.pdf")]
    done = demo(home, *files, "--previous", str(home / "往年年报/温州市统计局2019年年报.docx"), command="check")
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("温州市统计局（演示），2020 年") == 2


def test_people_can_sign_in_with_the_printed_password(prepared: tuple[Path, str]) -> None:
    home, printed = prepared
    found = PASSWORD.search(printed)
    assert found is not None
    assert all(person.username in printed for person in PEOPLE)
    script = (
        "from django.contrib.auth import authenticate;"
        f"print([u for u in {[person.username for person in PEOPLE[::5]]!r}"  # a password takes a second to prove
        f" if not authenticate(username=u, password={found[1]!r})])"
    )
    done = demo(home, "shell", "-v", "0", "-c", script, command="manage")
    assert done.stdout.strip() == "[]", done.stderr


def test_the_password_differs_from_installation_to_installation_and_is_readable_by_its_owner_only(
    prepared: tuple[Path, str],
) -> None:
    home, printed = prepared
    found = PASSWORD.search(printed)
    assert found is not None
    assert re.fullmatch(r"[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}", found[1])
    assert (home / "keys" / "demo.password").stat().st_mode & 0o777 == 0o600


def test_a_second_call_starts_from_what_is_there(prepared: tuple[Path, str]) -> None:
    home, printed = prepared
    written = (home / "温州市统计局2020年年报.docx").stat().st_mtime_ns
    done = demo(home, "--no-serve")
    assert done.returncode == 0, done.stderr
    assert "沿用已有的演示安装" in done.stdout
    assert "新登记" not in done.stdout
    assert PASSWORD.findall(done.stdout) == PASSWORD.findall(printed)
    assert (home / "温州市统计局2020年年报.docx").stat().st_mtime_ns == written


def test_reset_deletes_a_demonstration_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "重要.txt").write_text("正式资料")
    done = demo(tmp_path, "--no-serve", "--reset")
    assert done.returncode == 2
    assert "不是演示安装，不会删除" in done.stderr
    assert (tmp_path / "重要.txt").exists()


def test_reset_does_not_empty_a_database_elsewhere(prepared: tuple[Path, str]) -> None:
    home, _ = prepared
    done = demo(home, "--no-serve", "--reset", DATABASE_URL="postgres://nobody@127.0.0.1:1/none")
    assert done.returncode == 2
    assert "--reset 不会清空它" in done.stderr
    assert (home / "台账").is_dir()


def test_an_installation_with_real_records_is_left_alone(prepared: tuple[Path, str], tmp_path: Path) -> None:
    home, _ = prepared
    # A copy of the database without its marks stands for an installation in use: migrating one takes long.
    (tmp_path / "db.sqlite3").write_bytes((home / "db.sqlite3").read_bytes())
    done = demo(tmp_path, "--no-serve")
    assert done.returncode == 2
    assert "已有正式数据，不能载入演示数据" in done.stderr


def test_a_port_in_use_is_told_before_anything_is_prepared(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for command in ("demo", "serve"):
            done = demo(tmp_path / "home", "--port", port, command=command)
            assert done.returncode == 2
            assert f"端口 {port} 已被占用" in done.stderr
            assert "Traceback" not in done.stderr
    assert not (tmp_path / "home").exists()


def test_the_site_is_served_and_is_the_bureaus(prepared: tuple[Path, str]) -> None:
    home, _ = prepared
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    program = Path(sysconfig.get_path("scripts")) / "gongkai"
    settings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    server = subprocess.Popen(
        [program, "demo", "--port", str(port)],
        env={**settings, "GONGKAI_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        page = fetch(f"http://127.0.0.1:{port}/", server)
        library = fetch(f"http://127.0.0.1:{port}/zfxxgknb/", server)
        report = fetch(f"http://127.0.0.1:{port}/zfxxgknb/2020/", server)
    finally:
        server.terminate()
        server.wait()
    assert "温州市统计局（演示）" in page
    assert "/zfxxgknb/2020/" in library
    assert "主动公开政府信息1110条" in report
    assert "演示数据" in report


def fetch(address: str, server: subprocess.Popen[bytes], patience: float = 300) -> str:
    """The page, as soon as the server answers."""
    end = time.monotonic() + patience
    while True:
        try:
            with urlopen(address) as answer:
                return str(answer.read(), "utf-8")
        except URLError:
            assert server.poll() is None, "the server stopped"
            assert time.monotonic() < end, "the server does not answer"
            time.sleep(0.2)
