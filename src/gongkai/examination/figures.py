"""Figures of the text that disagree with the table they cite.

A false alarm here is worse than a miss: a figure is compared only where the text names a row of a table in its own
words, the number follows at once and has a unit that the row has too, and nothing in the sentence speaks of another
time or place. Rounding and 万元 for 亿元 are agreement.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ahocorasick_rs import AhoCorasick, MatchKind

from .finding import Finding, Severity, finding, safe
from .grid import Grid, number
from .subject import Passage, Table

_SCALES = {"": 0, "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}
_THINGS = "|".join(
    (
        "元|美元|人次|人|户|家|个|件|吨标准煤|吨|公顷|亩|平方米|平方公里|立方米|千瓦时|公里",
        "辆|台|套|篇|条|次|项|份|期|场|名|册|张",
    )
)
_UNIT = rf"(?P<scale>万亿|千万|百万|十万|亿|万|千|百)?(?P<thing>{_THINGS})|(?P<percent>[%％])"
_UNIT_ALONE = re.compile(rf"(?:{_UNIT})")
_IN_BRACKETS = re.compile(r"[（(]\s*([^（()）]{1,8})\s*[)）]")
_OF_CAPTION = re.compile(r"单位\s*[:：]\s*([^\s，,、；;）)/]{1,6})")
_GROWTH = re.compile(r"增|比上年|同比|±|速|较上年")
_LEAD = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、]|[#＃①-⑩—－\-\s]|其中[:：]?|[:：])+"
)
_GENERIC = re.compile(
    r"^(?:合计|总计|小计|其他|其它|全市|全省|全国|全县|全区|项目|指标|类别|年份|男性?|女性?|本年|上年)$"
)
# What may stand before the row's name for the name to be the whole of what is meant.
_BEFORE = re.compile(r"(?:^|[，,。；;：:（(\s]|全年|全市|全县|全区|我市|我县|我区|本年度?|其中|实现|完成|初步核算)$")
_VALUE = re.compile(
    rf"(?:总额)?(?:为|是|达到?|完成|实现|共计?|合计|累计|[:：]|，)?(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?:{_UNIT})(?![\d多余])"
)
_CHANGE = re.compile(
    r"[，,]?(?:按可比价格?计算[，,]?)?(?:同比|比上年|较上年|比上年同期)?(?P<way>增长|下降|减少|增加)\s?(?P<number>\d+(?:\.\d+)?)\s?[%％]"
)
_TIME = re.compile(
    r"(?:19|20)\d\d年|\d{1,2}\s?[-—–至~]\s?\d{1,2}月|(?<!\d)\d{1,2}月|上半年|下半年|前?[一二三四]季度|上年|去年|前年|“?十[一二三四五]五|"
    r"当[月季]|年均|预算|计划|目标|预计|力争|全国|全省|全球|其中规模"
)
_SENTENCE = re.compile(r"[。；;！!？?\n]")
_SAYS_A_FIGURE = re.compile(r"[\u4e00-\u9fff）]\s?\d[\d,.]*\s?[\u4e00-\u9fff%％]")
_SHORTEST = 3  # characters of a row's name; shorter ones mean too many things


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted and the power of ten: 亿元 is (元, 8)."""

    thing: str
    power: int


