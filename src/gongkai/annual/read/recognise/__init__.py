"""Finds the annual report's form in a document, whatever layout the document came in."""

from __future__ import annotations

from collections.abc import Sequence

from ...forms import FORM_2019, FORM_2021, FORM_2021_WITH_23_ROWS, Form, Table
from ...report import Doubt, Report, Section, TableData
from ..errors import ReadError
from ..source import Grid, Item, Line, Source
from .applications import read_applications
from .disclosure import form_printed, read_disclosure
from .disputes import read_disputes
from .heads import Head, find_heads
from .identity import Identity, identify, is_title
from .prose import is_page_number, missing_note, paragraphs
from .regions import Regions, split

__all__ = ["recognise"]

_ABSENT = "没有这张表。"
_PICTURE = "这张表是图片，不能读出文字。"
_NO_FIGURES = "表在，但没有任何数字（可能在转换时丢失），不当作 0。"


def recognise(source: Source) -> Report:
    """The report in ``source``; ``ReadError`` where it holds none."""
    items: list[Item] = []
    said_missing: dict[str, str] = {}
    for item in source.items:
        note = missing_note(item.text) if isinstance(item, Line) else None
        if note is not None:
            said_missing[note[0]] = note[1]
        elif not (isinstance(item, Line) and is_page_number(item.text)):
            items.append(item)
    heads = find_heads(items)
    identity = identify(source, heads)
    regions = split(items, heads)
    tables: dict[str, TableData] = {}
    missing: dict[str, str] = {}
    doubts = [Doubt(warning) for warning in source.warnings]

    printed = form_printed(regions.tables["2"])
    due = printed or ("2019" if identity.year and identity.year <= 2020 else "2021")
    applications = read_applications(regions.tables["3"], due)
    table_3: Table | None = None
    if applications is not None:
        table_3, tables["3"], found = applications
        doubts.extend(found)
    form = _form(printed, table_3, identity.year)
    disclosure = read_disclosure(regions.tables["2"], form.code)
    if disclosure is not None:
        tables["2"], found = disclosure
        doubts.extend(found)
    disputes = read_disputes(regions.tables["4"])
    if disputes is not None:
        tables["4"], found = disputes
        doubts.extend(found)

    if not _is_report(identity, heads, tables):
        raise ReadError("不像政府信息公开工作年度报告：没有找到标题、六个部分或三张统计表。请确认选对了文件。")
    for number in ("2", "3", "4"):
        if number not in tables:
            missing[number] = said_missing.get(number) or _why_missing(number, regions, source)
    return Report(
        agency=identity.agency,
        year=identity.year,
        form=form,
        title=identity.title,
        preamble=paragraphs(line for line in regions.preamble if not is_title(line, identity)),
        sections=_sections(heads, regions),
        tables=tables,
        missing=missing,
        doubts=tuple(doubts),
    )


def _form(printed: str | None, table_3: Table | None, year: int | None) -> Form:
    """The form the report was printed on: table 二 shows it, else the rows of table 三, else the year."""
    rows = len(table_3.rows) if table_3 is not None else 0
    if printed is None:
        printed = "2021" if rows == len(FORM_2021.tables["3"].rows) else ("2019" if year and year <= 2020 else "2021")
    if printed == "2019":
        return FORM_2019 if rows != len(FORM_2021.tables["3"].rows) else FORM_2021
    return FORM_2021_WITH_23_ROWS if rows == len(FORM_2019.tables["3"].rows) else FORM_2021


def _is_report(identity: Identity, heads: Sequence[Head], tables: dict[str, TableData]) -> bool:
    return len(heads) >= 3 or "3" in tables or (bool(identity.title) and (len(heads) >= 2 or bool(tables)))


def _why_missing(number: str, regions: Regions, source: Source) -> str:
    items = regions.tables[number]
    if any(isinstance(item, Grid) for item in items) or regions.has_labels(number):
        return _NO_FIGURES
    return _PICTURE if source.images else _ABSENT


def _sections(heads: Sequence[Head], regions: Regions) -> tuple[Section, ...]:
    return tuple(Section(head.number, head.title, paragraphs(regions.prose[head.number]), head.line) for head in heads)
