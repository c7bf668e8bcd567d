"""Who handles what in the office: conditions on people, which imported ledgers do not meet and need not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gongkai.bureau.roles import Actor, Role

from .case import Case
from .events import Decided, Event, ReplyDrafted
from .models import Stage

Procedure = Callable[[Case, Event, Actor], str | None]


@dataclass(frozen=True)
class AtStage:
    """The work stands at one of these stages."""

    stages: tuple[Stage, ...]

    def __call__(self, case: Case, event: Event, actor: Actor) -> str | None:
        stage = case.stage
        return None if stage in self.stages else f"申请现在{stage.label if stage else '尚未登记'}，不能“{event.title}”"


def at_stage(*stages: Stage) -> Procedure:
    return AtStage(stages)


def department_waits_for_me(case: Case, event: Event, actor: Actor) -> str | None:
    named = getattr(event, "department", actor.department)
    if named is None or named not in case.work.waiting:
        return "没有等待签收的分办"
    return None if named == actor.department else "只能签收或者退回分给本处室的申请"


def is_for_my_department(case: Case, event: Event, actor: Actor) -> str | None:
    """The clerks of the office see to every application; others to those of their department."""
    if Role.CLERK in actor.roles or actor.department in case.work.signed_for:
        return None
    return "这件申请没有分给您的处室，或者还没有签收"


def is_not_archived(case: Case, event: Event, actor: Actor) -> str | None:
    return "申请已经归档" if case.work.is_archived else None


def reviews_for_lead_or_office(case: Case, event: Event, actor: Actor) -> str | None:
    """A reply is reviewed in the department that leads, or in the disclosure office."""
    lead = case.work.lead
    if actor.in_office or lead is None or actor.department == lead:
        return None
    return "答复须由主办处室或者政府信息公开工作机构的审核人员审核"


def is_before_me(case: Case, event: Event, actor: Actor) -> str | None:
    """Whoever has the reply before them sends it back: reviewers while it is reviewed, the leader at any time."""
    if Role.LEADER in actor.roles:
        return None
    if case.stage is Stage.REVIEW:
        return reviews_for_lead_or_office(case, event, actor)
    return "答复已经送交签发，须由负责人退回"


def something_is_unproven(case: Case, event: Event, actor: Actor) -> str | None:
    return None if case.work.unproven else "没有待登记送达的文书"


def said_why(case: Case, event: Event, actor: Actor) -> str | None:
    told = getattr(event, "reason", "") or getattr(event, "opinion", "")
    return None if told.strip() else "请写明理由"


def consultations_are_over(case: Case, event: Event, actor: Actor) -> str | None:
    """Articles 32 and 34: no reply while somebody is still asked."""
    waiting = sorted(set(case.consultations) - case.returned)
    if not waiting or not isinstance(event, ReplyDrafted):
        return None
    return f"第 {waiting[0]} 次征求意见还没有结果，登记答复或者期满未答复之后再拟答复"


def reply_is_not_mine(case: Case, event: Event, actor: Actor) -> str | None:
    """Nobody reviews or signs what they drafted, nor signs what they reviewed."""
    draft = case.work.draft
    if draft is None:
        return None
    if actor.pk in case.work.drafters:
        return "不能审核、签发自己拟出的答复，请交由他人办理"
    if draft.is_reviewed and draft.reviewed_by == actor.pk:
        return "您已经审核过这份答复，须由他人签发"
    return None


def is_the_reply_looked_at(case: Case, event: Event, actor: Actor) -> str | None:
    named = getattr(event, "digest", None)
    if named is not None and case.work.draft is not None and named != case.work.draft.digest:
        return "答复文书已经变动，请重新查看后再办理"
    return None


def is_the_signed_outcome(case: Case, event: Event, actor: Actor) -> str | None:
    if not isinstance(event, Decided) or case.work.draft is None:
        return None
    return None if event.outcome == case.work.draft.outcome else "办理结果与签发的答复不同"


def every_letter_has_its_proof(case: Case, event: Event, actor: Actor) -> str | None:
    missing = len(case.work.unproven)
    return f"还有 {missing} 份文书没有送达凭证，补齐后再归档" if missing else None


_BEFORE = (
    department_waits_for_me,
    every_letter_has_its_proof,
    is_before_me,
    is_for_my_department,
    is_not_archived,
    reply_is_not_mine,
    reviews_for_lead_or_office,
    something_is_unproven,
)


def is_known_before(guard: Procedure) -> bool:
    """Whether a condition needs nothing but who asks and how things stand, so that a page can ask it."""
    return isinstance(guard, AtStage) or guard in _BEFORE
