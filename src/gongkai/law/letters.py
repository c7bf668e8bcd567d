"""文书: the letters of a case and what each must contain (Articles 30 to 40; form set of 宿政办函〔2021〕21号)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from .errors import LawError
from .parameters import read_data

Stage = Literal["intake", "process", "decision", "service"]


@dataclass(frozen=True, slots=True)
class Letter:
    """A kind of letter: its printed ``title``, when in a case it is written, the points it must answer."""

    code: str
    title: str
    stage: Stage
    contents: tuple[str, ...]


@cache
def letters() -> Mapping[str, Letter]:
    """Every kind of letter by code, in the order a case meets them."""
    found: dict[str, Letter] = {}
    for table in tomllib.loads(read_data("letters.toml"))["letter"]:
        if table["code"] in found or table["stage"] not in get_args(Stage) or not table["contents"]:
            raise LawError(f"文书 {table['code']} 重复，或者阶段、内容要点不对。")
        found[table["code"]] = Letter(table["code"], table["title"], table["stage"], tuple(table["contents"]))
    return found
