"""NUMBERING and SECTION: the six parts are there and say something, and their items are numbered in order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..forms import Cell
from ..report import Paragraph, Report, Section
from .finding import Finding, Verdict

_HAN = "一二三四五六七八九十"
_NUMERAL = re.compile(
    rf"^\s*(?:[（(]\s*(?P<bracket>[{_HAN}]{{1,3}})\s*[）)]|(?P<comma>[{_HAN}]{{1,3}})、|(?P<digit>\d{{1,2}})[.．、](?!\d))"
)
_EMPTY = re.compile(r"^[\s无没有暂。.，,、；;]*$")
_SHORT = 10
_UNFILLED = "【请填写："  # how drafts ask the clerk for words, here and in templates of others


def check_sections(report: Report) -> Iterator[Finding]:
    """Whether the six parts are there and say something, and which tables cannot be judged."""
    present = {section.number: section for section in report.sections}
    absent = [head for head in report.form.sections if head.number not in present]
    if absent:
        named = "、".join(f"“{_HAN[head.number - 1]}、{head.title}”" for head in absent)
        yield Finding("SECTION", Verdict.WARN, f"没有找到{named}；条例第五十条规定的六个部分应当齐全。")
    for number in (1, 5):
        if (section := present.get(number)) is not None and (finding := _says_little(section)) is not None:
            yield finding
    for _, paragraph in report.prose():
        if _UNFILLED in paragraph.text:
            yield Finding(
                "SECTION",
                Verdict.WARN,
                "还留有“【请填写：……】”没有填写；请写好后再公布。",
                quote=paragraph.text,
                line=paragraph.line,
            )
    for table, why in report.missing.items():
        yield Finding(
            "SECTION",
            Verdict.NOT_ASSESSABLE,
            f"表{_HAN[int(table) - 1]}不能核查：{why}",
            line=present[int(table)].line if int(table) in present else 0,
        )


def _says_little(section: Section) -> Finding | None:
    text = "".join(paragraph.text for paragraph in section.paragraphs)
    if len(text) >= _SHORT and not _EMPTY.match(text):
        return None
    what = f"只写了“{text}”" if text.strip() else "是空的"
    return Finding(
        "SECTION",
        Verdict.WARN,
        f"第{_HAN[section.number - 1]}部分“{section.title}”{what}；请写明具体情况。",
        quote=text,
        line=section.line,
    )


def check_numbering(report: Report) -> Iterator[Finding]:
    """Item numbers at the beginning of paragraphs run without gap or repeat inside each part."""
    for section in report.sections:
        last: dict[str, int] = {}
        for paragraph in section.paragraphs:
            match = _NUMERAL.match(paragraph.text)
            if match is None:
                continue
            style = match.lastgroup or ""
            number = _value(match[style])
            before = last.get(style)
            if style != "digit":
                last.pop("digit", None)  # （二） begins its own 1. 2. 3.
            if style == "comma":
                last.pop("bracket", None)
            last[style] = number
            if before is None or number in (1, before + 1):
                continue
            yield _misnumbered(paragraph, match[0].strip(), number, before)


def _misnumbered(paragraph: Paragraph, numeral: str, number: int, before: int) -> Finding:
    if number == before:
        message = f"序号“{numeral}”重复，应接着编为下一个；请改正并顺延其后的序号。"
    elif number > before:
        message = f"序号从 {_han(before)} 跳到“{numeral}”，中间缺号；请补上或顺延。"
    else:
        message = f"序号“{numeral}”排在 {_han(before)} 之后，次序颠倒；请改正。"
    return Finding("NUMBERING", Verdict.WARN, message, quote=paragraph.text[:40], line=paragraph.line)


def _value(numeral: str) -> int:
    if numeral.isdigit():
        return int(numeral)
    before, ten, after = numeral.rpartition("十")
    if not ten:
        return _HAN.index(numeral[-1]) + 1
    return (10 * (_HAN.index(before) + 1) if before else 10) + (_HAN.index(after) + 1 if after else 0)


def _han(number: int) -> str:
    if number <= 10:
        return _HAN[number - 1]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else _HAN[tens - 1]) + "十" + (_HAN[ones - 1] if ones else "")


def doubts(report: Report) -> Iterator[Finding]:
    """What the reader itself was not sure of."""
    for doubt in report.doubts:
        cells: tuple[Cell, ...] = doubt.cells
        yield Finding("READ", Verdict.UNCERTAIN, doubt.message, cells, quote=doubt.quote, line=doubt.line)
