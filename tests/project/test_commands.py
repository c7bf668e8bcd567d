"""The commands of the records, called as a person calls them."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import sysconfig
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from django.db import connection
from pytest_django import Settings

from gongkai.applications.models import Application
from gongkai.bureau.models import Agency
from gongkai.ledger import keyfile, triggers
from gongkai.project import cli

COMMAND = Path(sysconfig.get_path("scripts")) / "gongkai"
ROW = {"收件编号": "1", "收到日期": "2020.3.2", "申请人类型": "自然人", "申请人姓名或名称": "欧阳测试"}


class Result(NamedTuple):
    status: int
    out: str
    err: str


Call = Callable[..., Result]


@pytest.fixture
def gongkai(
    agency: Agency, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Call a command on the database of the test."""
    monkeypatch.setenv("GONGKAI_HOME", str(tmp_path / "home"))

    def call(*arguments: str | Path) -> Result:
        monkeypatch.setattr(sys, "argv", ["gongkai", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capsys.readouterr()
        return Result(int(ended.value.code or 0), captured.out, captured.err)

    return call


def fill(template: Path, path: Path, *rows: dict[str, object]) -> Path:
    """Write rows, by heading, under the example row of a template."""
    workbook = openpyxl.load_workbook(template)
    worksheet = workbook.worksheets[1]
    headings = [cell.value for cell in worksheet[1]]
    for line, row in enumerate(rows, start=3):
        for heading, value in row.items():
            worksheet.cell(line, headings.index(heading) + 1, value)
    workbook.save(path)
    return path


def test_a_ledger_goes_from_template_to_records(gongkai: Call, tmp_path: Path) -> None:
    template = tmp_path / "空白.xlsx"
    assert gongkai("import", "applications", "--template", template).status == 0
    path = fill(template, tmp_path / "台账.xlsx", ROW, ROW | {"收件编号": "2", "收到日期": "2020.2.30"})

    refused = gongkai("import", "applications", path)
    assert refused.status == 2
    assert "第 4 行“收到日期”：“2020.2.30”不是日历上的日子" in refused.err
    assert "什么也没有登记" in refused.err
    assert not Application.objects.exists()

    partly = gongkai("import", "applications", path, "--skip-bad")
    assert partly.status == 1
    assert "新登记 1 件" in partly.out
    assert (tmp_path / "台账-需更正.xlsx").exists()

    fill(template, path, ROW)
    again = gongkai("import", "applications", path)
    assert again.status == 0
    assert again.out == "温州市统计局·依申请公开台账：新登记 0 件，更新 0 件，未变 1 件。\n"


def test_a_filled_ledger_is_never_overwritten_by_a_template(gongkai: Call, tmp_path: Path) -> None:
    (tmp_path / "台账.xlsx").write_bytes(b"filled")
    result = gongkai("import", "applications", "--template", tmp_path / "台账.xlsx")
    assert (result.status, (tmp_path / "台账.xlsx").read_bytes()) == (2, b"filled")


def test_rebuild_says_what_differed_and_mends_it(gongkai: Call, tmp_path: Path) -> None:
    gongkai("import", "applications", "--template", tmp_path / "t.xlsx")
    gongkai("import", "applications", fill(tmp_path / "t.xlsx", tmp_path / "a.xlsx", ROW))
    assert gongkai("rebuild").out == "与台账一致，没有差别。\n"
    Application.objects.update(status="closed", document_number="伪造", due_on="2030-01-01")
    told = gongkai("rebuild", "--dry-run")
    assert told.status == 1
    assert "申请 2020-00001：答复期限存为“2030-01-01”，按台账应为“2020-03-30”" in told.out
    assert gongkai("rebuild").status == 1
    assert gongkai("rebuild").status == 0


def test_tampering_behind_the_triggers_is_reported(gongkai: Call, tmp_path: Path) -> None:
    gongkai("import", "applications", "--template", tmp_path / "t.xlsx")
    gongkai("import", "applications", fill(tmp_path / "t.xlsx", tmp_path / "a.xlsx", ROW))
    assert gongkai("verify").out == "1 个机关的台账完好。\n"
    triggers.remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("UPDATE ledger_entry SET occurred_on = '2020-03-30'")
    verified, doctor = gongkai("verify"), gongkai("doctor")
    triggers.install(connection)
    assert verified.status == 1
    assert "温州市统计局：从第 1 条起不可信——内容与摘要不符" in verified.out
    assert "✗ 台账防改" in doctor.out
    assert doctor.status == 1


def test_doctor_finds_a_sound_installation_sound(gongkai: Call) -> None:
    unsound = [line for line in gongkai("doctor").out.splitlines() if line.startswith("✗")]
    # What depends on the machine and the day is not judged here.
    assert [line for line in unsound if "工作日历" not in line and "磁盘" not in line] == []


def test_an_agency_is_registered_under_another(gongkai: Call, agency: Agency) -> None:
    assert gongkai("agency", "lc", "鹿城区统计局", "--parent", agency.code).out == "已登记：lc 鹿城区统计局\n"
    assert Agency.objects.get(code="lc").get_parent() == agency
    assert gongkai("agency", "lc", "鹿城统计局").out == "已更改：lc 鹿城统计局\n"
    assert Agency.objects.get(code="lc").name == "鹿城统计局"
    assert "有几个机关，请用 --agency 指明" in gongkai("import", "applications", "x.xlsx").err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("import", "potatoes", "x.xlsx"), "没有“potatoes”这一类。可以导入：applications、"),
        (("import", "applications"), "请给出要导入的文件"),
        (("import", "applications", "missing.xlsx"), "打不开文件 missing.xlsx"),
        (
            ("import", "applications", "x.xlsx", "--agency", "nobody"),
            "没有代码为 nobody 的机关。已登记的机关：330300-tj",
        ),
        (("import", "applications", "--template", "x.txt"), "须以 .xlsx 结尾"),
        (("verify", "--agency", "nobody"), "没有代码为 nobody 的机关"),
        (("rebuild", "--agency", "nobody"), "没有代码为 nobody 的机关"),
        (("manage", "potatoes"), "没有管理命令 potatoes"),
    ],
)
def test_a_call_that_cannot_be_carried_out_says_why(gongkai: Call, arguments: tuple[str, ...], message: str) -> None:
    result = gongkai(*arguments)
    assert result.status == 2
    assert message in result.err


