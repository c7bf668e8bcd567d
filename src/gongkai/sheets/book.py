"""How a ledger in Excel is declared: its columns, what a row means, what is done with the rows."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, NamedTuple

from django.apps import apps
from django.db import models
from django.utils.module_loading import module_has_submodule

from gongkai.bureau.models import Agency, User

from . import values

Kind = Literal["text", "date", "integer", "amount", "choice", "flag"]
Values = dict[str, Any]
Step = Callable[[int], None]


def idle(rows: int) -> None:
    """The progress of somebody who does not watch."""


_PARSERS: dict[str, Callable[[Any], Any]] = {
    "text": values.text,
    "date": values.day,
    "integer": values.integer,
    "amount": values.number,
    "flag": values.flag,
}


def plain(text: str) -> str:
    """A heading or a choice reduced to what tells it apart: no spaces, brackets, stars, width or case."""
    kept = (char for char in unicodedata.normalize("NFKC", text) if char.isalnum())
    return "".join(kept).lower()


def words_of(choices: type[models.TextChoices]) -> dict[str, str]:
    """``Col.choices`` of an enumeration: the Regulation's words, in its order, to its codes."""
    return {str(label): str(code) for code, label in choices.choices}


@dataclass(frozen=True, eq=False)
class Col:
    """A column of a ledger.

    ``choices`` maps the Regulation's words to codes. ``personal`` marks personal data: its values are never
    repeated in a message. ``width`` is in characters. ``low`` and ``high`` bound numbers, ``max_length`` text.
    """

    code: str
    heading: str
    kind: Kind = "text"
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    help: str = ""
    example: Any = ""
    aliases: tuple[str, ...] = ()
    personal: bool = False
    max_length: int = 4000
    low: int | None = None
    high: int | None = None
    width: int = 14

    @cached_property
    def _choices(self) -> dict[str, str]:
        return {plain(label): code for label, code in self.choices.items()} | {
            plain(code): code for code in self.choices.values()
        }

    @property
    def nothing(self) -> Any:
        """The value of an empty cell."""
        return "" if self.kind == "text" else None

    def parse(self, cell: Any) -> Any:
        """The value of a cell. Raises ``ValueError`` with the reason in Chinese."""
        blank = values.is_blank(cell) if self.kind == "text" else values.says_nothing(cell)
        if blank and not (self.kind == "flag" and cell == "无"):
            if self.required:
                raise ValueError("不能空着")
            return self.nothing
        if self.kind == "choice":
            return self._choose(values.text(cell))
        value = _PARSERS[self.kind](cell)
        if self.kind == "text":
            if len(value) > self.max_length:
                raise ValueError(f"超过 {self.max_length} 字")
        elif self.kind in {"integer", "amount"}:
            if self.low is not None and value < self.low:
                raise ValueError(f"不能小于 {self.low}")
            if self.high is not None and value > self.high:
                raise ValueError(f"不能大于 {self.high}")
        return value

    def words(self, value: Any) -> Any:
        """A value as it is written in the ledger: the choice in words, 是 or 否, nothing as an empty cell."""
        if value is None:
            return ""
        if self.kind == "flag":
            return "是" if value else "否"
        return next((label for label, code in self.choices.items() if code == value), value)

    def _choose(self, word: str) -> str:
        code = self._choices.get(plain(word))
        if code is None:
            known = "、".join(self.choices) if len(self.choices) <= 8 else "下拉列表中的一项"
            raise ValueError(f"“{word}”不在可填的范围内，请填：{known}")
        return code


class Row(NamedTuple):
    """A row that was read: its number in the sheet (the heading counts), its key, its values by column code."""

    number: int
    key: str
    values: Values


class RowError(NamedTuple):
    """What is wrong with a row; ``heading`` is "" where it concerns the row as a whole."""

    sheet: str
    number: int
    heading: str
    reason: str

    def __str__(self) -> str:
        where = f"“{self.heading}”" if self.heading else ""
        return f"〔{self.sheet}〕第 {self.number} 行{where}：{self.reason}"


@dataclass(slots=True)
class Tally:
    """What an import did, in rows; ``errors`` of rows that were left out, ``notes`` a person should read."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    errors: list[RowError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.created += other.created
        self.updated += other.updated
        self.unchanged += other.unchanged
        self.errors += other.errors
        self.notes += other.notes


@dataclass(frozen=True)
class Batch:
    """The good rows of one worksheet, given to ``Sheet.load`` inside a transaction.

    ``step`` is called with a number of rows as they are done, for the progress bar.
    """

    sheet: Sheet
    agency: Agency
    rows: Sequence[Row]
    actor: User | None = None
    step: Step = idle

    def error(self, row: Row, reason: str, code: str = "") -> RowError:
        """An error of a row of this batch, for ``Tally.errors``."""
        return RowError(self.sheet.title, row.number, self.sheet.by_code[code].heading if code else "", reason)


@dataclass(frozen=True, eq=False)
class Sheet:
    """One worksheet: ``key`` names the columns that identify a row (the ledger's own number); without them a
    row is identified by its content. ``check`` yields (column code, reason) for what no single column can see.
    """

    title: str
    columns: tuple[Col, ...]
    load: Callable[[Batch], Tally]
    key: tuple[str, ...] = ()
    check: Callable[[Values], Iterable[tuple[str, str]]] = lambda _: ()
    notes: tuple[str, ...] = ()

    @cached_property
    def by_code(self) -> dict[str, Col]:
        return {column.code: column for column in self.columns}

    @cached_property
    def by_heading(self) -> dict[str, Col]:
        """Columns by their reduced headings and aliases."""
        return {plain(name): column for column in self.columns for name in (column.heading, *column.aliases)}


@dataclass(frozen=True, eq=False)
class Book:
    """A kind of ``gongkai import``: a workbook of one or more worksheets, found by their titles.

    Apps may share a workbook: books of the same kind and title are put together in the order of the apps.
    """

    kind: str
    title: str
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, eq=False)
class Documents:
    """A kind of ``gongkai import`` whose files are documents (e.g. published reports); no template.

    ``load`` reads one file for an agency inside a transaction; it raises ``ValueError`` with a Chinese reason.
    """

    kind: str
    title: str
    suffixes: tuple[str, ...]
    load: Callable[[Path, Agency], Tally]


@cache
def kinds() -> Mapping[str, Book | Documents]:
    """What each app's ``sheets.py`` declares, by kind. Raises ``ValueError`` when two that differ share a kind."""
    found: dict[str, Book | Documents] = {}
    for config in apps.get_app_configs():
        if not config.name.startswith("gongkai.") or not module_has_submodule(config.module, "sheets"):
            continue
        for value in vars(import_module(f"{config.name}.sheets")).values():
            if not isinstance(value, Book | Documents):
                continue
            other = found.setdefault(value.kind, value)
            if other is not value:
                found[value.kind] = join(other, value)
    return found


def join(one: Book | Documents, other: Book | Documents) -> Book:
    """Two books of one kind as one. Raises ``ValueError`` unless they are books with one title."""
    if not (isinstance(one, Book) and isinstance(other, Book) and one.title == other.title):
        raise ValueError(f"two imports are named {one.kind}")
    return Book(one.kind, one.title, (*one.sheets, *other.sheets))
