"""What can happen to a record of statistical credit; the date is the entry's. No name of a person is in a payload."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from gongkai.law.credit import Grade, Longer, is_credit_code
from gongkai.ledger.events import Event

STREAM = "registers.credit"


def _sound(code: str) -> str:
    if not is_credit_code(code):
        raise ValueError("不是统一社会信用代码")
    return code


class _Content(Event):
    """What the rules have published of a decision, but for the name of a person."""

    number: str
    enterprise: str
    credit_code: Annotated[str, AfterValidator(_sound)]
    address: str
    violation: str
    handling: str
    grade: Grade


class Decided(_Content):
    """认定: the enterprise is found to have broken faith."""

    kind = "decided"
    title = "登记认定决定"


class Amended(_Content):
    """更正: what was registered is put right before it is published."""

    kind = "amended"
    title = "更正登记内容"


class Published(Event):
    """公示, by somebody other than whoever registered it."""

    kind = "published"
    title = "审核公示"


class Verified(Event):
    """核实整改: the enterprise has mended what was wrong; ``evidence`` says how that was verified."""

    kind = "verified"
    title = "登记整改核实"
    evidence: str


class RepairApplied(Event):
    """申请提前移除 (信用修复) by the enterprise."""

    kind = "repair_applied"
    title = "登记移除申请"


class RepairRefused(Event):
    """不予移除, with the reason."""

    kind = "repair_refused"
    title = "不予提前移除"
    reason: str


class Removed(Event):
    """提前移除."""

    kind = "removed"
    title = "提前移除"


class Extended(Event):
    """延长公示: not mended, or a new offence that was verified that day."""

    kind = "extended"
    title = "延长公示期"
    longer: Longer
    reason: str


class Ended(Event):
    """公示期满, of itself."""

    kind = "ended"
    title = "公示期满"


class Revoked(Event):
    """认定被撤销、变更: it is taken back, and the public is told why."""

    kind = "revoked"
    title = "撤销认定"
    explanation: str


EVENTS: dict[str, type[Event]] = {
    event.kind: event
    for event in (
        Decided,
        Amended,
        Published,
        Verified,
        RepairApplied,
        RepairRefused,
        Removed,
        Extended,
        Ended,
        Revoked,
    )
}
