"""The worksheet of what was published on the site: part of ``gongkai import publications``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gongkai.sheets.book import Batch, Book, Col, Row, Sheet, Tally, Values, words_of
from gongkai.sheets.journal import record_batch, some
from gongkai.sheets.saving import save_records

from .models import Column, Kind, Publication
from .moving.site.book import SITE
from .moving.twice import Shown

__all__ = ["BOOK", "SITE"]

_COLUMNS = (
    Col(
        "published_on",
        "发布日期",
        "date",
        required=True,
        example="2020-03-02",
        aliases=("日期", "发布时间", "公开日期"),
    ),
    Col(
        "title",
        "标题",
        required=True,
        max_length=300,
        width=50,
        example="示例：2020年2月居民消费价格运行情况",
        aliases=("信息标题", "名称"),
    ),
    Col(
        "kind",
        "信息类别",
        "choice",
        required=True,
        choices=words_of(Kind),
        help="网站工作年度报表的分类；政策解读分为材料（文字）和产品（图解、视频等）。",
        example="政务动态信息",
        aliases=("类别", "信息类型"),
        width=18,
    ),
    Col("first_level", "一级栏目", required=True, max_length=60, example="工作动态", aliases=("栏目",)),
    Col("second_level", "二级栏目", max_length=60, example="市局动态", aliases=("子栏目",)),
    Col("url", "网址", max_length=500, width=30, aliases=("链接", "链接地址", "URL")),
    Col("document_number", "文号", max_length=60, width=18, aliases=("发文字号",)),
    Col("index_number", "索引号", max_length=60, width=22),
    Col("withdrawn_on", "撤下日期", "date", help="已从网站撤下的才填。", aliases=("下线日期",)),
)


def _check(values: Values) -> Iterable[tuple[str, str]]:
    if values["withdrawn_on"] is not None and values["withdrawn_on"] < values["published_on"]:
        yield "withdrawn_on", f"早于发布日期（{values['published_on']}）"
    if values["second_level"] == values["first_level"]:
        yield "second_level", "与一级栏目相同；没有二级栏目的空着"


def _load(batch: Batch) -> Tally:
    columns = _Columns(batch)

    def fields(row: Row) -> Values:
        values = row.values
        return {
            "column_id": columns.find(values["first_level"], values["second_level"], values["kind"]),
            **{
                name: values[name]
                for name in ("kind", "title", "published_on", "withdrawn_on", "url", "document_number", "index_number")
            },
        }

    shown = Shown.between(batch.agency, [row.values["published_on"] for row in batch.rows])
    rest = [row for row in batch.rows if not shown.has(row.values)]
    tally = save_records(replace(batch, rows=rest), Publication, fields)
    if there := len(batch.rows) - len(rest):
        tally.unchanged += there
        batch.step(there)
        tally.notes.append(f"有 {there} 条已在本站发布（同一天、同一标题），以本站为准，没有重复登记。")
    if columns.created:
        tally.notes.append(f"新建栏目 {len(columns.created)} 个，请核对名称：{some(columns.created)}。")
    record_batch(batch, tally)
    return tally


class _Columns:
    """The agency's columns by name, read once; those that a ledger names for the first time are made."""

    def __init__(self, batch: Batch) -> None:
        self.agency = batch.agency
        self.known = {
            (c.first_level, c.name if c.parent_id else ""): c for c in Column.objects.filter(agency=self.agency)
        }
        self.created: list[str] = []

    def find(self, first: str, second: str, kind: str) -> int:
        """The key of a column, of either level."""
        column = self.known.get((first, second))
        if column is None:
            parent = self.known.get((first, "")) or self._make(first, "", None, kind)
            column = self._make(first, second, parent, kind) if second else parent
        return column.pk

    def _make(self, first: str, second: str, parent: Column | None, kind: str) -> Column:
        column = Column.objects.create(
            agency=self.agency, parent=parent, name=second or first, first_level=first, kind=kind, order=len(self.known)
        )
        self.known[first, second] = column
        self.created.append(str(column))
        return column


BOOK = Book(
    "publications",
    "主动公开信息台账",
    (
        Sheet(
            "门户网站",
            _COLUMNS,
            _load,
            key=("published_on", "first_level", "second_level", "title"),
            check=_check,
            notes=(
                "〔门户网站〕一条信息一行，包括后来撤下的；同一天、同一栏目、同一标题视为同一条。",
                "〔门户网站〕已经在本系统发布或者从原网站迁入的信息，按同一天、同一标题认出，不会重复计数。",
            ),
        ),
    ),
)
