"""The one table of what may happen to an item, when, by whom, and on what evidence.

Pages ask :func:`permitted`, services ask :func:`refusal`; nothing else decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from gongkai.bureau.roles import Actor, Role
from gongkai.ledger.events import Event

from .case import Case
from .events import (
    EVENTS,
    STEPS,
    Approved,
    Discarded,
    Edited,
    OverrideConfirmed,
    OverrideRequested,
    Recalled,
    Restored,
    Returned,
    Reviewed,
    Step,
    Submitted,
    ValidityChanged,
    ValidityRestored,
    Withdrawn,
)
from .models import Openness, Status

# A guard gives the reason, in Chinese, why the event may not happen; None when it may.
Guard = Callable[[Case, Event, Actor], str | None]

# Who passes or returns each step.
STEP_ROLES: Mapping[Step, Role] = {
    "department": Role.REVIEWER,
    "office": Role.REVIEWER,
    "leader": Role.LEADER,
}


@dataclass(frozen=True, slots=True)
class Transition:
    """``states`` in which the event may happen (None = not yet there), ``roles`` that may do it, where it may lead."""

    event: type[Event]
    states: frozenset[Status | None]
    roles: frozenset[Role]
    targets: frozenset[Status]
    guards: tuple[Guard, ...] = ()


# --- Guards -------------------------------------------------------------------------------------------


def holds_the_step(case: Case, event: Event, actor: Actor) -> str | None:
    """The step belongs to a role, and the first two to a department as well."""
    step = case.step
    if step is None:
        return None
    if STEP_ROLES[step] not in actor.roles:
        return f"{STEPS[step]}须由{STEP_ROLES[step].label}办理"
    if step == "department" and (case.department is None or actor.department != case.department):
        return "部门初审须由承办处室的审核人员办理"
    if step == "office" and not actor.in_office:
        return "公开机构审查须由政府信息公开工作机构的审核人员办理"
    return None


def is_no_author(case: Case, event: Event, actor: Actor) -> str | None:
    """Nobody approves their own text."""
    wrote = actor.pk in case.authors or actor.pk == case.submitted_by
    return "不能审查自己起草、修改或者送审的信息，请交由他人审查" if wrote else None


def has_passed_no_step(case: Case, event: Event, actor: Actor) -> str | None:
    """Each step is somebody else's: two pairs of eyes are not one pair twice."""
    mine = [STEPS[step] for step, by in case.passed.items() if by == actor.pk]
    return f"您已经办理了{'、'.join(mine)}，后面的步骤须由他人办理" if mine else None


def somebody_can_begin(case: Case, event: Event, actor: Actor) -> str | None:
    """The first step of most routes belongs to the department of the text."""
    if isinstance(event, Submitted) and event.department is None and "department" in event.route.value.split("+"):
        return "没有填写承办处室，部门初审没有人能办理，请先在“归属”中填写"
    return None


def is_the_step_reviewed(case: Case, event: Event, actor: Actor) -> str | None:
    named = getattr(event, "step", None)
    if named is not None and named != case.step:
        return f"现在不是{STEPS[named]}，请刷新页面"
    return None


def is_the_proof_reviewed(case: Case, event: Event, actor: Actor) -> str | None:
    """What is passed is the proof that was looked at, not one that took its place meanwhile."""
    if isinstance(event, Reviewed) and event.digest != case.digest:
        return "送审的内容已经变动，请重新查看后再办理"
    return None


def office_settles_openness_and_secrecy(case: Case, event: Event, actor: Actor) -> str | None:
    """Article 17: nothing is published without the check for state secrets and a settled 公开属性.

    Every route has the office among its steps.
    """
    if not isinstance(event, Reviewed) or event.step != "office":
        return None
    if event.openness is None or not event.secrecy_checked:
        return "公开机构审查须确定公开属性，并确认已经保密审查"
    if event.openness is not Openness.PROACTIVE:
        return "公开属性不是主动公开的，不能发布；请退回并写明理由"
    return None


