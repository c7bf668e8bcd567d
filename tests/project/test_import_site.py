"""``gongkai import site`` as a person calls it: folders and worksheets, with and without a leader."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import openpyxl
import pytest
from django.conf import settings

from gongkai.portal.models import Item, OldAddress, Publication, Status
from gongkai.project import cli

from ..portal import world
from ..portal.moving.site import saved


class Result(NamedTuple):
    status: int
    out: str
    err: str


Call = Callable[..., Result]


@pytest.fixture
def bureau(agency: object) -> SimpleNamespace:
    return world.populate(agency)  # type: ignore[arg-type]


@pytest.fixture
def gongkai(
    bureau: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    monkeypatch.setenv("GONGKAI_HOME", str(tmp_path / "home"))

    def call(*arguments: str | Path) -> Result:
        monkeypatch.setattr(sys, "argv", ["gongkai", "import", "site", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capsys.readouterr()
        return Result(int(ended.value.code or 0), captured.out, captured.err)

    return call


def files() -> set[Path]:
    media = Path(settings.MEDIA_ROOT)
    return {path for path in media.rglob("*") if path.is_file()} if media.exists() else set()


def test_a_folder_becomes_the_site_and_what_is_stopped_is_listed(gongkai: Call, tmp_path: Path) -> None:
    done = gongkai(saved.site(tmp_path / "old"), "--approved-by", "leader")
    assert done.status == 1
    assert "新登记 3 篇，公开 2 篇，未变 0 篇" in done.out
    assert "登记原网址 4 个" in done.out
    assert "有 1 个网页不是文章" in done.out
    assert "补助对象名单" in done.err
    assert "330302199002280015" not in done.out + done.err
    assert Publication.objects.count() == 2


def test_without_a_leader_it_says_how_to_go_on(gongkai: Call, tmp_path: Path) -> None:
    done = gongkai(saved.site(tmp_path / "old"))
    assert done.status == 1  # one of them cannot be published as it is
    assert Item.objects.filter(status=Status.DRAFT).count() == 3
    html = saved.article("一篇文章", "<p>正文正文正文正文正文。</p>")
    done = gongkai(saved.write(tmp_path / "one", {"/art/2018/1/1/art_1_1.html": html}))
    assert done.status == 0
    assert "--approved-by" in done.out


def test_a_dry_run_leaves_nothing_not_even_files(gongkai: Call, tmp_path: Path) -> None:
    before = files()
    done = gongkai(saved.site(tmp_path / "old"), "--approved-by", "leader", "--dry-run")
    assert "新登记 3 篇" in done.out
    assert "只核对，没有导入" in done.out
    assert "补助对象名单" in done.err
    assert not Item.objects.exists()
    assert files() == before


def test_a_bad_page_stops_everything_unless_it_may_be_skipped(gongkai: Call, tmp_path: Path) -> None:
    folder = saved.site(tmp_path / "old")
    saved.write(folder / "tjj.example.gov.cn", {"/art/2018/1/1/art_1_1.html": b""})
    refused = gongkai(folder)
    assert refused.status == 2
    assert "/art/2018/1/1/art_1_1.html：" in refused.err
    assert not Item.objects.exists()
    assert gongkai(folder, "--skip-bad").status == 1
    assert Item.objects.count() == 3


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--approved-by", "nobody"], "没有在用的用户“nobody”"),
        (["--approved-by", "author"], "不是负责人"),
        (["--drafted-by", "leader"], "不能担任"),
        (["--column", "甲/乙/丙"], "写作 一级栏目/二级栏目"),
    ],
)
def test_wrong_people_and_columns_are_refused_before_anything_is_read(
    gongkai: Call, tmp_path: Path, arguments: list[str], why: str
) -> None:
    done = gongkai(saved.site(tmp_path / "old"), *arguments)
    assert done.status == 2
    assert why in done.err
    assert not Item.objects.exists()


def test_a_place_that_is_no_folder_and_no_worksheet_is_refused(gongkai: Call, tmp_path: Path) -> None:
    (tmp_path / "a.rar").write_bytes(b"Rar!")
    assert "不能导入" in gongkai(tmp_path / "a.rar").err
    assert gongkai(tmp_path / "gone.xlsx").status == 2
    (tmp_path / "empty").mkdir()
    assert "没有网页文件" in gongkai(tmp_path / "empty").err


def worksheet(folder: Path, template: Path, *rows: dict[str, object]) -> Path:
    workbook = openpyxl.load_workbook(template)
    sheet = workbook["文章"]
    headings = [cell.value for cell in sheet[1]]
    for line, row in enumerate(rows, start=3):
        for heading, value in row.items():
            sheet.cell(line, headings.index(heading) + 1, value)
    path = folder / "文章.xlsx"
    workbook.save(path)
    return path


def test_a_worksheet_goes_from_template_to_public_articles(gongkai: Call, tmp_path: Path) -> None:
    template = tmp_path / "空白.xlsx"
    assert gongkai("--template", template).status == 0
    saved.write(
        tmp_path,
        {"/bodies/1.html": "<p>正文来自文件。</p><img src='1.png' alt='图'>", "/bodies/1.png": saved.picture()},
    )
    (tmp_path / "附件.xlsx").write_bytes(saved.workbook())
    common = {"一级栏目": "工作动态", "二级栏目": "市局动态"}
    path = worksheet(
        tmp_path,
        template,
        {
            **common,
            "标题": "第一篇",
            "发布日期": "2017-03-02 08:15",
            "正文": "第一段。\n第二段。",
            "来源": "办公室",
            "附件": "附件.xlsx",
            "原网址": "http://old.example/art/1.html?x=1",
        },
        {
            **common,
            "标题": "第二篇",
            "发布日期": "2018.4.5",
            "正文文件": "bodies/1.html",
            "索引号": "000000000/2018-00001",
        },
    )
    done = gongkai(path, "--approved-by", "leader")
    assert (done.status, done.err) == (0, "")
    assert "新登记 2 篇，公开 2 篇" in done.out
    first, second = Publication.objects.order_by("published_on").select_related("edition")
    assert first.live_from == world.moment("2017-03-02 08:15")
    assert "<p>第一段。</p><p>第二段。</p>" in first.edition.data["html"].replace("\n", "")
    assert len(first.edition.data["attachments"]) == 1
    assert second.index_number == "000000000/2018-00001"
    assert "<img" in second.edition.data["html"]
    assert OldAddress.objects.get().path == "/art/1.html"
    again = gongkai(path, "--approved-by", "leader")
    assert "新登记 0 篇，公开 0 篇，未变 2 篇" in again.out


def test_bad_rows_are_named_and_written_out_for_correction(gongkai: Call, tmp_path: Path) -> None:
    template = tmp_path / "空白.xlsx"
    gongkai("--template", template)
    common = {"一级栏目": "工作动态", "二级栏目": "市局动态", "发布日期": "2018-01-02"}
    path = worksheet(
        tmp_path,
        template,
        {**common, "标题": "好的", "正文": "正文。"},
        {**common, "标题": "没有正文"},
        {**common, "标题": "文件不在", "正文文件": "../etc/passwd"},
    )
    refused = gongkai(path)
    assert refused.status == 2
    assert "正文、正文文件、附件至少填一样" in refused.err
    assert "没有文件“../etc/passwd”" in refused.err
    done = gongkai(path, "--skip-bad")
    assert done.status == 1
    assert [item.title for item in Item.objects.all()] == ["好的"]
    rows = openpyxl.load_workbook(tmp_path / "文章-需更正.xlsx").worksheets[0]
    assert {row[0].value for row in rows.iter_rows(min_row=2)} == {"没有正文", "文件不在"}