@dataclass(frozen=True, slots=True)
class _Cell:
    value: Decimal
    unit: Unit | None
    growth: bool
    text: str


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a table under its name."""

    table: Table
    about: str  # everything the table says of its time and place
    cells: tuple[_Cell, ...]


def find_figures(passages: Iterable[Passage], tables: Iterable[Table], title: str = "") -> Iterator[Finding]:
    """Figures in the passages that no row of that name has. ``title`` may tell the time that the tables do not."""
    prose = [passage for passage in passages if _SAYS_A_FIGURE.search(passage.text)]
    lines: dict[str, list[_Line]] = {}
    for table in tables if prose else ():
        for name, row in _lines(table, title):
            lines.setdefault(name, []).append(row)
    if not lines:
        return
    names = list(lines)
    automaton = AhoCorasick(names, matchkind=MatchKind.LeftmostLongest)
    for passage in prose:
        for index, start, end in automaton.find_matches_as_indexes(passage.text):
            yield from _compare(passage, names[index], lines[names[index]], start, end)


def _lines(table: Table, title: str) -> Iterator[tuple[str, _Line]]:
    grid = Grid.of(table)
    about = " ".join((title, table.caption, *grid.headings))
    whole = _OF_CAPTION.search(" ".join((table.caption, *(cell for row in table.rows[:2] for cell in row))))
    fallback = unit_of(whole[1]) if whole else None
    units = [_bracketed(heading) for heading in grid.headings]
    for row in grid.rows:
        if not row or not row[0]:
            continue
        name = _IN_BRACKETS.sub("", _LEAD.sub("", row[0])).strip()
        if len(name) < _SHORTEST or _GENERIC.match(name) or number(name) is not None:
            continue
        own = _bracketed(row[0])
        cells = []
        for column, text in enumerate(row[1:], 1):
            value = number(text)
            if value is not None and not grid.is_ordinal(column):
                growth = _GROWTH.search(grid.headings[column]) is not None
                unit = (
                    Unit("%", 0) if growth and "点" not in grid.headings[column] else units[column] or own or fallback
                )
                cells.append(_Cell(value, unit, growth, text))
        if cells:
            yield name, _Line(table, about, tuple(cells))


def unit_of(text: str) -> Unit | None:
    """The unit that a text is, nothing else."""
    match = _UNIT_ALONE.fullmatch(text.strip())
    return _unit(match) if match else None


def _unit(match: re.Match[str]) -> Unit:
    if match["percent"]:
        return Unit("%", 0)
    return Unit(match["thing"], _SCALES[match["scale"] or ""])


def _bracketed(text: str) -> Unit | None:
    for inside in _IN_BRACKETS.findall(text):
        if unit := unit_of(inside):
            return unit
    return None


def _compare(passage: Passage, name: str, lines: list[_Line], start: int, end: int) -> Iterator[Finding]:
    text = passage.text
    if not _BEFORE.search(text, max(0, start - 8), start):
        return
    level = _VALUE.match(text, end)
    if level is None:
        return
    times = _TIME.findall(_SENTENCE.split(text[:start])[-1])  # a row's own name may say 预算
    if any(time not in line.about for time in times for line in lines):
        return
    value, unit = Decimal(level["number"].replace(",", "")), _unit(level)
    rows = [[cell for cell in line.cells if not cell.growth] for line in lines]
    if all(cell.unit is not None for row in rows for cell in row) and not _any_agrees(value, unit, rows):
        same = [cell for row in rows for cell in row if cell.unit and cell.unit.thing == unit.thing]
        if same:
            yield _found(passage, name, level[0], lines[0], same)
    change = _CHANGE.match(text, level.end())
    if change is None:
        return
    grown = Decimal(change["number"]) * (1 if change["way"] in {"增长", "增加"} else -1)
    rates = [[cell for cell in line.cells if cell.growth and cell.unit == Unit("%", 0)] for line in lines]
    if all(rates) and not _any_agrees(grown, Unit("%", 0), rates):
        yield _found(passage, name, change[0].lstrip("，,"), lines[0], [cell for row in rates for cell in row])


def _any_agrees(value: Decimal, unit: Unit, rows: list[list[_Cell]]) -> bool:
    return any(agrees(value, unit, cell.value, cell.unit) for row in rows for cell in row if cell.unit)


def agrees(said: Decimal, unit: Unit, value: Decimal, of: Unit | None) -> bool:
    """Whether the text's figure is the table's, rounded to the coarser of both and turned into its unit."""
    if of is None or of.thing != unit.thing:
        return False
    scaled = value.scaleb(of.power - unit.power)
    exponent = said.as_tuple().exponent
    printed = value.as_tuple().exponent
    assert isinstance(exponent, int)
    assert isinstance(printed, int)
    coarse = max(exponent, printed + of.power - unit.power)
    return abs(scaled - said) <= Decimal(1).scaleb(coarse) / 2


def _found(passage: Passage, name: str, said: str, line: _Line, cells: list[_Cell]) -> Finding:
    values = "、".join(dict.fromkeys(cell.text for cell in cells[:3]))
    message = f"正文写“{name}{safe(said)}”，{line.table.place}的“{name}”却是{safe(values)}。请核对哪一个对。"
    return finding(
        "NUMBER-TABLE",
        Severity.WARN,
        passage.place,
        message,
        value=f"{name} {said} {values}",
        excerpt=safe(name + said),
        anchor=passage.anchor,
    )
