"""What the Regulation requires of whoever acts on an application."""

from __future__ import annotations

from datetime import date

from gongkai.law.outcomes import evidence_kinds, outcome, outcomes

from .case import Case
from .consultations import period_of
from .deadlines import correction_limit, due, longest_extension
from .events import ConsultationReturned, Decided, Event, Extended, ReplyDrafted

_REPEAT = "not_processed.repeat"
_PUBLIC_INTEREST = "public_interest_grounds"


def correction_asked_in_time(case: Case, event: Event, day: date) -> str | None:
    """Article 30: within 7 working days of receipt."""
    if case.received_on is None:
        return None
    days, last = correction_limit(case.received_on)
    return f"要求补正应在收到申请之日起 {days} 个工作日内（至 {last}）一次性告知" if day > last else None


def extended_before_due(case: Case, event: Event, day: date) -> str | None:
    """Article 33: the applicant is told before the period has run out."""
    last, _ = due(case)
    return f"答复期限 {last} 已过，不能延期" if day > last else None


def extended_by_what_is_allowed(case: Case, event: Event, day: date) -> str | None:
    """Article 33: by no more working days than the law of the day of receipt allows."""
    if not isinstance(event, Extended) or case.received_on is None:
        return None
    longest = longest_extension(case.received_on)
    return f"延长的期限不得超过 {longest} 个工作日" if event.working_days > longest else None


def silence_has_lasted(case: Case, event: Event, day: date) -> str | None:
    """Articles 32 and 34: whoever is asked has 15 working days; before they are over nobody has been silent."""
    if not isinstance(event, ConsultationReturned) or event.answer != "silent":
        return None
    period = period_of(case.parties[event.consultation], case.consultations[event.consultation])
    if period is None or day >= period.last:
        return None
    return f"征求意见的期限至 {period.last} 届满，届满之前不能登记“期满没有答复”"


def outcome_says_enough(case: Case, event: Event, day: date) -> str | None:
    """A wider outcome, kept for old ledgers that say no more, is no reply."""
    if not isinstance(event, Decided | ReplyDrafted) or outcome(event.outcome).choosable:
        return None
    row = outcome(event.outcome).row("2021")
    finer = "；".join(found.label for found in outcomes().values() if found.choosable and found.row("2021") == row)
    return f"办理结果须写明是哪一种：{finer}"


def evidence_on_file(case: Case, event: Event, day: date) -> str | None:
    """What must be on file before a reply of this outcome: a search record, reasons, another body's name."""
    if not isinstance(event, Decided | ReplyDrafted):
        return None
    on_file = {*case.work.evidence, *(event.evidence if isinstance(event, Decided) else ())}
    missing = outcome(event.outcome).missing(on_file)
    return f"答复之前须先备齐：{'；'.join(evidence.label for evidence in missing)}" if missing else None


def objection_is_overridden_for_a_reason(case: Case, event: Event, day: date) -> str | None:
    """Articles 15 and 32: what a third party refuses is published only for a grave public interest, told in writing."""
    if not isinstance(event, ReplyDrafted) or not case.is_objected_to:
        return None
    discloses = outcome(event.outcome).row("2021").startswith("granted")
    if not discloses or _PUBLIC_INTEREST in case.work.evidence:
        return None
    return f"第三方不同意公开；仍予公开的须先备齐：{evidence_kinds()[_PUBLIC_INTEREST].label}"


def repeat_names_what_was_answered(case: Case, event: Event, day: date) -> str | None:
    """Article 36(6): only what was answered before is a repeat; the earlier case is linked."""
    if not isinstance(event, ReplyDrafted) or event.outcome != _REPEAT:
        return None
    linked = any(relation == "repeat" for _, relation in case.work.links)
    return None if linked else "请先关联此前已经答复的申请，再作不予重复处理"
