"""Prose bound to figures: a clerk edits the words, the numbers stay those of the tables.

A bound text holds placeholders in braces::

    全年新收政府信息公开申请{3.received.total}件。
    被提起行政诉讼{4.suit_direct.total+4.suit_after_review.total}件。
    主动公开政府信息{published.total}条。
    {3.carried_in.total=0|无上年结转申请}。

A placeholder is a figure or a sum of figures; ``3.denied.*.total`` is the sum over the rows of a group.
With ``=number|words`` it prints the words and demands that the figure be that number, so that 未收到, 无
and 均 stay as bound as a number is. ``{{`` and ``}}`` are braces.
The grammar, in full::

    text        = { characters | "{{" | "}}" | placeholder }
    placeholder = "{" sum [ "=" digits "|" words ] "}"
    sum         = name { "+" name }
    name        = part "." part { "." part }          part = letters, digits, "_" | "*"

A name that begins with 2, 3 or 4 is a cell of the report (``Cell.parse``); any other is asked of the lookup.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from .forms import Cell
from .report import Number, Paragraph, Report
from .write.outline import plain

# A figure that is not a cell: its value, or None when nobody keeps it.
Lookup = Callable[[str], Number | None]

_NAME = r"[A-Za-z0-9_]+(?:\.(?:[A-Za-z0-9_]+|\*))+"
_PLACEHOLDER = re.compile(rf"(?P<sum>{_NAME}(?:\s*\+\s*{_NAME})*)(?:=(?P<demand>\d+)\|(?P<words>.*))?", re.DOTALL)
_TOKEN = re.compile(r"\{\{|\}\}|\{(?P<inner>[^{}]*)\}|[{}]")


class ProseError(ValueError):
    """A bound text cannot be filled; ``expression`` is the placeholder and ``position`` where it begins."""

    def __init__(self, message: str, expression: str, position: int) -> None:
        super().__init__(message)
        self.expression = expression
        self.position = position


@dataclass(frozen=True, slots=True)
class Bound:
    """A number, or words that stand for one, in a filled text: ``text[start:end]`` comes from ``expression``."""

    start: int
    end: int
    expression: str
    value: Number
    names: tuple[str, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of the report that the value is made of."""
        return tuple(Cell.parse(name) for name in self.names if is_cell(name))


@dataclass(frozen=True, slots=True)
class Filled:
    """A bound text with its numbers, and where each of them stands."""

    text: str
    bound: tuple[Bound, ...]


def no_lookup(name: str) -> Number | None:
    """A lookup for reports that have nothing but their tables."""
    return None


def render(text: str, report: Report, lookup: Lookup = no_lookup) -> Filled:
    """Fill a bound text; raises `ProseError` for a placeholder that is malformed, unknown or without a figure."""
    pieces: list[str] = []
    bound: list[Bound] = []
    length = at = 0
    for token in _TOKEN.finditer(text):
        literal = text[at : token.start()]
        pieces.append(literal)
        length += len(literal)
        at = token.end()
        if token[0] in ("{{", "}}"):
            shown = token[0][0]
        elif token["inner"] is None:
            raise ProseError(
                f"第 {token.start() + 1} 个字的“{token[0]}”没有配对；要写花括号本身请连写两个。",
                token[0],
                token.start(),
            )
        else:
            shown, names, value = _placeholder(token["inner"], token.start(), report, lookup)
            bound.append(Bound(length, length + len(shown), token["inner"], value, names))
        pieces.append(shown)
        length += len(shown)
    pieces.append(text[at:])
    return Filled("".join(pieces), tuple(bound))


def fill(report: Report, lookup: Lookup = no_lookup) -> Report:
    """The report with every bound paragraph filled; raises `ProseError`."""

    def filled(paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
        return tuple(replace(paragraph, text=render(paragraph.text, report, lookup).text) for paragraph in paragraphs)

    return replace(
        report,
        preamble=filled(report.preamble),
        sections=tuple(replace(section, paragraphs=filled(section.paragraphs)) for section in report.sections),
    )


def escape(text: str) -> str:
    """Plain text as a bound text that fills to itself."""
    return text.replace("{", "{{").replace("}", "}}")


def is_cell(name: str) -> bool:
    """Whether a name is the address of a cell rather than a figure of the lookup."""
    return name.split(".", 1)[0].isdigit()


def names_in(expression: str, report: Report) -> tuple[str, ...]:
    """The names that a sum is made of, groups spelled out; `KeyError` for a group that the form does not have."""
    names: list[str] = []
    for name in (part.strip() for part in expression.split("+")):
        if "*" not in name:
            names.append(name)
            continue
        table, rest = name.split(".", 1)
        group, star, column = rest.partition(".*.")
        rows = [row for row in report.form.tables[table].rows if row.startswith(f"{group}.")] if star else []
        if not rows:
            raise KeyError(name)
        names += [f"{table}.{row}.{column}" for row in rows]
    return tuple(names)


def value_of(name: str, report: Report, lookup: Lookup = no_lookup) -> Number | None:
    """The figure of a name, ``None`` when it is not filled in; `KeyError` when the form has no such cell."""
    if not is_cell(name):
        return lookup(name)
    try:
        cell = Cell.parse(name)
    except ValueError:
        raise KeyError(name) from None
    report.form.column(cell)
    return report.value(cell)


def _placeholder(inner: str, position: int, report: Report, lookup: Lookup) -> tuple[str, tuple[str, ...], Number]:
    """What a placeholder prints, the names in it, and its value."""
    match = _PLACEHOLDER.fullmatch(inner.strip())
    if match is None:
        raise ProseError(
            f"看不懂占位符“{{{inner}}}”；应写成 {{3.received.total}} 或 {{4.review.total+4.suit_direct.total}} 这样。",
            inner,
            position,
        )
    try:
        names = names_in(match["sum"], report)
    except KeyError as error:
        raise _unknown(error.args[0], inner, position) from None
    value: Number = 0
    for name in names:
        value += _figure(name, inner, position, report, lookup)
    if match["words"] is None:
        return plain(value), names, value
    if value != int(match["demand"]):
        raise ProseError(
            f"“{match['words']}”只在 {match['sum']} 为 {match['demand']} 时成立，现为 {plain(value)}，请改写这句话。",
            inner,
            position,
        )
    return match["words"], names, value


def _figure(name: str, inner: str, position: int, report: Report, lookup: Lookup) -> Number:
    try:
        value = value_of(name, report, lookup)
    except KeyError:
        raise _unknown(name, inner, position) from None
    if value is None:
        reason = f"{report.form.label(Cell.parse(name))}没有填数" if is_cell(name) else "没有这个数字"
        raise ProseError(f"“{name}”：{reason}，占位符“{{{inner}}}”不能填写。", inner, position)
    return value


def _unknown(name: str, inner: str, position: int) -> ProseError:
    return ProseError(f"年度报告格式里没有“{name}”这一格，请检查占位符“{{{inner}}}”。", inner, position)
