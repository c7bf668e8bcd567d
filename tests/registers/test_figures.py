"""Table 二 is counted from dates; every cell is compared with a plain count in Python."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.bureau.figures import Scope
from gongkai.bureau.models import Agency
from gongkai.law.validity import ended_on
from gongkai.registers import figures
from gongkai.registers.models import Decision, Document, FeeReceipt, Procurement, ServiceItem

YEAR = 2020
SCOPE_DAYS = st.dates(date(2018, 1, 1), date(2022, 12, 31))
MAYBE = st.none() | SCOPE_DAYS
LAST, BEFORE = date(2020, 12, 31), date(2019, 12, 31)

documents = st.lists(
    st.tuples(st.sampled_from(["rules", "normative_documents"]), SCOPE_DAYS, MAYBE, MAYBE, MAYBE, MAYBE), max_size=8
)
items = st.lists(
    st.tuples(st.sampled_from(["permits", "penalties", "fees"]), SCOPE_DAYS, st.none() | st.integers(0, 900)),
    max_size=8,
)


def in_year(day: date | None) -> bool:
    return day is not None and day.year == YEAR


def flagged(answer: dict[Any, Any], kind: str, place: int) -> int:
    return sum(count for key, count in answer.items() if key[0] == kind and key[place])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents)
def test_documents_are_counted_as_their_dates_say(agency: Agency, drawn: list[Any]) -> None:
    Document.objects.all().delete()
    for kind, made, published, until, repealed, withdrawn in drawn:
        Document.objects.create(
            agency=agency,
            kind=kind,
            title="文件",
            made_on=made,
            published_on=published,
            valid_until=until,
            repealed_on=repealed,
            withdrawn_on=withdrawn,
            ended_on=ended_on(repealed, until),
        )
    answer = figures.DOCUMENTS.evaluate(Scope.of(agency, YEAR))
    expected: dict[str, Callable[..., bool]] = {
        "made": lambda made, published, until, repealed, withdrawn: in_year(made),
        "published": lambda made, published, until, repealed, withdrawn: in_year(published),
        "in_public": lambda made, published, until, repealed, withdrawn: (
            published is not None and published <= LAST and not (withdrawn and withdrawn <= LAST)
        ),
        # The first day out of force: of the repeal, or the day after the last day of validity.
        "repealed": lambda made, published, until, repealed, withdrawn: in_year(first_day_out(until, repealed)),
        "in_force": lambda made, published, until, repealed, withdrawn: (
            made <= LAST and not (repealed and repealed <= LAST) and not (until and until < LAST)
        ),
    }
    for place, (name, holds) in enumerate(expected.items(), start=1):
        for kind in ("rules", "normative_documents"):
            # What was neither made nor public by the end of the year stands in no report of it.
            known = [d for d in drawn if d[0] == kind and (d[1] <= LAST or (d[2] and d[2] <= LAST))]
            count = sum(holds(*row[1:]) for row in known)
            assert flagged(answer, kind, place) == count, name
            drilled = figures.DOCUMENTS.drill(Scope.of(agency, YEAR), {"kind": kind, name: True})
            assert drilled.count() == count


def first_day_out(until: date | None, repealed: date | None) -> date | None:
    ends = [day for day in (repealed, until and until + timedelta(days=1)) if day]
    return min(ends) if ends else None


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(items)
def test_items_of_last_year_plus_the_change_are_those_of_this_year(agency: Agency, drawn: list[Any]) -> None:
    ServiceItem.objects.all().delete()
    periods = [
        (kind, since, None if length is None else since + timedelta(days=length)) for kind, since, length in drawn
    ]
    for number, (kind, since, until) in enumerate(periods):
        ServiceItem.objects.create(agency=agency, kind=kind, name=f"事项{number}", valid_from=since, valid_until=until)
    answer = figures.ITEMS.evaluate(Scope.of(agency, YEAR))
    for kind in ("permits", "penalties", "fees"):
        for place, day in ((1, BEFORE), (2, LAST)):
            valid = sum(k == kind and since <= day and (until is None or until >= day) for k, since, until in periods)
            assert flagged(answer, kind, place) == valid


@pytest.mark.django_db
def test_decisions_money_and_projects_are_those_of_the_year(agency: Agency) -> None:
    item = ServiceItem.objects.create(agency=agency, kind="fees", name="考务费", valid_from=date(2012, 1, 1))
    for day in (date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1)):
        Decision.objects.create(
            agency=agency, kind="penalties", document_number=f"{day}", decided_on=day, party_kind="organization"
        )
        FeeReceipt.objects.create(agency=agency, item=item, received_on=day, amount=Decimal("12.30"))
        Procurement.objects.create(agency=agency, name=f"{day}", purchased_on=day, amount=Decimal("100000.05"))
    scope = Scope.of(agency, YEAR)
    assert figures.DECISIONS.evaluate(scope) == {("penalties",): 2}
    assert figures.FEE_AMOUNT.evaluate(scope) == {(): Decimal("24.60")}
    assert figures.PROCUREMENT_PROJECTS.evaluate(scope) == {(): 2}
    assert figures.PROCUREMENT_AMOUNT.evaluate(scope) == {(): Decimal("200000.10")}


@pytest.mark.django_db
def test_another_agency_is_not_counted(agency: Agency) -> None:
    other = Agency.add_root(code="x", name="另一机关")
    ServiceItem.objects.create(agency=other, kind="permits", name="许可", valid_from=date(2012, 1, 1))
    assert figures.ITEMS.evaluate(Scope.of(agency, YEAR)) == {}
    assert figures.FEE_AMOUNT.evaluate(Scope.of(agency, YEAR)) == {(): 0}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("form", "used", "queries"),
    [
        ("2019", ("DOCUMENTS", "ITEMS", "DECISIONS", "PROCUREMENT_PROJECTS", "PROCUREMENT_AMOUNT"), 5),
        ("2021", ("DOCUMENTS", "DECISIONS", "FEE_AMOUNT"), 3),
    ],
)
def test_table_two_takes_as_many_queries_whatever_it_holds(
    agency: Agency, form: str, used: tuple[str, ...], queries: int
) -> None:
    for number in range(3):
        ServiceItem.objects.create(agency=agency, kind="permits", name=f"{number}", valid_from=date(2012, 1, 1))
    with CaptureQueriesContext(connection) as captured:
        for name in used:
            getattr(figures, name).evaluate(Scope.of(agency, YEAR))
    assert len(captured) == queries