def comes_from_a_former_site(case: Case, event: Event, actor: Actor) -> str | None:
    """Without a review a leader answers for what was public already, once; everything else passes the steps."""
    if case.status is not Status.DRAFT:
        return None
    if not isinstance(event, Approved) or event.basis != "migration" or Role.LEADER not in actor.roles:
        return "没有经过审查的信息不能签发"
    return "这条信息已经公开过，修改须经审查" if case.approved else None


def opinion_is_given(case: Case, event: Event, actor: Actor) -> str | None:
    return None if getattr(event, "opinion", "").strip() else "退回须写明意见"


def reason_is_given(case: Case, event: Event, actor: Actor) -> str | None:
    return None if getattr(event, "reason", "").strip() else "请写明理由"


def is_settled_step(case: Case, event: Event, actor: Actor) -> str | None:
    """Approval follows from the last step of the route and from no other."""
    if case.status is Status.DRAFT:
        return None
    return None if set(case.steps) <= set(case.passed) else "审查步骤还没有走完，不能签发"


def was_sent_by_me(case: Case, event: Event, actor: Actor) -> str | None:
    mine = actor.pk == case.submitted_by or actor.pk in case.authors
    return None if mine else "只有起草人、送审人可以撤回送审"


def is_public(case: Case, event: Event, actor: Actor) -> str | None:
    return None if case.is_live else "这条信息没有公开，不用撤下"


def is_not_public(case: Case, event: Event, actor: Actor) -> str | None:
    return "这条信息已经公开过，不能作废；需要下线的请撤下" if case.approved else None


def was_withdrawn(case: Case, event: Event, actor: Actor) -> str | None:
    return None if case.approved and case.withdrawn_on is not None else "这条信息没有撤下"


def is_new_override(case: Case, event: Event, actor: Actor) -> str | None:
    known = isinstance(event, OverrideRequested) and event.fingerprint in case.overrides
    return "已经申请过放行" if known else None


def is_second_person(case: Case, event: Event, actor: Actor) -> str | None:
    """Two named people let a blocking finding pass."""
    if not isinstance(event, OverrideConfirmed):
        return None
    first = case.overrides.get(event.fingerprint)
    if first is None:
        return "还没有人申请放行"
    if first.confirmed_by is not None:
        return "已经同意放行"
    return "申请放行的人不能自己同意放行，须由另一人办理" if first.requested_by == actor.pk else None


# --- The table ----------------------------------------------------------------------------------------

_WRITERS = frozenset({Role.CLERK, Role.HANDLER, Role.REVIEWER})
_SECOND = frozenset({Role.REVIEWER, Role.LEADER, Role.SECURITY_OFFICER})
_REVIEW = frozenset({Status.DEPARTMENT, Status.OFFICE, Status.LEADER})
_DRAFT = frozenset({Status.DRAFT})
_OPEN = frozenset({Status.DRAFT, Status.PUBLISHED, Status.WITHDRAWN})
_STEP_GUARDS: tuple[Guard, ...] = (holds_the_step, is_the_step_reviewed)
_OWN_EYES: tuple[Guard, ...] = (is_no_author, has_passed_no_step)

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Edited, _OPEN | {None}, _WRITERS, _DRAFT),
    Transition(Submitted, _DRAFT, _WRITERS, frozenset({Status.DEPARTMENT, Status.OFFICE}), (somebody_can_begin,)),
    Transition(
        Reviewed,
        _REVIEW,
        frozenset(STEP_ROLES.values()),
        _REVIEW,
        (*_STEP_GUARDS, *_OWN_EYES, is_the_proof_reviewed, office_settles_openness_and_secrecy),
    ),
    # Follows from the last step; its guards are those of that step.
    Transition(
        Approved,
        _REVIEW | _DRAFT,
        frozenset(STEP_ROLES.values()),
        frozenset({Status.PUBLISHED}),
        (comes_from_a_former_site, is_settled_step),
    ),
    Transition(Returned, _REVIEW, frozenset(STEP_ROLES.values()), _DRAFT, (*_STEP_GUARDS, opinion_is_given)),
    Transition(Recalled, _REVIEW, _WRITERS, _DRAFT, (was_sent_by_me,)),
    # In an emergency the security officer need not look for the leader.
    Transition(
        Withdrawn,
        _OPEN | _REVIEW,
        frozenset({Role.REVIEWER, Role.LEADER, Role.SECURITY_OFFICER}),
        _OPEN | _REVIEW,
        (is_public, reason_is_given),
    ),
    Transition(
        Restored,
        _OPEN | _REVIEW,
        frozenset({Role.LEADER}),
        _OPEN | _REVIEW,
        (was_withdrawn, reason_is_given),
    ),
    # Follow from the publication of the document that does it, or no longer does.
    Transition(ValidityChanged, _OPEN | _REVIEW, frozenset(STEP_ROLES.values()), _OPEN | _REVIEW),
    Transition(ValidityRestored, _OPEN | _REVIEW, frozenset(STEP_ROLES.values()), _OPEN | _REVIEW),
    Transition(OverrideRequested, _DRAFT, _WRITERS, _DRAFT, (is_new_override, reason_is_given)),
    Transition(OverrideConfirmed, _DRAFT, _SECOND, _DRAFT, (is_second_person, reason_is_given)),
    Transition(Discarded, _DRAFT, _WRITERS, frozenset({Status.DISCARDED}), (is_not_public,)),
)
# What follows from something else and is nobody's to choose.
CONSEQUENCES = frozenset({Approved.kind, ValidityChanged.kind, ValidityRestored.kind})

