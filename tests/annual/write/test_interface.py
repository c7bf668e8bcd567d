"""One interface for every format."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.annual.write import ENDINGS, MEDIA_TYPES, UnknownEndingError, render, write

from .examples import REPORT_2020

MAGIC = {
    "docx": b"PK",
    "xlsx": b"PK",
    "pdf": b"%PDF-",
    "html": b"<!DOCTYPE html>",
    "htm": b"<!DOCTYPE html>",
    "json": b"{",
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_ending_of_the_path_chooses_the_format(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"年报.{ending.upper()}"
    write(REPORT_2020, path)
    assert path.read_bytes().startswith(MAGIC[ending])
    assert ending in MEDIA_TYPES


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_report_gives_the_same_bytes(ending: str) -> None:
    assert render(REPORT_2020, ending) == render(REPORT_2020, f".{ending}")


@pytest.mark.parametrize(("name", "named"), [("年报.odt", "“.odt”"), ("年报", "没有后缀")])
def test_an_unknown_ending_is_refused_in_words_and_nothing_is_written(name: str, named: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownEndingError, match=named) as caught:
        write(REPORT_2020, tmp_path / name)
    assert ".docx" in str(caught.value)
    assert not (tmp_path / name).exists()


def test_importing_the_writers_loads_no_format_library() -> None:
    heavy = ("docx", "typst", "xlsxwriter", "noto_cjk", "lxml")
    code = f"import sys, gongkai.annual.write; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
