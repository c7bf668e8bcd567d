"""The report as the parts that every writer prints one after the other, and how figures are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongkai.annual.forms import Cell, Column, SectionHead, Table
from gongkai.annual.report import Number, Paragraph, Report, Section, TableData

NUMERALS = "一二三四五六七八九十"
UNFILLED = "未填"

# Characters that XML cannot carry; a file read from a broken PDF may hold them.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LEAD = re.compile(r"（[一二三四五六七八九十]{1,3}）[^。；！？]{1,40}")
_LONGEST_TITLE_LINE = 20


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of one of the six sections, as printed: 一、总体情况."""

    text: str


@dataclass(frozen=True, slots=True)
class Subheading:
    """A paragraph that is a head by itself: （一）主动公开方面."""

    text: str


@dataclass(frozen=True, slots=True)
class Body:
    """A paragraph; its first ``lead`` characters are a head that runs in: （一）主动公开全面落实。"""

    text: str
    lead: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """A table of the form with its data."""

    table: Table
    data: TableData


Part = Heading | Subheading | Body | Figures


def title_of(report: Report) -> str:
    """The printed title; made from agency and year where the report has none."""
    year = "" if report.year is None else f"{report.year}年"
    return clean(report.title) or clean(f"{report.agency}{year}政府信息公开工作年度报告")


def title_lines(report: Report) -> list[str]:
    """The title broken as official documents do: the body's name on its own line when one line is too short."""
    title, agency = title_of(report), clean(report.agency)
    rest = title.removeprefix(agency)
    if len(title) <= _LONGEST_TITLE_LINE or not agency or not rest or rest == title:
        return [title]
    return [agency, rest]


def outline(report: Report) -> Iterator[Part]:
    """Everything after the title in the order of the form: prose before its table, notes to a table after it.

    A table that is not there is said to be missing, with the reason, where it would stand.
    """
    yield from _prose(report.preamble)
    known = {head.number for head in report.form.sections}
    for head in report.form.sections:
        sections = [section for section in report.sections if section.number == head.number]
        if not sections and head.table in report.tables:
            sections = [Section(head.number, head.title)]
        for section in sections:
            yield from _section(report, section, head if section is sections[-1] else None)
    for section in report.sections:
        if section.number not in known:
            yield from _section(report, section, None)


def _section(report: Report, section: Section, head: SectionHead | None) -> Iterator[Part]:
    yield Heading(f"{numeral(section.number)}、{clean(section.title)}")
    table = head.table if head else None
    paragraphs = section.paragraphs
    notes = len(paragraphs)
    while table and notes and paragraphs[notes - 1].text.startswith("注"):
        notes -= 1
    yield from _prose(paragraphs[:notes])
    if table and table in report.tables:
        yield Figures(report.form.tables[table], report.tables[table])
    elif table:
        reason = clean(report.missing.get(table, "")) or "没有数据"
        yield Body(f"〔表{NUMERALS[int(table) - 1]}缺失：{reason}〕")
    yield from _prose(paragraphs[notes:])


def _prose(paragraphs: tuple[Paragraph, ...]) -> Iterator[Part]:
    for paragraph in paragraphs:
        text = clean(paragraph.text)
        if not text:
            continue
        lead = _LEAD.match(text)
        if lead and lead.end() == len(text) and not text.endswith(("，", "：", ",", ":")):
            yield Subheading(text)
        elif lead and text[lead.end() : lead.end() + 1] == "。":
            yield Body(text, lead.end() + 1)
        else:
            yield Body(text)


def numeral(number: int) -> str:
    """The number of a section in Chinese, up to 十九."""
    if 1 <= number <= 10:
        return NUMERALS[number - 1]
    return f"十{NUMERALS[number - 11]}" if 11 <= number <= 19 else str(number)


def clean(text: str) -> str:
    """Text that every format can carry, on one line."""
    return _UNPRINTABLE.sub("", "".join(text.splitlines())).strip()


def printed(value: Number | None, column: Column) -> str:
    """A figure as printed: 0 as ``0``, a change with its sign, money without trailing zeros, ``None`` as 未填."""
    if value is None:
        return UNFILLED
    text = plain(value)
    return f"+{text}" if column.kind == "change" and value > 0 else text


def plain(value: Number) -> str:
    """The number in plain digits, without exponent or trailing zeros."""
    if not isinstance(value, Decimal):
        return str(value)
    if not value.is_finite():
        raise ValueError(f"年度报告里的数字不能是 {value}。")
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def figure(report: Report, data: TableData, cell: Cell) -> tuple[Number | None, Column]:
    """The value of a cell and the column that says how to print it."""
    return data.cells.get(cell.row, {}).get(cell.column), report.form.column(cell)