@pytest.mark.parametrize(("code", "name"), [("", "某局"), ("x", " ")])
def test_an_agency_without_a_code_or_a_name_is_refused(gongkai: Call, code: str, name: str) -> None:
    assert gongkai("agency", code, name).status == 2
    assert not Agency.objects.filter(code__in=["", "x"]).exists()


def test_an_agency_moves_under_another_but_not_under_itself(gongkai: Call, agency: Agency) -> None:
    gongkai("agency", "lc", "鹿城区统计局")
    gongkai("agency", "lc-1", "五马街道", "--parent", "lc")
    assert gongkai("agency", "lc", "鹿城区统计局", "--parent", agency.code).status == 0
    assert [found.code for found in Agency.objects.get(code="lc-1").get_ancestors()] == [agency.code, "lc"]
    refused = gongkai("agency", "lc", "鹿城区统计局", "--parent", "lc-1")
    assert refused.status == 2
    assert "五马街道是鹿城区统计局自己或者它的下级" in refused.err


def test_an_error_that_no_command_foresaw_is_one_line_and_not_a_failed_check(
    gongkai: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Agency) -> None:
        raise RuntimeError("张三\n的身份证号")

    monkeypatch.setattr("gongkai.ledger.services.verify", broken)
    result = gongkai("verify")
    assert result.status == 2
    assert result.err.startswith("错误：程序出错（builtins.RuntimeError），没有完成。")
    assert result.err.count("\n") == 1
    assert "张三" not in result.err, "what it was about may be personal data"


def test_doctor_sees_that_a_new_key_does_not_open_what_is_there(
    gongkai: Call, tmp_path: Path, settings: Settings
) -> None:
    template = tmp_path / "空白.xlsx"
    gongkai("import", "applications", "--template", template)
    gongkai("import", "applications", fill(template, tmp_path / "台账.xlsx", ROW))
    assert "✗ 个人信息密钥" not in gongkai("doctor").out
    settings.FIELD_KEYS = keyfile.new_key()
    result = gongkai("doctor")
    assert result.status == 1
    assert "✗ 个人信息密钥：打不开已有的个人信息（申请人）" in result.out


