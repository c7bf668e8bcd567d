"""Articles 14 to 16: what is not disclosed, how strictly, and what opens it all the same.

Withheld information is to be looked at again from time to time (Article 18).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from .outcomes import article_text, outcome
from .parameters import read_data


class Mode(StrEnum):
    """How strictly a ground binds."""

    SHALL = "shall"  # 不予公开
    MUST_NOT = "must_not"  # 不得公开
    MAY = "may"  # 可以不予公开

    @property
    def label(self) -> str:
        return {"shall": "不予公开", "must_not": "不得公开", "may": "可以不予公开"}[self.value]


@dataclass(frozen=True, slots=True)
class Exemption:
    """A ground for refusal. ``code`` is the outcome (and row of table 三) that a refusal on it counts as."""

    code: str
    article: str
    mode: Mode
    text: str
    publish_if: tuple[str, ...]

    @property
    def rule(self) -> str:
        return article_text(self.article)


@cache
def exemptions() -> Mapping[str, Exemption]:
    """Every ground by code, in the order of the Regulation; each is an outcome that may be decided."""
    found = (
        Exemption(
            outcome(table["code"]).code,
            table["article"],
            Mode(table["mode"]),
            table["text"],
            tuple(table["publish_if"]),
        )
        for table in tomllib.loads(read_data("exemptions.toml"))["exemption"]
    )
    return {exemption.code: exemption for exemption in found}
