"""The table as a matrix: what each role may do in each state."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gongkai.applications.case import Case
from gongkai.applications.events import EVENTS
from gongkai.applications.models import Status
from gongkai.applications.transitions import TRANSITIONS, check_table, permitted, refusal
from gongkai.bureau.roles import Actor, Role

from .cases import RECEIVED

REGISTERED = ("registered", {"number": "2020-00001", "applicant_kind": "business"})
LEAD, ASSISTING, OFFICE = 1, 2, 9
DIGEST = "d" * 64
CLERK, DRAFTER, CHIEF, LEADER = 10, 11, 13, 15
ASSIGNED = ("assigned", {"lead": LEAD, "assisting": [ASSISTING]})
SIGNED_FOR = ("signed_for", {"department": LEAD})
DRAFTED = ("reply_drafted", {"outcome": "granted.provided", "letter": 7, "digest": DIGEST, "by": DRAFTER})
REVIEWED = ("reply_reviewed", {"digest": DIGEST, "by": CHIEF})
SIGNED = ("reply_signed", {"digest": DIGEST, "document_number": "1号", "by": LEADER})
SENT = ("letter_sent", {"letter": 7, "code": "disclosure", "mode": "hand"})
DECIDED = ("decided", {"outcome": "granted.provided"})
SERVED = ("letter_served", {"letter": 7, "proof": 3})
WORKING = [REGISTERED, ASSIGNED, SIGNED_FOR]
REPLYING = [*WORKING, DRAFTED, REVIEWED, SIGNED]

# How an application gets where it stands.
REACHED: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "unregistered": [],
    "new": [REGISTERED],
    "assigned": [REGISTERED, ASSIGNED],
    "working": WORKING,
    "consulting": [*WORKING, ("consultation_sent", {"consultation": 1, "party": "third_party"})],
    "awaiting correction": [*WORKING, ("correction_requested", {})],
    "awaiting fee": [*WORKING, ("fee_noticed", {})],
    "reasons asked": [*WORKING, ("reasons_asked", {})],
    "extended": [*WORKING, ("extended", {"working_days": 20})],
    "review": [*WORKING, DRAFTED],
    "signing": [*WORKING, DRAFTED, REVIEWED],
    "signed": REPLYING,
    "sent": [*REPLYING, SENT, DECIDED],
    "served": [*REPLYING, SENT, DECIDED, SERVED],
    "archived": [*REPLYING, SENT, DECIDED, SERVED, ("archived", {})],
    "withdrawn": [REGISTERED, ("withdrawn", {})],
}
PEOPLE = {
    "clerk": Actor(CLERK, frozenset({Role.CLERK}), OFFICE, in_office=True),
    "drafter": Actor(DRAFTER, frozenset({Role.HANDLER}), LEAD),
    "assisting": Actor(12, frozenset({Role.HANDLER}), ASSISTING),
    "chief": Actor(CHIEF, frozenset({Role.REVIEWER}), LEAD),
    "other chief": Actor(18, frozenset({Role.REVIEWER}), 3),
    "office": Actor(14, frozenset({Role.REVIEWER}), OFFICE, in_office=True),
    "leader": Actor(LEADER, frozenset({Role.LEADER}), OFFICE, in_office=True),
    "security": Actor(16, frozenset({Role.SECURITY_OFFICER}), OFFICE, in_office=True),
    "stranger": Actor(17, frozenset({Role.HANDLER}), 3),
    "nobody": Actor(19, frozenset()),
}
_ANY = {"withdrawn", "merged", "receipt_confirmed", "evidence_filed", "letter_sent", "linked"}
_TO_SIGN_FOR = {"signed_for", "assignment_returned"}
_HANDLING = {"correction_requested", "consultation_sent", "reasons_asked"}
_WORK = {"evidence_filed", "reply_drafted", "letter_sent", "linked"}
_JUDGE = {"reply_reviewed", "reply_returned"}
MATRIX: dict[tuple[str, str], set[str]] = {
    ("unregistered", "clerk"): {"registered"},
    ("new", "clerk"): _ANY | _HANDLING | {"assigned", "reply_drafted"},
    ("new", "leader"): {"extended", "fee_noticed"},
    ("assigned", "clerk"): _ANY | _HANDLING | {"assigned"},
    **{("assigned", who): _TO_SIGN_FOR for who in ("drafter", "assisting", "chief")},
    ("assigned", "leader"): {"extended", "fee_noticed"},
    ("working", "clerk"): _ANY | _HANDLING | {"assigned", "reply_drafted"},
    ("working", "drafter"): _WORK | _HANDLING,
    ("working", "leader"): {"extended", "fee_noticed"},
    ("consulting", "clerk"): _ANY | {"consultation_sent", "consultation_returned", "assigned", "reply_drafted"},
    ("consulting", "drafter"): _WORK | {"consultation_sent", "consultation_returned"},
    ("consulting", "leader"): {"extended"},
    ("awaiting correction", "clerk"): _ANY | {"corrected", "assigned", "reply_drafted"},
    ("awaiting correction", "drafter"): _WORK,
    ("awaiting fee", "clerk"): _ANY | {"fee_paid", "assigned", "reply_drafted"},
    ("awaiting fee", "drafter"): _WORK,
    ("reasons asked", "clerk"): _ANY
    | {"reasons_given", "correction_requested", "consultation_sent", "assigned", "reply_drafted"},
    ("reasons asked", "drafter"): _WORK | {"correction_requested", "consultation_sent"},
    ("reasons asked", "leader"): {"extended", "fee_noticed"},
    ("extended", "clerk"): _ANY | _HANDLING | {"assigned", "reply_drafted"},
    ("extended", "drafter"): _WORK | _HANDLING,
    ("extended", "leader"): {"fee_noticed"},
    ("review", "clerk"): _ANY | {"reply_drafted"},
    ("review", "drafter"): _WORK,
    ("review", "chief"): _JUDGE,
    ("review", "office"): _JUDGE,
    ("review", "leader"): {"extended", "reply_returned"},
    ("signing", "clerk"): _ANY,
    ("signing", "drafter"): _WORK - {"reply_drafted"},
    ("signing", "leader"): {"extended", "reply_returned", "reply_signed"},
    ("signed", "clerk"): _ANY | {"decided"},
    ("signed", "drafter"): _WORK - {"reply_drafted"} | {"decided"},
    ("signed", "leader"): {"extended"},
    **{("sent", who): {"evidence_filed", "letter_sent", "letter_served", "linked"} for who in ("clerk", "drafter")},
    ("served", "clerk"): {"evidence_filed", "letter_sent", "linked", "archived"},
    ("served", "drafter"): {"evidence_filed", "letter_sent", "linked"},
    **{("archived", who): {"linked"} for who in ("clerk", "drafter")},
    ("withdrawn", "clerk"): {"evidence_filed", "letter_sent", "linked", "archived"},
    **{(situation, "security"): {"erased"} for situation in ("sent", "served", "archived", "withdrawn")},
    # An assisting department that has not signed for it may still do so while the case is open.
    **{
        (situation, "assisting"): _TO_SIGN_FOR
        for situation, events in REACHED.items()
        if SIGNED_FOR in events and DECIDED not in events
    },
}


def case_in(situation: str) -> Case:
    case = Case()
    for kind, payload in REACHED[situation]:
        case.apply(kind, RECEIVED, payload)
    return case


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("situation", REACHED)
def test_what_each_person_may_do_in_each_situation(situation: str, who: str) -> None:
    found = permitted(case_in(situation), PEOPLE[who])
    assert {event.kind for event in found} == MATRIX.get((situation, who), set())


EXAMPLES: dict[str, dict[str, Any]] = {
    "registered": REGISTERED[1],
    "extended": {"working_days": 20},
    "consultation_sent": {"consultation": 2, "party": "third_party"},
    "consultation_returned": {"consultation": 1, "answer": "agreed"},
    "decided": DECIDED[1],
    "assigned": ASSIGNED[1],
    "signed_for": {"department": LEAD},
    "assignment_returned": {"department": LEAD, "reason": "不属于本处职责"},
    "evidence_filed": {"evidence": "access", "record": 1},
    "reply_drafted": DRAFTED[1],
    "reply_reviewed": REVIEWED[1],
    "reply_returned": {"opinion": "请核对"},
    "reply_signed": SIGNED[1],
    "letter_sent": SENT[1],
    "letter_served": SERVED[1],
    "reasons_given": {"reasonable": True},
    "linked": {"other": 5, "relation": "similar"},
    "merged": {"into": 5},
    "erased": {"what": "id_proof"},
}


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("situation", REACHED)
def test_what_a_page_does_not_offer_a_service_refuses(situation: str, who: str) -> None:
    """Whatever is filled in: an event that is not offered is refused."""
    case, actor = case_in(situation), PEOPLE[who]
    for kind, model in EVENTS.items():
        if kind not in MATRIX.get((situation, who), set()):
            assert refusal(case, model(**EXAMPLES.get(kind, {})), RECEIVED, actor) is not None, kind


@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda transition: transition.event.kind)
def test_each_event_leads_where_the_table_says(transition: Any) -> None:
    kind = transition.event.kind
    for situation in REACHED:
        case = case_in(situation)
        if case.status not in transition.states or (kind == "letter_served" and 7 not in case.work.letters):
            continue
        case.apply(kind, RECEIVED, EXAMPLES.get(kind, {}))
        assert case.status in transition.targets, (situation, kind)


def test_a_table_that_contradicts_itself_does_not_start() -> None:
    check_table()
    with pytest.raises(ValueError, match="stands in the table once"):
        check_table(TRANSITIONS[:-1])
    with pytest.raises(ValueError, match="stands in the table once"):
        check_table((*TRANSITIONS, TRANSITIONS[0]))
    with pytest.raises(ValueError, match="closed application"):
        check_table((replace(TRANSITIONS[0], states=frozenset({Status.CLOSED})), *TRANSITIONS[1:]))
    with pytest.raises(ValueError, match="no states"):
        check_table((replace(TRANSITIONS[0], roles=frozenset()), *TRANSITIONS[1:]))
    unreachable = tuple(replace(t, targets=t.targets - {Status.AWAITING_FEE} or t.states) for t in TRANSITIONS[:-1])
    with pytest.raises(ValueError, match="no event leads to"):
        check_table((*unreachable, TRANSITIONS[-1]))


def test_every_event_has_a_chinese_title() -> None:
    assert all(event.title and not event.title.isascii() for event in EVENTS.values())
