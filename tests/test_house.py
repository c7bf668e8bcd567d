"""The house keeps its own rules: small files, rooms that say what they are, commands that help, quick checks."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest

import gongkai
from gongkai.annual.forms import FORM_2019
from gongkai.annual.report import Paragraph, Report, Section, TableData, zeros
from gongkai.annual.write import write
from gongkai.project.cli import COMMANDS

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "gongkai"
ROOMS = sorted(path.parent for path in SOURCE.glob("*/__init__.py"))
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Call ``gongkai`` as a person does, in a process of its own."""
    return subprocess.run(
        [Path(sysconfig.get_path("scripts")) / "gongkai", *arguments],
        capture_output=True,
        encoding="utf-8",
    )


def test_files_stay_a_few_screens_long() -> None:
    sources = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
    sizes = {path: (path.stat().st_size, path.read_text("utf-8").count("\n")) for path in sources}
    assert sources
    assert {
        str(path.relative_to(ROOT)): size for path, size in sizes.items() if size[0] > 24_000 or size[1] > 500
    } == {}


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_room_says_what_it_is(room: Path) -> None:
    docstring = ast.get_docstring(ast.parse((room / "__init__.py").read_text("utf-8")))
    assert docstring, f"{room.name}/__init__.py has no docstring"
    assert docstring.endswith("."), "a sentence"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_in_chinese(name: str) -> None:
    done = run(name, "--help")
    assert done.returncode == 0, done.stderr
    usage, _, rest = done.stdout.partition("\n")
    assert usage.startswith(f"用法：gongkai {name}")
    described = rest.split("选项")[0]
    assert CHINESE.search(described), "what the command does"
    assert CHINESE.search(COMMANDS[name][1]), "the line in the list of commands"


def test_the_list_of_commands_names_each_with_its_summary() -> None:
    listed = run("--help").stdout
    for name, (_, summary) in COMMANDS.items():
        assert re.search(rf"^  {re.escape(name)} +{re.escape(summary[:8])}", listed, re.MULTILINE), name


def test_version_is_the_one_that_is_packaged() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert run("--version").stdout == f"gongkai {declared}\n"
    assert gongkai.__version__ == declared


def test_lock_file_knows_every_declared_dependency() -> None:
    """A dependency added to pyproject.toml alone would not be installed: everything runs on the committed lock."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lock = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
    (locked,) = [package for package in lock["package"] if package["name"] == "gongkai"]

    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[^A-Za-z0-9._-]", requirement)[0].lower() for requirement in requirements}

    assert names(project["project"]["dependencies"]) == {entry["name"] for entry in locked["dependencies"]}
    assert names(project["dependency-groups"]["dev"]) == {entry["name"] for entry in locked["dev-dependencies"]["dev"]}


def a_report() -> Report:
    """A report on which nothing happened: complete, and without contradiction."""
    sections = tuple(
        Section(head.number, head.title, (Paragraph(f"本年度{head.title}无其他事项。"),)) for head in FORM_2019.sections
    )
    tables = {number: TableData(zeros(FORM_2019, number)) for number in FORM_2019.tables}
    title = "某某市统计局2020年政府信息公开工作年度报告"
    return Report("某某市统计局", 2020, FORM_2019, title=title, sections=sections, tables=tables)


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--help"),
        ("check", "report.html"),
        ("check", "report.docx"),
        ("deadline", "--help"),
        ("deadline", "--received", "2022-09-30"),
    ],
    ids=" ".join,
)
def test_check_and_deadline_start_without_the_web_framework(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """One file answers in well under a second; Django and Wagtail alone would take longer."""
    for argument in arguments:
        if argument.startswith("report."):
            write(a_report(), tmp_path / argument)
    program = (
        "import sys; from gongkai.project.cli import main\n"
        "try: main()\n"
        "finally: print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, cwd=tmp_path, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    loaded = set(done.stderr.splitlines()[-1].split())
    assert "click" in loaded, "the list of modules was printed"
    assert not loaded & {"django", "wagtail", "modelcluster", "treebeard"}
