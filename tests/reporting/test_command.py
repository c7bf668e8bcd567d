"""``gongkai report`` and ``gongkai import reports`` as people call them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from gongkai.annual.read import read
from gongkai.annual.report import Report
from gongkai.annual.write import write
from gongkai.applications.models import ApplicantKind
from gongkai.bureau.models import Agency
from gongkai.project.commands import import_, report
from gongkai.reporting import services
from gongkai.reporting.models import PublishedReport

from . import world
from .test_services import finished


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files are written where the command is called; the database is the test's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(report, "start", lambda **_: None)
    monkeypatch.setattr(import_, "start", lambda **_: None)
    return tmp_path


def call(command: click.Command, *arguments: str) -> tuple[int, str, str]:
    """Exit status, standard output, standard error; 2 for what ``main`` turns into 2."""
    result: Result = CliRunner().invoke(command, arguments, standalone_mode=False)
    if isinstance(result.exception, click.ClickException):
        return 2, result.stdout, result.exception.format_message()
    assert result.exception is None, result.exc_info
    return result.return_value, result.stdout, result.stderr


def test_the_report_is_written_under_its_title_in_word_and_pdf(year_2020: Agency, here: Path) -> None:
    status, said, _ = call(report.command, "--year", "2020")
    assert status == 0
    names = {path.name for path in here.iterdir()}
    assert names == {f"温州市统计局2020年政府信息公开工作年度报告.{ending}" for ending in ("docx", "pdf")}
    assert all(name in said for name in names)
    now = services.current(year_2020, world.YEAR).report
    for name in names:
        assert read(here / name).tables == now.tables


@pytest.mark.parametrize("ending", ["docx", "html", "xlsx", "json"])
def test_each_format_is_known_by_the_files_ending(year_2020: Agency, here: Path, ending: str) -> None:
    assert call(report.command, "--year", "2020", "--out", f"out.{ending}")[0] == 0
    assert read(here / f"out.{ending}").year == 2020


def test_the_form_can_be_chosen(year_2020: Agency, here: Path) -> None:
    assert call(report.command, "--year", "2020", "--form", "2021", "--out", "out.json")[0] == 0
    assert read(here / "out.json").form.code == "2021"


def test_a_report_that_contradicts_itself_is_written_as_a_draft_only(year_2020: Agency, here: Path) -> None:
    services.save_prose(year_2020, world.YEAR, {"1": ["全年新收政府信息公开申请9999件。"]})
    status, _, said = call(report.command, "--year", "2020", "--out", "out.json")
    assert status == 1
    assert "自相矛盾" in said
    assert "9999" in said
    assert not (here / "out.json").exists()
    status, _, _ = call(report.command, "--year", "2020", "--out", "out.json", "--draft")
    assert status == 1, "something failed its check, and it was done all the same"
    assert (here / "out.json").exists()


def test_what_is_written_after_publishing_says_how_it_differs(year_2020: Agency, here: Path) -> None:
    services.save_prose(year_2020, world.YEAR, finished(year_2020))
    services.publish(year_2020, world.YEAR)
    assert call(report.command, "--year", "2020", "--out", "out.json")[2] == ""
    world.application(year_2020, "late", date(2020, 5, 6), kind=ApplicantKind.RESEARCH)
    status, _, said = call(report.command, "--year", "2020", "--out", "out.json")
    assert status == 0
    assert "发布的第 1 版有" in said
    assert "科研机构" in said
    assert "用的是 2019 版格式" in call(report.command, "--year", "2020", "--form", "2021", "--out", "out.json")[2]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--out", "out.exe"], ".exe"),
        (["--out", "nowhere/out.pdf"], "nowhere"),
        (["--form", "1999"], "1999"),
        (["--year", "2018"], "2018"),
        (["--year", "2999"], "2999"),
        (["--agency", "nobody"], "nobody"),
    ],
)
def test_what_cannot_be_done_is_said(year_2020: Agency, here: Path, arguments: list[str], said: str) -> None:
    status, _, why = call(report.command, "--year", "2020", *arguments)
    assert status == 2
    assert said in why
    assert not list(here.iterdir())


def test_with_several_agencies_one_must_be_named(year_2020: Agency) -> None:
    Agency.add_root(code="other", name="别的局")
    status, _, why = call(report.command, "--year", "2020")
    assert status == 2
    assert "--agency" in why
    assert call(report.command, "--year", "2020", "--agency", year_2020.code, "--out", "out.json")[0] == 0


@pytest.fixture
def earlier(year_2020: Agency, here: Path) -> Report:
    """The report of 2019, as it was published in files."""
    found = services.current(year_2020, 2019).report
    for ending in ("docx", "html", "xlsx"):
        write(found, here / f"2019.{ending}")
    return found


@pytest.mark.parametrize("ending", ["docx", "html", "xlsx"])
def test_an_earlier_year_is_imported_once(year_2020: Agency, earlier: Report, ending: str) -> None:
    assert call(import_.command, "reports", f"2019.{ending}")[0] == 0
    kept = PublishedReport.objects.get()
    assert (kept.year, kept.file_name) == (2019, f"2019.{ending}")
    assert kept.as_read().tables == earlier.tables
    _, said, _ = call(import_.command, "reports", f"2019.{ending}")
    assert "未变 1 件" in said
    again = PublishedReport.objects.get()
    assert again.imported_at == kept.imported_at
    assert services.current(year_2020, 2020).previous is not None


def test_several_files_are_imported_at_once_and_the_last_of_a_year_counts(earlier: Report) -> None:
    status, said, _ = call(import_.command, "reports", "2019.docx", "2019.xlsx")
    assert status == 0
    assert "新登记 1 件" in said
    assert "更新 1 件" in said
    assert PublishedReport.objects.get().file_name == "2019.xlsx"


def test_another_bodys_report_is_refused(earlier: Report) -> None:
    Agency.add_root(code="other", name="地震局")
    status, _, why = call(import_.command, "reports", "2019.docx", "--agency", "other")
    assert status == 2
    assert "温州市统计局" in why
    assert not PublishedReport.objects.exists()


def test_a_file_that_is_no_report_is_refused(year_2020: Agency, here: Path) -> None:
    (here / "x.docx").write_bytes(b"PK\x03\x04 broken")
    status, _, why = call(import_.command, "reports", "x.docx")
    assert status == 2
    assert "x.docx" in why


def test_trying_out_keeps_nothing(earlier: Report) -> None:
    assert call(import_.command, "reports", "2019.docx", "--dry-run")[0] == 0
    assert not PublishedReport.objects.exists()
