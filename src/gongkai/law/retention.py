"""保存期限: how long personal data of an applicant is kept after the application is closed (个人信息保护法 art. 19)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .errors import LawError
from .parameters import Parameter, Parameters, standard_parameters


class Kept(StrEnum):
    """What is kept for a time. The value goes into the ledger when it is erased."""

    ID_PROOF = "id_proof"
    APPLICANT = "applicant"

    @property
    def label(self) -> str:
        return {"id_proof": "身份证明", "applicant": "申请人信息和载有这些信息的材料"}[self.value]


@dataclass(frozen=True, slots=True)
class Period:
    """How many ``years`` something is kept, and by which text."""

    kept: Kept
    years: int
    parameter: Parameter

    def cutoff(self, today: date) -> date:
        """What was closed on or before this day has been kept long enough by ``today``."""
        return years_before(today, self.years)


def standard_periods(on: date, parameters: Parameters | None = None) -> dict[Kept, Period]:
    """The periods that come with this release, to be confirmed by the office. Raises :class:`LawError`."""
    known = parameters or standard_parameters()
    found = {}
    for kept in Kept:
        parameter = known.on(f"retention_{kept}", on)
        if parameter.unit != "年" or parameter.number < 1:
            raise LawError(f"参数 {parameter.code} 应当是至少 1 年，现为“{parameter.value}{parameter.unit}”。")
        found[kept] = Period(kept, parameter.number, parameter)
    return found


def years_before(day: date, years: int) -> date:
    """The same day some years earlier, and not a day later: 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
