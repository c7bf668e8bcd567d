"""What the README and the manual print can be typed: commands, options, files and the output of the check."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from gongkai.project.cli import COMMANDS, cli

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
EXAMPLE = "docs/examples/wenzhou-2020.txt"


def typed(text: str) -> Iterator[list[str]]:
    """The command lines of ``console`` blocks, and those inside running text, as words."""
    for block in re.findall(r"^```console\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        for line in re.findall(r"^\$ (.*)$", block.replace("\\\n", " "), re.MULTILINE):
            yield shlex.split(line, comments=True)
    for line in re.findall(r"`((?:gongkai|make) [^`\n]*)`", text):
        yield line.split()


def arguments_of_gongkai(page: Path) -> Iterator[list[str]]:
    for words in typed(page.read_text("utf-8")):
        if words and Path(words[0]).name == "gongkai":
            yield words[1:]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_in_the_documentation_exists_with_its_options(page: Path) -> None:
    for words in arguments_of_gongkai(page):
        name, *rest = words
        if name.startswith("-"):
            assert name in {"--help", "--version"}, words
            continue
        assert name in COMMANDS or not name.isascii(), f"no command gongkai {name}"
        if name == "manage" or name not in COMMANDS:
            continue
        command = cli.get_command(cli.make_context("gongkai", ["--help"], resilient_parsing=True), name)
        assert command is not None
        known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
        assert {word for word in rest if word.startswith("--")} <= known, words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_target_of_make_in_the_documentation_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = [words for words in typed(page.read_text("utf-8")) if words[:1] == ["make"]]
    assert {words[1] for words in named if "=" not in words[1]} <= targets


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_links_and_pictures_of_the_readme_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
    assert links
    missing = [link for link in links if "://" not in link and not (ROOT / unquote(link)).exists()]
    assert missing == []


def test_the_manual_names_every_command() -> None:
    manual = (ROOT / "docs/manual/commands.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"| `gongkai {name}` |" not in manual] == []


@pytest.mark.parametrize("page", [*READMES, ROOT / "docs/manual/check.md"], ids=lambda page: page.name)
def test_the_check_of_the_example_says_what_is_printed(page: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-c", "from gongkai.project.cli import main; main()", "check", EXAMPLE],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert found.returncode == 1
    said = found.stdout.splitlines()
    (block,) = re.findall(rf"gongkai check {re.escape(EXAMPLE)}\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    shown = [line for line in block.splitlines() if line.strip() != "…"]
    assert shown == said[: len(shown)]
    if page not in READMES:
        assert shown == said
