"""Dated legal parameters: what a number was, between which dates, by which text, and how sure we are of it.

The idea is OpenFisca's: a rule is a small function, its numbers are data with a date and a reference.
Data files are ``data/*.toml``; each ``[[parameter]]`` there is one :class:`Parameter`. An office corrects
what we could not verify, or adds what changed, with :meth:`Parameters.corrected`, without a release.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, get_args

from .errors import LawError
from .wording import chinese_date

Sureness = Literal["V", "P", "UNVERIFIED", "I"]
Value = int | str | bool


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value of a legal parameter and the days on which it is in force (both ends included).

    ``sureness``: V the official text was read; P its core was read; UNVERIFIED from general knowledge,
    to be confirmed by the office; I an inference of ours, not a quoted rule.
    """

    code: str
    value: Value
    since: date
    until: date | None
    reference: str
    sureness: Sureness
    unit: str = ""
    note: str = ""

    def in_force(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def number(self) -> int:
        """The value of a parameter that counts something."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise LawError(f"参数 {self.code} 应当是整数，现为“{self.value}”，请更正参数文件。")
        return self.value


@dataclass(frozen=True, slots=True)
class Parameters:
    """An immutable set of parameters, at most one value of a code on any day."""

    by_code: Mapping[str, tuple[Parameter, ...]]

    @classmethod
    def of(cls, parameters: Iterable[Parameter]) -> Parameters:
        """Group by code; raises :class:`LawError` when two values of one code are in force on one day."""
        grouped: dict[str, list[Parameter]] = {}
        for parameter in parameters:
            grouped.setdefault(parameter.code, []).append(parameter)
        for code, values in grouped.items():
            values.sort(key=lambda parameter: parameter.since)
            for earlier, later in pairwise(values):
                if earlier.until is None or earlier.until >= later.since:
                    raise LawError(f"参数 {code} 在{chinese_date(later.since)}有两个值，请更正其起止日期。")
        return cls({code: tuple(values) for code, values in grouped.items()})

    def __iter__(self) -> Iterator[Parameter]:
        for values in self.by_code.values():
            yield from values

    def on(self, code: str, day: date) -> Parameter:
        """The parameter ``code`` in force on ``day``; :class:`LawError` when there was none."""
        found = self.find(code, day)
        if found is not None:
            return found
        raise LawError(f"{chinese_date(day)}没有施行中的规定（参数 {code}），不能计算。")

    def find(self, code: str, day: date) -> Parameter | None:
        """The parameter ``code`` in force on ``day``, if there was one; :class:`LawError` for an unknown code."""
        if code not in self.by_code:
            raise LawError(f"没有名为 {code} 的法律参数。")
        return next((parameter for parameter in self.by_code[code] if parameter.in_force(day)), None)

    def corrected(self, text: str) -> Parameters:
        """These parameters with those of an office's own TOML file put in the place of ours, code by code.

        A code that the file names is replaced whole, so the file must give all the periods of that code.
        """
        own = Parameters.of(parse_parameters(text))
        for code in own.by_code:
            if code not in self.by_code:
                raise LawError(f"没有名为 {code} 的法律参数，请核对参数文件中的 code。")
        return Parameters({**self.by_code, **own.by_code})


_KEYS = {"code", "value", "since", "until", "reference", "sureness", "unit", "note"}


def parse_parameters(text: str) -> list[Parameter]:
    """The ``[[parameter]]`` tables of a TOML text; :class:`LawError` names the first that is wrong."""
    try:
        tables = tomllib.loads(text).get("parameter", [])
    except tomllib.TOMLDecodeError as error:
        raise LawError(f"参数文件不是有效的 TOML：{error}") from error
    if not isinstance(tables, list):
        raise LawError("参数文件中的每个参数应写作 [[parameter]]。")
    return [_parameter(table) for table in tables]


def _parameter(table: Mapping[str, Any]) -> Parameter:
    code = table.get("code", "（无 code）")
    if wrong := set(table) - _KEYS:
        raise LawError(f"参数 {code} 有不认识的项：{'、'.join(sorted(wrong))}。")
    if missing := {"code", "value", "since", "reference", "sureness"} - set(table):
        raise LawError(f"参数 {code} 缺少：{'、'.join(sorted(missing))}。")
    if table["sureness"] not in get_args(Sureness):
        raise LawError(f"参数 {code} 的 sureness 只能是 {'、'.join(get_args(Sureness))}。")
    since, until = table["since"], table.get("until")
    if type(since) is not date or not (until is None or type(until) is date):
        raise LawError(f"参数 {code} 的 since、until 应写作不带引号的日期，如 2019-05-15。")
    if until is not None and until < since:
        raise LawError(f"参数 {code} 的 until 早于 since。")
    if not isinstance(table["value"], int | str):
        raise LawError(f"参数 {code} 的 value 应当是整数、文字或者 true/false。")
    return Parameter(
        code,
        table["value"],
        since,
        until,
        table["reference"],
        table["sureness"],
        table.get("unit", ""),
        table.get("note", ""),
    )


def read_data(name: str) -> str:
    """The text of a data file of this package."""
    return (Path(__file__).parent / "data" / name).read_text("utf-8")


PARAMETER_FILES = (
    "clock.toml",
    "confidential.toml",
    "disputes.toml",
    "inquiries.toml",
    "inspection.toml",
    "letters.toml",
    "limits.toml",
    "remedies.toml",
    "retention.toml",
    "validity.toml",
    "volume.toml",
)


@cache
def standard_parameters() -> Parameters:
    """The parameters that come with this release, read and validated once."""
    return Parameters.of(parameter for name in PARAMETER_FILES for parameter in parse_parameters(read_data(name)))
