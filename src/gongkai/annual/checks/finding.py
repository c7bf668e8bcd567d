"""What a check says: the rule, how sure it is, and the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ..forms import Cell
from ..report import Number


class Verdict(StrEnum):
    """How a rule came out. ``FAIL`` only where the document contradicts itself and the evidence is attached."""

    FAIL = "FAIL"
    WARN = "WARN"
    UNCERTAIN = "UNCERTAIN"
    NOT_ASSESSABLE = "NOT_ASSESSABLE"
    PASS = "PASS"  # noqa: S105 - a verdict, not a password


VERDICTS_IN_CHINESE = {
    Verdict.FAIL: "自相矛盾",
    Verdict.WARN: "请人工核对",
    Verdict.UNCERTAIN: "读取存疑",
    Verdict.NOT_ASSESSABLE: "无法核查",
    Verdict.PASS: "相符",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One result with its evidence.

    ``stated`` is what the document prints, ``computed`` what follows from its other figures;
    ``quote`` the sentence they stand in and ``line`` its line in the source (0 = unknown).
    """

    rule: str
    verdict: Verdict
    message: str
    cells: tuple[Cell, ...] = ()
    stated: Number | None = None
    computed: Number | None = None
    quote: str = ""
    line: int = 0

    def to_json(self) -> dict[str, object]:
        """The finding as ``gongkai check --json`` prints it."""
        return {
            "rule": self.rule,
            "verdict": str(self.verdict),
            "cells": [str(cell) for cell in self.cells],
            "stated": plain(self.stated),
            "computed": plain(self.computed),
            "message": self.message,
            "quote": self.quote,
            "line": self.line,
        }


def plain(number: Number | None) -> int | float | None:
    """A figure as JSON writes it: whole numbers without a fraction."""
    if isinstance(number, Decimal):
        return int(number) if number == number.to_integral_value() else float(number)
    return number


def shown(number: Number) -> str:
    """A figure as it stands in a message: no exponent, no trailing zeros."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
