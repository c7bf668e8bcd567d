"""Who may do what with a record of statistical credit and when: the whole table, role by state by event."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.bureau.roles import Actor, Role
from gongkai.law.credit import Grade, Longer
from gongkai.registers.credit.case import Case
from gongkai.registers.credit.events import (
    EVENTS,
    Amended,
    Decided,
    Ended,
    Event,
    Extended,
    Published,
    Removed,
    RepairApplied,
    RepairRefused,
    Revoked,
    Verified,
)
from gongkai.registers.credit.models import Status
from gongkai.registers.credit.transitions import TRANSITIONS, check_table, hindrance, permitted, refusal

CONTENT = {
    "number": "温统信认〔2020〕1号",
    "enterprise": "某某有限公司",
    "credit_code": "91350100M000100Y43",
    "address": "温州市",
    "violation": "提供不真实统计资料",
    "handling": "警告并处罚款",
    "grade": Grade.GENERAL,
}
BEGAN, DAY, OVER = date(2020, 3, 2), date(2020, 10, 9), date(2021, 3, 2)
_SHOWN: list[Event] = [Decided(**CONTENT), Published(), Verified(evidence="复查")]
WAYS: dict[Status | None, list[Event]] = {
    None: [],
    Status.DECIDED: [Decided(**CONTENT)],
    Status.PUBLISHED: _SHOWN,
    Status.REPAIRING: [*_SHOWN, RepairApplied()],
    Status.ENDED: [*_SHOWN, Ended()],
    Status.REMOVED: [*_SHOWN, RepairApplied(), Removed()],
    Status.REVOKED: [*_SHOWN, Revoked(explanation="复议撤销")],
}
PROBES: dict[str, Event] = {
    "decided": Decided(**CONTENT),
    "amended": Amended(**CONTENT),
    "published": Published(),
    "verified": Verified(evidence="复查"),
    "repair_applied": RepairApplied(),
    "repair_refused": RepairRefused(reason="没有整改"),
    "removed": Removed(),
    "extended": Extended(longer=Longer.AGAIN, reason="再次失信"),
    "ended": Ended(),
    "revoked": Revoked(explanation="复议撤销"),
}
# Written out by hand from what an office does: state → event → who.
W, D = {Role.CLERK, Role.HANDLER}, {Role.REVIEWER, Role.LEADER}
SHOWN = {"verified": W, "extended": D, "revoked": D}
EXPECTED: dict[Status | None, dict[str, set[Role]]] = {
    None: {"decided": W},
    Status.DECIDED: {"amended": W, "published": D, "revoked": D},
    Status.PUBLISHED: {**SHOWN, "repair_applied": W},
    Status.REPAIRING: {**SHOWN, "repair_refused": D, "removed": D},
    Status.ENDED: {},
    Status.REMOVED: {},
    Status.REVOKED: {},
}


def reach(status: Status | None, *more: Event) -> Case:
    case = Case()
    for event in [*WAYS[status], *more]:
        case.apply(event.kind, BEGAN, event.model_dump(mode="json"))
    assert case.status is status
    return case


def test_the_table_is_whole_and_every_event_has_a_probe() -> None:
    check_table()
    assert set(PROBES) == set(EVENTS) == {row.event.kind for row in TRANSITIONS}
    with pytest.raises(ValueError, match="stands in the table once"):
        check_table(TRANSITIONS[:-1])
    with pytest.raises(ValueError, match="without states"):
        check_table((*TRANSITIONS[:-1], type(TRANSITIONS[0])(Revoked, frozenset(), frozenset(), frozenset())))
    lost = [row for row in TRANSITIONS if row.event is not Ended]
    with pytest.raises(ValueError, match="no event leads to"):
        check_table((*lost, type(TRANSITIONS[0])(Ended, frozenset({None}), frozenset(W), frozenset({Status.DECIDED}))))


@pytest.mark.parametrize("status", [None, *Status])
def test_the_whole_matrix(status: Status | None) -> None:
    case = reach(status)
    for role in Role:
        actor = Actor(1, frozenset({role}))
        for kind, probe in PROBES.items():
            may = role in EXPECTED[status].get(kind, set())
            assert (refusal(case, probe, DAY, actor, DAY) is None) is may, (role, kind)
        offered = {event.kind for event in permitted(case, actor, DAY)}
        assert offered == {kind for kind, roles in EXPECTED[status].items() if role in roles}, role


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.REPAIRING])
def test_after_its_last_day_a_record_can_only_end_be_decided_on_or_be_revoked(status: Status) -> None:
    case, actor = reach(status), Actor(1, frozenset(Role))
    offered = {event.kind for event in permitted(case, actor, OVER)}
    decided = {"repair_refused", "removed"} if status is Status.REPAIRING else set()
    assert offered == {"ended", "revoked"} | decided
    assert refusal(case, Ended(), OVER, None, OVER) is None
    assert "2021年3月2日起停止公示" in (refusal(case, Ended(), date(2021, 3, 1), None, OVER) or "")


@pytest.mark.parametrize(
    ("case", "event", "day", "says"),
    [
        (reach(None), Decided(**CONTENT), date(2022, 5, 19), "没有“一般失信”这一等"),
        (reach(None), Decided(**CONTENT), date(2019, 3, 19), "没有施行中的规定"),
        (reach(Status.DECIDED), Published(), date(2020, 3, 1), "早于前一事项"),
        (reach(Status.DECIDED), Published(), date(2022, 5, 21), "在今天之后"),
        (reach(Status.REPAIRING), Removed(), date(2020, 9, 1), "2020年9月2日起才可以"),
        (reach(Status.PUBLISHED), Verified(evidence=" "), DAY, "请写明"),
        (reach(Status.PUBLISHED), Extended(longer=Longer.NOT_MENDED, reason="逾期"), DAY, "核实到位"),
    ],
)
def test_what_the_facts_forbid(case: Case, event: Event, day: date, says: str) -> None:
    told = refusal(case, event, day, None, date(2022, 5, 20))
    assert says in (told or ""), told


def test_removal_waits_for_the_mending_and_a_new_offence_undoes_it() -> None:
    again = Extended(longer=Longer.AGAIN, reason="再次失信")
    case = reach(Status.REPAIRING, again)
    assert "还没有经过核实" in (refusal(case, Removed(), DAY, None, DAY) or "")
    assert case.display is not None
    assert case.display.last == date(2022, 3, 1)
    assert "还没有经过核实" in (hindrance(Removed, case, Actor(1, frozenset(D)), DAY) or "")
    twice = refusal(case, Extended(longer=Longer.NOT_MENDED, reason="逾期"), DAY, None, DAY)
    assert "已经因" in (twice or "")
