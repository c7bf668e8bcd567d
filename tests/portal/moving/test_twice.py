"""A publication that both the site and a ledger tell of counts once, in whichever order they come."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from gongkai.bureau.figures import Scope
from gongkai.portal.figures import PUBLISHED
from gongkai.portal.models import Publication
from gongkai.portal.moving.twice import Shown, absorb, told
from gongkai.portal.sheets import BOOK
from gongkai.sheets.importing import import_book

from .. import world

DAY = date(2020, 3, 2)
TITLE = "一季度统计工作会议召开"


def ledger(path: Path, *rows: tuple[str, str, str, str]) -> Path:
    """A ledger: day, title, first and second level."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("门户网站")
        sheet.write_row(0, 0, ["发布日期", "标题", "一级栏目", "二级栏目", "信息类别"])
        for line, row in enumerate(rows, start=1):
            sheet.write_row(line, 0, [*row, "政务动态信息"])
    return path


def count(bureau: SimpleNamespace) -> int:
    return sum(PUBLISHED.evaluate(Scope.of(bureau.agency, 2020)).values())


def test_a_row_of_what_was_published_here_is_not_counted_again(bureau: SimpleNamespace, tmp_path: Path) -> None:
    world.published(bureau, at=world.moment("2020-03-02 09:30"))
    path = ledger(
        tmp_path / "台账.xlsx",
        ("2020-03-02", "一季度统计工作会议 召开", "工作动态", "市局动态"),
        ("2020-03-03", TITLE, "工作动态", "市局动态"),
        ("2020-03-02", "另一条", "工作动态", "市局动态"),
    )
    for created, unchanged in ((2, 1), (0, 3)):
        result = import_book(BOOK, path, bureau.agency)
        assert (result.tally.created, result.tally.unchanged) == (created, unchanged)
        assert any("没有重复登记" in note for note in result.tally.notes)
        assert count(bureau) == 3


def test_a_text_in_two_columns_of_a_ledger_counts_for_the_second_too(bureau: SimpleNamespace, tmp_path: Path) -> None:
    world.published(bureau, at=world.moment("2020-03-02 09:30"))
    rows = [("2020-03-02", TITLE, "统计数据", ""), ("2020-03-02", TITLE, "工作动态", "市局动态")]
    result = import_book(BOOK, ledger(tmp_path / "台账.xlsx", *rows), bureau.agency)
    assert (result.tally.created, result.tally.unchanged) == (1, 1)
    assert count(bureau) == 2


def test_a_publication_takes_the_place_of_the_row_that_told_of_it(bureau: SimpleNamespace, tmp_path: Path) -> None:
    path = ledger(tmp_path / "台账.xlsx", ("2020-03-02", TITLE, "工作动态", "市局动态"))
    import_book(BOOK, path, bureau.agency)
    item = world.published(bureau, at=world.moment("2020-03-02 09:30"))
    assert count(bureau) == 2
    assert absorb(Publication.objects.get(item=item))
    assert not absorb(Publication.objects.get(item=item))
    assert count(bureau) == 1
    assert import_book(BOOK, path, bureau.agency).tally.created == 0
    assert count(bureau) == 1


ROWS = st.lists(st.tuples(st.sampled_from([DAY, date(2020, 3, 3)]), st.sampled_from("甲乙"), st.sampled_from("子丑")))


@given(pages=ROWS, rows=ROWS)
def test_each_page_answers_for_one_row_and_none_is_left_unanswered(pages: list[Any], rows: list[Any]) -> None:
    shown = Shown((day, title, first, "") for day, title, first in pages)
    matched: Counter[Any] = Counter()
    for day, title, first in rows:
        values = {"published_on": day, "title": title, "first_level": first, "second_level": ""}
        matched[told(day, title)] += shown.has(values)
    have = Counter(told(day, title) for day, title, _ in pages)
    want = Counter(told(day, title) for day, title, _ in rows)
    assert +matched == have & want
