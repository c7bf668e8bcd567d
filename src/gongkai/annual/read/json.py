"""JSON: gongkai's own, the output of other report parsers, or any JSON that carries the report's text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ..forms import FORM_2019, FORM_2021, FORM_2021_WITH_23_ROWS, FORMS, Form
from ..report import Doubt, Number, Paragraph, Report, Section, TableData, zeros
from . import encoding, text
from .errors import ReadError
from .foreign_json import cells_of_parser, identity_of_parser, is_parser_output, prose_of_parser
from .limits import MAX_TEXT
from .source import Item, Source, grid_of

_MAX_DEPTH = 60
# A wrong decoding can swallow the quotation mark behind a string's last character.
_SWALLOWED = re.compile(r"\?(?=\s*[,}\]]\s*(?:[\"{}\],]|$))")


def read(data: bytes, name: str = "") -> Report | Source:
    """The report in gongkai's own JSON as it is; of any other JSON the items to look for it in."""
    if len(data) > MAX_TEXT:
        raise ReadError("JSON 文件过大，不像一份年度报告。")
    raw = encoding.decode_raw(data)
    broken = encoding.looks_like_mojibake(raw)
    try:
        content = _load(raw)
    except ValueError as error:
        if not broken:
            raise ReadError(f"JSON 文件不完整或有语法错误：{_where(error)}。") from error
        try:
            content = _load(_SWALLOWED.sub('?"', raw))
        except ValueError:
            raise ReadError("JSON 文件的文字编码已损坏，且结构不完整，不能读取；请用原文件。") from error
    except RecursionError as error:
        raise ReadError("JSON 嵌套过深，不像一份年度报告。") from error
    if isinstance(content, list) and len(content) == 1:
        content = content[0]
    if isinstance(content, Mapping) and "gongkai" in content:
        return _own(content)
    warnings: list[str] = []
    if broken:
        content = _mended(content, 0)
        warnings.append(encoding.MENDED)
    if isinstance(content, Mapping) and is_parser_output(content):
        return _parsed(content, warnings)
    source = Source([], warnings=warnings)
    source.items.extend(_items(content, 0))
    return source


def _load(raw: str) -> Any:
    return json.loads(raw, parse_float=Decimal, strict=False)


def _where(error: ValueError) -> str:
    return f"第 {error.lineno} 行第 {error.colno} 列" if isinstance(error, json.JSONDecodeError) else str(error)


def _mended(content: Any, depth: int) -> Any:
    if depth > _MAX_DEPTH:
        raise ReadError("JSON 嵌套过深，不像一份年度报告。")
    if isinstance(content, str):
        # A backslash that became part of a character was not seen as the beginning of an escape.
        return encoding.unmojibake(content).replace("\\n", "\n")
    if isinstance(content, Mapping):
        return {key: _mended(value, depth + 1) for key, value in content.items()}
    if isinstance(content, list):
        return [_mended(value, depth + 1) for value in content]
    return content


# --- gongkai's own ------------------------------------------------------------------------------


