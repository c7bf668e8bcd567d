"""文书: the letters of a case and what each must contain (Articles 30 to 40; form set of 宿政办函〔2021〕21号)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, get_args

from .errors import LawError
from .parameters import Parameter, Parameters, read_data, standard_parameters
from .wording import chinese_number

Stage = Literal["intake", "process", "decision", "service"]


@dataclass(frozen=True, slots=True)
class Letter:
    """A kind of letter: its printed ``title``, when in a case it is written, the points it must answer."""

    code: str
    title: str
    stage: Stage
    contents: tuple[str, ...]

    @property
    def name(self) -> str:
        """What the letter calls itself: 告知书, 征求书, 通知书……"""
        plain = self.title.partition("（")[0]
        return next((each for each in _NAMES if plain.endswith(each)), plain)


_NAMES = ("告知书", "通知书", "意见征求书", "回执", "协办函", "送达回证")


@cache
def letters() -> Mapping[str, Letter]:
    """Every kind of letter by code, in the order a case meets them."""
    found: dict[str, Letter] = {}
    for table in tomllib.loads(read_data("letters.toml"))["letter"]:
        if table["code"] in found or table["stage"] not in get_args(Stage) or not table["contents"]:
            raise LawError(f"文书 {table['code']} 重复，或者阶段、内容要点不对。")
        found[table["code"]] = Letter(table["code"], table["title"], table["stage"], tuple(table["contents"]))
    return found


def says(code: str, day: date, days: int = 0, parameters: Parameters | None = None) -> tuple[str, Parameter]:
    """What the law has a letter of that kind say on ``day``, and the parameter with its reference.

    ``code``: of a letter, or ``….silence`` for what follows when nothing is answered. ``days``: the limit it names.
    Raises :class:`LawError` for a day on which there was no such rule.
    """
    found = (parameters or standard_parameters()).on(f"letter.{code}", day)
    letter = letters()[code.partition(".")[0]]
    return str(found.value).format(letter=letter.name, days=chinese_number(days)), found
