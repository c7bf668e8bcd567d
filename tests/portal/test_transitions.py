"""Who may do what with an item, and when: the whole matrix of role, state and event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from gongkai.bureau.roles import Actor, Role
from gongkai.portal.case import Case
from gongkai.portal.events import (
    EVENTS,
    Approved,
    Discarded,
    OverrideConfirmed,
    OverrideRequested,
    Restored,
    Returned,
    Reviewed,
    Withdrawn,
)
from gongkai.portal.models import Openness, Route, Status
from gongkai.portal.transitions import TRANSITIONS, check_table, permitted, refusal

SURVEY, OFFICE, OTHER = 1, 2, 3
AUTHOR = 10
DIGEST = "d" * 64

# What each of these people may do to a text that AUTHOR wrote and sent, state by state, in the order of the table.
PEOPLE = {
    "author": Actor(AUTHOR, frozenset({Role.HANDLER}), SURVEY),
    "clerk": Actor(11, frozenset({Role.CLERK}), OFFICE, in_office=True),
    "chief": Actor(12, frozenset({Role.REVIEWER}), SURVEY),
    "other chief": Actor(13, frozenset({Role.REVIEWER}), OTHER),
    "office": Actor(14, frozenset({Role.REVIEWER}), OFFICE, in_office=True),
    "leader": Actor(15, frozenset({Role.LEADER}), OFFICE, in_office=True),
    "security": Actor(16, frozenset({Role.SECURITY_OFFICER}), OFFICE, in_office=True),
    "nobody": Actor(17, frozenset()),
}
DRAFTED = ["edited", "submitted", "override_requested", "discarded"]
MAY: dict[tuple[str, str], list[str]] = {
    **{(who, "new"): ["edited"] for who in ("author", "clerk", "chief", "other chief", "office")},
    **{(who, "draft"): DRAFTED for who in ("author", "clerk")},
    **{
        (who, "draft"): ["edited", "submitted", "override_requested", "override_confirmed", "discarded"]
        for who in ("chief", "other chief", "office")
    },
    ("leader", "draft"): ["override_confirmed"],
    ("security", "draft"): ["override_confirmed"],
    **{("author", state): ["recalled"] for state in ("department", "office", "leader")},
    ("chief", "department"): ["reviewed", "returned"],
    ("office", "office"): ["reviewed", "returned"],
    ("leader", "leader"): ["reviewed", "returned"],
    **{(who, "published"): ["edited"] for who in ("author", "clerk")},
    **{(who, "published"): ["edited", "withdrawn"] for who in ("chief", "other chief", "office")},
    ("leader", "published"): ["withdrawn"],
    ("security", "published"): ["withdrawn"],
    **{(who, "withdrawn"): ["edited"] for who in ("author", "clerk", "chief", "other chief", "office")},
    ("leader", "withdrawn"): ["restored"],
}
STATES = ("new", "draft", "department", "office", "leader", "published", "withdrawn", "discarded")


def case(state: str, route: Route = Route.THREE) -> Case:
    """A text that AUTHOR brought to a state by the regular way."""
    found = Case()
    day = date(2020, 3, 2)

    def happen(kind: str, **payload: Any) -> None:
        found.apply(kind, day, payload)

    if state == "new":
        return found
    happen("edited", by=AUTHOR)
    if state == "discarded":
        happen("discarded", by=AUTHOR)
    if state in {"draft", "discarded"}:
        return found
    happen("submitted", by=AUTHOR, route=route, department=SURVEY, edition=5, digest=DIGEST)
    for step, by in (("department", 12), ("office", 14), ("leader", 15)):
        if state == step:
            return found
        if step in found.steps:
            happen("reviewed", by=by, step=step, digest=DIGEST)
    happen("approved", by=15, digest=DIGEST, edition=5, index_number="1", live_from="2020-03-02T09:00:00+08:00")
    if state == "withdrawn":
        happen("withdrawn", by=15, reason="误发", on="2020-03-03", before_live=False)
    return found


@pytest.mark.parametrize(("who", "state"), list(product(PEOPLE, STATES)))
def test_everybody_may_do_exactly_this(who: str, state: str) -> None:
    assert [event.kind for event in permitted(case(state), PEOPLE[who])] == MAY.get((who, state), [])


REQUESTED = {"by": 1, "rule": "PERSONAL-ID", "fingerprint": "f", "reason": "公示所需"}
EXAMPLES: dict[str, Any] = {
    "edited": {"by": 1},
    "submitted": {"by": 1, "route": Route.THREE, "department": SURVEY, "edition": 6, "digest": DIGEST},
    "reviewed": {"by": 1, "digest": DIGEST, "openness": Openness.PROACTIVE, "secrecy_checked": True},
    "approved": {
        "by": 1,
        "digest": DIGEST,
        "edition": 5,
        "index_number": "1",
        "live_from": "2020-03-02T09:00:00+08:00",
    },
    "returned": {"by": 1, "opinion": "请核对数据"},
    "recalled": {"by": 1},
    "withdrawn": {"by": 1, "reason": "误发", "on": "2020-03-02"},
    "restored": {"by": 1, "reason": "核实无误", "digest": DIGEST},
    "validity_changed": {"effect": "repealed", "on": "2020-03-02", "source": 9},
    "validity_restored": {"source": 9},
    "override_requested": REQUESTED,
    "override_confirmed": {"by": 2, "fingerprint": "f", "reason": "已核实"},
    "discarded": {"by": 1},
}


@pytest.mark.parametrize(("who", "state", "kind"), list(product(PEOPLE, STATES, EVENTS)))
def test_what_a_page_does_not_offer_a_service_refuses(who: str, state: str, kind: str) -> None:
    """With every piece of evidence given, the table refuses whatever it does not permit; consequences besides."""
    found = case(state)
    if kind == "override_confirmed" and state == "draft":
        found.apply("override_requested", found.last_on, REQUESTED | {"by": 99})
    payload = dict(EXAMPLES[kind])
    if kind in {"reviewed", "returned"}:
        payload["step"] = found.step or "leader"
    event = EVENTS[kind](**payload)
    offered = kind in MAY.get((who, state), [])
    if kind == "approved":
        offered = False  # it follows from the last step, which none of these has passed
    elif kind in {"validity_changed", "validity_restored"}:
        offered = bool({Role.REVIEWER, Role.LEADER} & PEOPLE[who].roles) and state not in {"new", "discarded"}
    assert (refusal(found, event, PEOPLE[who]) is None) == offered


def test_a_column_of_two_steps_skips_the_third() -> None:
    assert case("department", Route.DEPARTMENT_OFFICE).steps == ("department", "office")
    skipped = case("office", Route.OFFICE_LEADER)
    assert skipped.status is Status.OFFICE
    assert skipped.passed == {}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"authors": {14}}, "不能审查自己起草"),
        ({"submitted_by": 14}, "不能审查自己起草"),
        ({"passed": {"department": 14}}, "后面的步骤须由他人办理"),
        ({"digest": "e" * 64}, "送审的内容已经变动"),
    ],
)
def test_nobody_passes_what_they_wrote_sent_passed_or_did_not_see(change: dict[str, Any], reason: str) -> None:
    found = case("office")
    for name, value in change.items():
        setattr(found, name, value)
    event = Reviewed(by=14, step="office", digest=DIGEST, openness=Openness.PROACTIVE, secrecy_checked=True)
    assert reason in (refusal(found, event, PEOPLE["office"]) or "")


@pytest.mark.parametrize(
    ("openness", "checked", "reason"),
    [
        (None, True, "须确定公开属性"),
        (Openness.PROACTIVE, False, "须确定公开属性"),
        (Openness.ON_REQUEST, True, "不是主动公开"),
        (Openness.WITHHELD, True, "不是主动公开"),
        (Openness.PROACTIVE, True, ""),
    ],
)
def test_the_office_settles_openness_and_secrecy(openness: Openness | None, checked: bool, reason: str) -> None:
    event = Reviewed(by=14, step="office", digest=DIGEST, openness=openness, secrecy_checked=checked)
    told = refusal(case("office"), event, PEOPLE["office"])
    assert (told is None) if not reason else (reason in (told or ""))


@pytest.mark.parametrize(
    ("state", "event"),
    [
        ("leader", Returned(by=15, step="leader", opinion=" ")),
        ("published", Withdrawn(by=15, reason="", on="2020-03-02")),
        ("withdrawn", Restored(by=15, reason="", digest=DIGEST)),
    ],
)
def test_opinions_and_reasons_are_not_left_out(state: str, event: Any) -> None:
    assert "写明" in (refusal(case(state), event, PEOPLE["leader"]) or "")


def test_an_override_takes_two_people() -> None:
    found = case("draft")
    found.apply("override_requested", found.last_on, REQUESTED | {"by": 12})
    confirm = OverrideConfirmed(by=12, fingerprint="f", reason="同意")
    assert "不能自己同意" in (refusal(found, confirm, PEOPLE["chief"]) or "")
    assert refusal(found, confirm, PEOPLE["leader"]) is None
    again = OverrideRequested(by=10, rule="R", fingerprint="f", reason="再次")
    assert "已经申请过" in (refusal(found, again, PEOPLE["author"]) or "")


@pytest.mark.parametrize(
    ("who", "basis", "approved", "allowed"),
    [
        ("leader", "migration", "", True),
        ("leader", "review", "", False),
        ("leader", "migration", DIGEST, False),
        ("chief", "migration", "", False),
        ("clerk", "migration", "", False),
    ],
)
def test_only_what_was_public_elsewhere_is_taken_over_without_a_review(
    who: str, basis: Any, approved: str, allowed: bool
) -> None:
    found = case("draft")
    found.approved = approved
    event = Approved(
        by=1, digest=DIGEST, edition=5, index_number="1", live_from="2020-03-02T09:00:00+08:00", basis=basis
    )
    assert (refusal(found, event, PEOPLE[who]) is None) is allowed


def test_the_table_is_whole() -> None:
    check_table()
    with pytest.raises(ValueError, match="each event stands in the table once"):
        check_table(TRANSITIONS[1:])
    with pytest.raises(ValueError, match="no event leads to"):
        check_table([replace(t, targets=frozenset({Status.DRAFT})) if t.event is Discarded else t for t in TRANSITIONS])