def _own(content: Mapping[str, Any]) -> Report:
    if content.get("gongkai") != 1:
        raise ReadError(f"这份 JSON 是 gongkai 的另一版本（{content.get('gongkai')}），请升级 gongkai 后再读。")
    try:
        form = _form_of(content)
        return Report(
            agency=str(content["agency"]),
            year=content["year"],
            form=form,
            title=str(content["title"]),
            preamble=_paragraphs(content["preamble"]),
            sections=tuple(
                Section(part["number"], str(part["title"]), _paragraphs(part["paragraphs"]), part.get("line", 0))
                for part in content["sections"]
            ),
            tables={number: _table(form, number, cells) for number, cells in content["tables"].items()},
            missing=dict(content.get("missing", {})),
            doubts=tuple(
                Doubt(doubt["message"], quote=doubt.get("quote", ""), line=doubt.get("line", 0))
                for doubt in content.get("doubts", ())
            ),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ReadError(f"这份 gongkai JSON 缺少或写错了一项：{error}。") from error


def _form_of(content: Mapping[str, Any]) -> Form:
    code = str(content["form"])
    if code not in FORMS:
        raise ReadError(f"不认识的报告格式“{code}”，应为 {'、'.join(FORMS)}。")
    rows = content["tables"].get("3", {})
    return FORM_2021_WITH_23_ROWS if code == "2021" and "other" in rows else FORMS[code]


def _paragraphs(content: Sequence[Mapping[str, Any]]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(str(part["text"]), part.get("line", 0)) for part in content)


def _table(form: Form, number: str, content: Mapping[str, Mapping[str, Any]]) -> TableData:
    cells: dict[str, dict[str, Number | None]] = {}
    for row, columns in form.tables[number].columns_of.items():
        cells[row] = {}
        for column in columns:
            value = content[row][column.code]
            if value is not None and (isinstance(value, bool) or not isinstance(value, int | Decimal)):
                raise ReadError(f"{number}.{row}.{column.code} 应为数字，写的是“{value}”。")
            cells[row][column.code] = value
    return TableData(cells)


# --- Others -------------------------------------------------------------------------------------


def _parsed(content: Mapping[str, Any], warnings: Sequence[str]) -> Report:
    """What another parser found, under its own names."""
    cells, unknown = cells_of_parser(content)
    form = FORM_2019 if "published" in cells.get("2", {}).get("rules", {}) else FORM_2021
    tables: dict[str, TableData] = {}
    doubts = [Doubt(warning) for warning in warnings]
    for number, found in cells.items():
        rows = zeros(form, number)
        missing = [
            (row, column)
            for row, columns in rows.items()
            for column in columns
            if found.get(row, {}).get(column) is None
        ]
        tables[number] = TableData(
            {row: {column: found.get(row, {}).get(column) for column in columns} for row, columns in rows.items()}
        )
        if missing:
            doubts.append(Doubt(f"表{'一二三四'[int(number) - 1]}有 {len(missing)} 格没有数字。"))
    if unknown:
        doubts.append(Doubt(f"有不认识的项目，未采用：{'、'.join(unknown[:5])}。"))
    agency, year, title = identity_of_parser(content)
    sections, preamble = prose_of_parser(content)
    if any("??" in part.text for section in sections for part in section.paragraphs):
        doubts.append(Doubt("正文的文字已全部丢失（成为问号），只核查表格。"))
    if year is None:
        joined = "".join(part.text for section in sections for part in section.paragraphs)
        years = re.findall(r"(20\d\d)\s*年?", joined)
        year = int(max(set(years), key=years.count)) if years else None
    return Report(
        agency=agency,
        year=year,
        form=form,
        title=title,
        preamble=preamble,
        sections=sections,
        tables=tables,
        missing={number: "没有这张表。" for number in ("2", "3", "4") if number not in tables},
        doubts=tuple(doubts),
    )


def _items(content: Any, depth: int) -> Iterator[Item]:
    """The text of any JSON in order; lists of lists, and objects of equal lists, are tables."""
    if depth > _MAX_DEPTH:
        raise ReadError("JSON 嵌套过深，不像一份年度报告。")
    if isinstance(content, str):
        yield from _text_items(content)
    elif isinstance(content, Mapping):
        lists = [value for value in content.values() if isinstance(value, list) and _scalars(value)]
        if len(lists) == len(content) > 1 and len({len(value) for value in lists}) == 1:
            yield grid_of([[str(key), *map(_scalar, value)] for key, value in content.items()], 0)
            return
        for value in content.values():
            yield from _items(value, depth + 1)
    elif isinstance(content, list):
        if content and all(isinstance(row, list) and _scalars(row) for row in content):
            yield grid_of([[_scalar(value) for value in row] for row in content], 0)
            return
        if all(isinstance(value, str) for value in content):
            content = ["\n".join(content)]  # the lines of one text
        for value in content:
            yield from _items(value, depth + 1)


def _text_items(content: str) -> Iterator[Item]:
    if any(tag in content for tag in ("<p>", "<p ", "<div", "<br", "<td><")):
        from . import html

        yield from html.read_text(content).items
    else:
        yield from text.items_of(encoding.mend(content)[0])


def _scalars(values: Sequence[Any]) -> bool:
    return all(not isinstance(value, list | Mapping) for value in values)


def _scalar(value: Any) -> str:
    return "" if value is None else str(value)
