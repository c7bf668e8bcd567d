"""Every limit besides the reply clock: asking for correction, third parties, fee payment, publication, reports.

The numbers are dated parameters (``data/limits.toml``); what silence means stands here because it is what
distinguishes Article 32 from Article 34.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .calendar import WorkingCalendar
from .errors import LawError
from .parameters import Parameter, Parameters, standard_parameters


class LimitKind(StrEnum):
    """What must be done within a limit. The value is the code of its parameter."""

    CORRECTION_REQUEST = "correction_request"  # 告知补正: from receipt of the application
    CORRECTION_ANSWER = "correction_answer"  # 补正期限, set by the organ: from receipt of the notice
    THIRD_PARTY_ANSWER = "third_party_answer"  # Article 32: from receipt of the letter
    CO_MAKER_ANSWER = "co_maker_answer"  # Article 34: from receipt of the letter
    FEE_PAYMENT = "fee_payment"  # 信息处理费: from receipt of the notice
    PUBLICATION = "publication"  # Article 26: from formation or change
    PERMIT_OR_PENALTY_PUBLICATION = "permit_or_penalty_publication"  # from the decision
    ENFORCEMENT_PUBLICATION = "enforcement_publication"  # from the decision
    PENALTY_WITHDRAWAL = "penalty_withdrawal"  # from change or revocation, calendar days
    BUDGET_PUBLICATION = "budget_publication"  # from approval, calendar days
    CREDIT_PUBLICATION = "credit_publication"  # statistical credit: from the decision
    COORDINATION_ANSWER = "coordination_answer"  # 会商: from the day it was sent; local rules
    RECORD_CORRECTION = "record_correction"  # Article 41 sets none: an aim of the office


class Silence(StrEnum):
    """What follows when nothing is answered within the limit."""

    ORGAN_DECIDES = "organ_decides"  # Article 32: the organ decides under the Regulation
    DEEMED_CONSENT = "deemed_consent"  # Article 34: 视为同意公开
    DEEMED_ABANDONED = "deemed_abandoned"  # Article 30 and the fee rules: not processed further


SILENCE: dict[LimitKind, Silence] = {
    LimitKind.THIRD_PARTY_ANSWER: Silence.ORGAN_DECIDES,
    LimitKind.CO_MAKER_ANSWER: Silence.DEEMED_CONSENT,
    LimitKind.CORRECTION_ANSWER: Silence.DEEMED_ABANDONED,
    LimitKind.FEE_PAYMENT: Silence.DEEMED_ABANDONED,
}


@dataclass(frozen=True, slots=True)
class Limit:
    """``last`` is the last day in time. ``silence``: what follows when it passes; ``None`` where it is a duty."""

    kind: LimitKind
    start: date
    last: date
    parameter: Parameter
    provisional: bool
    silence: Silence | None


def limit(kind: LimitKind, start: date, calendar: WorkingCalendar, parameters: Parameters | None = None) -> Limit:
    """The limit that begins with what happened on ``start`` (that day is not counted), by the law of that day."""
    parameter = (parameters or standard_parameters()).on(kind, start)
    if parameter.unit == "工作日":
        last = calendar.add_working_days(start, parameter.number)
        provisional = calendar.is_provisional_between(start, last)
    elif parameter.unit == "日":
        last, provisional = start + timedelta(days=parameter.number), False
    else:
        raise LawError(f"参数 {parameter.code} 的单位应为 工作日 或者 日，现为“{parameter.unit}”。")
    return Limit(kind, start, last, parameter, provisional, SILENCE.get(kind))


def report_due(year: int, *, government: bool, parameters: Parameters | None = None) -> date:
    """The last day to publish the annual report for ``year`` (Article 49): 31 January, governments 31 March."""
    code = "government_report" if government else "department_report"
    value = (parameters or standard_parameters()).on(code, date(year + 1, 1, 1)).value
    try:
        return date.fromisoformat(f"{year + 1}-{value}")
    except ValueError as error:
        raise LawError(f"参数 {code} 应写作 月-日，如 01-31，现为“{value}”。") from error