BY_EVENT = {transition.event.kind: transition for transition in TRANSITIONS}


def permitted(case: Case, actor: Actor) -> list[type[Event]]:
    """The events that this person may bring about as the case stands, before any evidence is given."""
    return [t.event for t in TRANSITIONS if t.event.kind not in CONSEQUENCES and not hindrance(case, t.event, actor)]


# Guards that need nothing but who asks and how things stand.
_KNOWN_BEFORE: frozenset[Guard] = frozenset(
    {holds_the_step, is_no_author, has_passed_no_step, was_sent_by_me, is_public, is_not_public, was_withdrawn}
)


def hindrance(case: Case, event: type[Event], actor: Actor) -> str | None:
    """Why this person may not bring such an event about as the case stands, before any evidence is given."""
    transition = BY_EVENT[event.kind]
    return _outside(transition, case, actor) or next(
        (
            reason
            for guard in transition.guards
            if guard in _KNOWN_BEFORE and (reason := guard(case, event.model_construct(), actor))
        ),
        None,
    )


def _outside(transition: Transition, case: Case, actor: Actor) -> str | None:
    """Whose turn it never is, and when."""
    title = transition.event.title
    if not transition.roles & actor.roles:
        needed = "、".join(role.label for role in Role if role in transition.roles)
        return f"“{title}”须由{needed}办理"
    status = _status(case)
    if status not in transition.states:
        return f"{status.label if status else '尚未保存'}的信息不能“{title}”"
    return None


def refusal(case: Case, event: Event, actor: Actor) -> str | None:
    """Why this person may not bring the event about (Chinese), or ``None``."""
    transition = BY_EVENT[event.kind]
    return _outside(transition, case, actor) or next(
        (reason for guard in transition.guards if (reason := guard(case, event, actor))), None
    )


def _status(case: Case) -> Status | None:
    return case.status if case.exists else None


def check_table(table: Iterable[Transition] = TRANSITIONS) -> None:
    """Raise ``ValueError`` when the table contradicts itself: an event twice or never, a state out of reach."""
    rows = list(table)
    kinds = [transition.event.kind for transition in rows]
    if sorted(kinds) != sorted(EVENTS):
        raise ValueError(f"each event stands in the table once: {sorted(kinds)} against {sorted(EVENTS)}")
    for transition in rows:
        if not (transition.states and transition.roles and transition.targets):
            raise ValueError(f"{transition.event.kind} has no states, roles or targets")
        if Status.DISCARDED in transition.states:
            raise ValueError(f"{transition.event.kind}: nothing happens to what was discarded")
    reached: set[Status | None] = {None}
    while further := {t for row in rows if row.states & reached for t in row.targets} - reached:
        reached |= further
    if unreached := set(Status) - reached:
        raise ValueError(f"no event leads to {sorted(unreached)}")