def test_a_key_that_is_none_is_said_before_anything_is_done(gongkai: Call, settings: Settings) -> None:
    settings.FIELD_KEYS = "abc"
    result = gongkai("verify")
    assert result.status == 2
    assert "个人信息的密钥不能用：" in result.err


def test_keys_are_rotated_by_command(gongkai: Call) -> None:
    assert "申请人：重新加密 0 条。" in gongkai("rotate-keys").out


def test_keys_are_not_rotated_without_the_old_key(gongkai: Call, tmp_path: Path, settings: Settings) -> None:
    template = tmp_path / "空白.xlsx"
    gongkai("import", "applications", "--template", template)
    assert gongkai("import", "applications", fill(template, tmp_path / "台账.xlsx", ROW)).status == 0
    settings.FIELD_KEYS = keyfile.new_key()
    result = gongkai("rotate-keys")
    assert result.status == 2
    assert "请把原来的密钥加入 GONGKAI_FIELD_KEYS。" in result.err


# --- An installation of its own, from nothing -----------------------------------------------------------


def run(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Call a command in a process of its own on an installation on SQLite."""
    own = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    own |= {"GONGKAI_HOME": str(home), **environment}
    return subprocess.run([COMMAND, *arguments], env=own, capture_output=True, encoding="utf-8")


def test_an_empty_home_says_what_to_run(tmp_path: Path) -> None:
    result = run(tmp_path / "new", "verify")
    assert result.returncode == 2
    assert "gongkai manage migrate" in result.stderr
    doctor = run(tmp_path / "new", "doctor")
    assert doctor.returncode == 1
    assert "✗ 台账防改：台账还没有建立" in doctor.stdout, "nobody deleted anything"
    assert stat.S_IMODE((tmp_path / "new" / "keys").stat().st_mode) == 0o700


def test_a_database_that_is_not_there_says_so(tmp_path: Path) -> None:
    result = run(tmp_path / "home", "verify", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert result.returncode == 2
    assert "连不上数据库" in result.stderr
    assert result.stderr.count("\n") == 1, "what the driver says has several lines"


@pytest.mark.parametrize("address", ["mysql://me:secret@localhost/none", "nonsense-secret"])
def test_a_database_of_another_make_is_refused(tmp_path: Path, address: str) -> None:
    result = run(tmp_path / "home", "verify", DATABASE_URL=address)
    assert result.returncode == 2
    assert result.stderr.startswith("错误：设置不对：DATABASE_URL 应当写作 postgres://")
    assert "secret" not in result.stderr
    assert result.stderr.count("\n") == 1


def test_from_tables_to_a_ledger_on_disk_and_a_page(tmp_path: Path, laid_database: Path) -> None:
    """Also reads the database files themselves: no personal value stands in them in clear."""
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(laid_database, home / "db.sqlite3")  # laying the tables takes longer than all the rest
    for arguments in (
        ("manage", "migrate", "--verbosity", "0"),
        ("agency", "tj", "温州市统计局"),
        ("import", "applications", "--template", str(tmp_path / "t.xlsx")),
    ):
        done = run(home, *arguments)
        assert done.returncode == 0, done.stderr
    path = fill(tmp_path / "t.xlsx", tmp_path / "a.xlsx", ROW)
    imported = run(home, "import", "applications", str(path))
    assert imported.returncode == 0, imported.stderr
    files = b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())
    assert b"2020-00001" in files
    assert "欧阳测试".encode() not in files
    key = home / "keys" / "fields.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    key.chmod(0o644)
    doctor = run(home, "doctor")
    assert doctor.returncode == 1
    assert f"chmod 600 {key}" in doctor.stdout
    assert 'lang="zh-hans"' in sign_in_page(home)


def sign_in_page(home: Path) -> str:
    """What the server of the installation gives for its sign-in page."""
    port = 20_000 + os.getpid() % 10_000
    own = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {"GONGKAI_HOME": str(home)}
    arguments = [COMMAND, "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(arguments, env=own, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as server:
        try:
            for _ in range(300):
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/admin/login/") as response:
                        return str(response.read().decode())
                except OSError:
                    time.sleep(0.2)
        finally:
            server.terminate()
    raise AssertionError("the server did not answer within a minute")
