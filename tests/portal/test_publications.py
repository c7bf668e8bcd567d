"""What was published on the site: counted by kind and by column, imported from a ledger."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.bureau.figures import Scope
from gongkai.bureau.models import Agency
from gongkai.portal import figures
from gongkai.portal.models import Column, Kind, Publication
from gongkai.sheets.book import Book, kinds
from gongkai.sheets.importing import Imported, import_book

from ..sheets.workbooks import write

ROW = {
    "published_on": "2020.3.2",
    "title": "二月居民消费价格",
    "kind": "政务动态信息",
    "first_level": "工作动态",
    "second_level": "市局动态",
}


def load(path: Path, agency: Agency, rows: list[dict[str, Any]]) -> Imported:
    book = kinds()["publications"]
    assert isinstance(book, Book)
    columns = book.sheets[0].columns
    cells = [[row.get(column.code, "") for column in columns] for row in rows]
    file = write(path / "台账.xlsx", {"门户网站": [[column.heading for column in columns], *cells]})
    return import_book(book, file, agency)


@pytest.mark.django_db
def test_the_workbook_of_publications_has_a_worksheet_for_every_channel() -> None:
    book = kinds()["publications"]
    assert isinstance(book, Book)
    assert [sheet.title for sheet in book.sheets] == ["门户网站", "其他渠道", "订阅数", "新闻发布会"]


@pytest.mark.django_db
def test_publications_are_counted_by_kind_and_by_column(agency: Agency) -> None:
    random = Random(7)
    columns = [
        Column.objects.create(agency=agency, name=name, first_level=name.split("/")[0])
        for name in ("甲/一", "甲/二", "乙/一")
    ]
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2020, 6, 30), date(2020, 12, 31), date(2021, 1, 1)]
    rows = [(random.choice(days), random.choice(Kind.values), random.choice(columns)) for _ in range(200)]
    for day, kind, column in rows:
        Publication.objects.create(agency=agency, column=column, kind=kind, title="标题", published_on=day)
    scope = Scope.of(agency, 2020)
    assert figures.PUBLISHED.evaluate(scope) == Counter((kind,) for day, kind, _ in rows if day.year == 2020)
    by_column = figures.PUBLISHED_BY_COLUMN.evaluate(scope)
    assert by_column == Counter((c.first_level, c.name) for day, _, c in rows if day.year == 2020)
    of_first = figures.PUBLISHED_BY_COLUMN.drill(scope, {"column__first_level": "甲"})
    assert of_first.count() == sum(count for (first, _), count in by_column.items() if first == "甲")


@pytest.mark.django_db
def test_what_was_withdrawn_was_published_all_the_same(agency: Agency, tmp_path: Path) -> None:
    load(tmp_path, agency, [{**ROW, "withdrawn_on": "2020-05-01"}])
    assert figures.PUBLISHED.evaluate(Scope.of(agency, 2020)) == {("news",): 1}


@pytest.mark.django_db
def test_columns_are_made_once_and_said_to_be_new(agency: Agency, tmp_path: Path) -> None:
    result = load(tmp_path, agency, [ROW, {**ROW, "title": "另一条"}, {**ROW, "second_level": ""}])
    assert result.tally.notes == ["新建栏目 2 个，请核对名称：工作动态、工作动态 / 市局动态。"]
    again = load(tmp_path, agency, [{**ROW, "title": "第三条"}])
    assert again.tally.notes == []
    assert [str(column) for column in Column.objects.all()] == ["工作动态", "工作动态 / 市局动态"]


@pytest.mark.django_db
def test_the_same_row_again_is_the_same_publication_and_takes_up_its_withdrawal(agency: Agency, tmp_path: Path) -> None:
    load(tmp_path, agency, [ROW])
    unchanged = load(tmp_path, agency, [ROW])
    assert (unchanged.tally.created, unchanged.tally.unchanged) == (0, 1)
    updated = load(tmp_path, agency, [{**ROW, "withdrawn_on": "2020-05-01"}])
    assert updated.tally.updated == 1
    assert Publication.objects.get().withdrawn_on == date(2020, 5, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"published_on": "2020.2.30"}, "“发布日期”：“2020.2.30”不是日历上的日子"),
        ({"kind": "新闻"}, "“信息类别”：“新闻”不在可填的范围内"),
        ({"withdrawn_on": "2020-1-1"}, "“撤下日期”：早于发布日期（2020-03-02）"),
        ({"second_level": "工作动态"}, "“二级栏目”：与一级栏目相同；没有二级栏目的空着"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_imported(
    agency: Agency, tmp_path: Path, change: dict[str, str], message: str
) -> None:
    result = load(tmp_path, agency, [ROW, {**ROW, "title": "坏行", **change}])
    assert result.refused
    assert str(result.errors[0]).startswith(f"〔门户网站〕第 3 行{message}")
    assert not Publication.objects.exists()
    assert not Column.objects.exists()


@pytest.mark.django_db
def test_the_demonstration_marks_its_records(tmp_path: Path) -> None:
    agency = Agency.add_root(code="demo", name="演示", is_demo=True)
    load(tmp_path, agency, [ROW])
    assert Publication.objects.get().is_demo


@pytest.mark.django_db
def test_a_query_takes_many_rows(agency: Agency, tmp_path: Path) -> None:
    def count(rows: int) -> int:
        many = [{**ROW, "title": f"{rows}/{n}"} for n in range(rows)]
        with CaptureQueriesContext(connection) as captured:
            load(tmp_path, agency, many)
        return len(captured)

    count(1)  # makes the columns and the agency's chain
    # SQLite bounds the values of one statement; a query for each row would be 300 more.
    assert count(300) - count(2) < 300 / 25
