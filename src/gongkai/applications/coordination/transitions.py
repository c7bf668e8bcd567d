"""The one table of what may happen to a 会商, when, by whom, and on whose side."""

from __future__ import annotations

from typing import Any

from gongkai.bureau.roles import Actor, Role
from gongkai.ledger.events import Event

from ..flow import Table, Transition, said_why
from .case import Case
from .events import (
    EVENTS,
    Asked,
    Concluded,
    Disagreed,
    Ended,
    Escalated,
    Opened,
    OpinionDrafted,
    OpinionGiven,
    OpinionRecorded,
    OpinionReturned,
    SentBack,
    SignedOff,
    WaitEnded,
)
from .models import Standing, Status


def _organ_waits(case: Case, event: Any, actor: Actor) -> str | None:
    organ = case.organs.get(event.organ)
    return None if organ is not None and organ.is_waited_for else "这个机关已经答复，或者没有征求过它的意见"


def _organ_is_outside(case: Case, event: Any, actor: Actor) -> str | None:
    """A body with a desk of its own answers there."""
    organ = case.organs.get(event.organ)
    return "这个机关在本系统中自行答复" if organ is not None and organ.agency is not None else None


def _is_asked_once(case: Case, event: Any, actor: Actor) -> str | None:
    asked = {organ.agency for organ in case.organs.values() if organ.is_waited_for and organ.agency is not None}
    return "这个机关的意见正在征求中" if event.agency in asked else None


def _is_not_my_opinion(case: Case, event: Any, actor: Actor) -> str | None:
    organ = case.organs.get(getattr(event, "organ", 0))
    return "不能签发自己拟出的意见，请交由他人办理" if organ is not None and organ.by == actor.pk else None


def _is_the_opinion_looked_at(case: Case, event: Any, actor: Actor) -> str | None:
    return None if event.digest == case.organs[event.organ].digest else "意见已经变动，请重新查看后再签发"


def _is_not_my_conclusion(case: Case, event: Event, actor: Actor) -> str | None:
    return "不能签批自己形成的结论，请交由他人办理" if case.concluded_by == actor.pk else None


def _is_the_conclusion_looked_at(case: Case, event: Any, actor: Actor) -> str | None:
    return None if event.digest == case.digest else "结论已经变动，请重新查看后再签批"


def _names_who_decides(case: Case, event: Any, actor: Actor) -> str | None:
    return None if event.to.strip() else "请填写提请哪个主管部门"


def _of(*states: str | None) -> frozenset[str | None]:
    return frozenset(states)


_OFFICE = frozenset({Role.CLERK, Role.HANDLER})
_LEADER = frozenset({Role.LEADER})
_SIGNERS = frozenset({Role.REVIEWER, Role.LEADER})
_S = Status
_SETTLED = frozenset({_S.ASKED.value, _S.ANSWERED.value})
_BEFORE_CONCLUSION = _of(_S.OPENED, _S.ASKED, _S.ANSWERED, _S.DISAGREED, _S.ESCALATED)

TABLE = Table(
    "会商",
    {**dict(Status.choices), **dict(Standing.choices)},
    (
        Transition(Opened, _of(None), _OFFICE, frozenset({_S.OPENED.value})),
        Transition(Asked, _BEFORE_CONCLUSION, _OFFICE, frozenset({_S.ASKED.value}), guards=(_is_asked_once,)),
        Transition(
            OpinionRecorded,
            _of(_S.ASKED),
            _OFFICE,
            _SETTLED | {Standing.GIVEN.value},
            guards=(_organ_waits, _organ_is_outside),
        ),
        Transition(WaitEnded, _of(_S.ASKED), _OFFICE, _SETTLED | {Standing.SILENT.value}, guards=(_organ_waits,)),
        Transition(Disagreed, _of(_S.ANSWERED), _OFFICE, frozenset({_S.DISAGREED.value})),
        Transition(
            Escalated, _of(_S.DISAGREED), _LEADER, frozenset({_S.ESCALATED.value}), guards=(_names_who_decides,)
        ),
        Transition(Concluded, _of(_S.ANSWERED, _S.ESCALATED), _OFFICE, frozenset({_S.CONCLUDED.value})),
        Transition(
            SignedOff,
            _of(_S.CONCLUDED),
            _LEADER,
            frozenset({_S.DONE.value}),
            before=(_is_not_my_conclusion,),
            guards=(_is_the_conclusion_looked_at,),
        ),
        Transition(
            SentBack,
            _of(_S.CONCLUDED),
            _LEADER,
            frozenset({_S.ANSWERED.value, _S.DISAGREED.value, _S.ESCALATED.value}),
            guards=(said_why,),
        ),
        Transition(Ended, _BEFORE_CONCLUSION, frozenset({Role.CLERK}), frozenset({_S.ENDED.value}), guards=(said_why,)),
        # --- At the desk of the body that was asked: the states are those of its own answer ---
        Transition(
            OpinionDrafted,
            _of(Standing.WAITING, Standing.DRAFTED),
            _OFFICE,
            frozenset({Standing.DRAFTED.value}),
            "asked",
        ),
        Transition(
            OpinionReturned,
            _of(Standing.DRAFTED),
            _SIGNERS,
            frozenset({Standing.WAITING.value}),
            "asked",
            guards=(said_why,),
        ),
        Transition(
            OpinionGiven,
            _of(Standing.DRAFTED),
            _SIGNERS,
            frozenset({Standing.GIVEN.value}),
            "asked",
            guards=(_is_not_my_opinion, _is_the_opinion_looked_at),
        ),
    ),
)


def check_table(table: Table = TABLE) -> None:
    """Raise ``ValueError`` when the table contradicts itself."""
    final = {Status.DONE.value, Status.ENDED.value, Standing.GIVEN.value, Standing.SILENT.value}
    table.check(EVENTS, {*Status.values, *Standing.values}, final)
