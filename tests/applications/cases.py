"""Histories of applications for the tests."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from gongkai.applications.case import Case
from gongkai.applications.events import (
    ConsultationReturned,
    ConsultationSent,
    Corrected,
    CorrectionRequested,
    Decided,
    Event,
    Extended,
    Withdrawn,
)
from gongkai.applications.importing import Record
from gongkai.applications.models import ApplicantKind
from gongkai.applications.services import Person
from gongkai.applications.transitions import impossible
from gongkai.law.outcomes import outcomes

RECEIVED = date(2020, 3, 2)
PERSON = Person(
    ApplicantKind.NATURAL_PERSON,
    name="欧阳测试",
    id_number="11010519491231002X",
    phone="13800138000",
    address="温州市鹿城区某路 1 号",
    email="ouyang@example.cn",
)


def _events(case: Case) -> list[Event]:
    ordinary = [code for code in outcomes() if code not in ("other.fee_unpaid", "other.not_corrected_in_time")]
    return [
        CorrectionRequested(),
        Corrected(),
        Extended(working_days=10),
        ConsultationSent(consultation=len(case.consultations) + 1),
        *(ConsultationReturned(consultation=n, answer="silent") for n in set(case.consultations) - case.returned),
        Withdrawn(),
        Decided(outcome="other.not_corrected_in_time"),
        *(Decided(outcome=code, document_number="告知〔2020〕1号") for code in ordinary),
    ]


@st.composite
def histories(draw: st.DrawFn) -> Record:
    """An application and what happened to it: any events that the table admits, in any years the law covers."""
    received = draw(st.dates(date(2019, 6, 3), date(2023, 12, 1)))
    kind = draw(st.sampled_from(ApplicantKind))
    case, day = Case(), received
    case.apply("registered", received, {"number": "", "applicant_kind": kind.value})
    events: list[tuple[date, Event]] = []
    for _ in range(draw(st.integers(0, 6))):
        day += timedelta(days=draw(st.integers(0, 25)))
        possible = [event for event in _events(case) if impossible(case, event, day) is None]
        if not possible:
            break
        event = draw(st.sampled_from(possible))
        case.apply(event.kind, day, event.model_dump(mode="json"))
        events.append((day, event))
    key = draw(st.uuids()).hex
    return Record(
        key, received, draw(st.sampled_from(["internet", "fax", ""])), key[:8], Person(kind), "信息", "", events
    )
