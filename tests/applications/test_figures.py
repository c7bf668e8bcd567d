"""A number of table 三 and the list behind it are one filter, and the table balances whatever happened."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from gongkai.applications.events import Decided
from gongkai.applications.importing import Record, import_records
from gongkai.applications.models import ApplicantKind, Application
from gongkai.applications.services import Person
from gongkai.bureau.figures import Scope, figure, figures
from gongkai.bureau.models import Agency

from .cases import histories

NAMES = ["applications.received", "applications.carried_in", "applications.closed", "applications.carried_out"]


def record(received: date, closed: date | None, kind: ApplicantKind = ApplicantKind.NATURAL_PERSON) -> Record:
    events = [] if closed is None else [(closed, Decided(outcome="granted.provided"))]
    return Record(f"{received}{closed}{kind}", received, "", "", Person(kind), "", "", events)


@pytest.fixture
def years(agency: Agency) -> Agency:
    list(
        import_records(
            agency,
            [
                record(date(2019, 12, 31), date(2020, 1, 1)),
                record(date(2019, 12, 31), date(2019, 12, 31)),
                record(date(2019, 12, 1), None, ApplicantKind.BUSINESS),
                record(date(2020, 1, 1), date(2020, 12, 31), ApplicantKind.BUSINESS),
                record(date(2020, 12, 31), date(2021, 1, 1)),
                record(date(2021, 1, 1), None),
            ],
        )
    )
    return agency


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("applications.received", {("natural_person",): 1, ("business",): 1}),
        ("applications.carried_in", {("natural_person",): 1, ("business",): 1}),
        ("applications.closed", {("granted", "natural_person"): 1, ("granted", "business"): 1}),
        ("applications.carried_out", {("natural_person",): 1, ("business",): 1}),
    ],
)
def test_the_turn_of_the_year_is_counted_to_the_day(
    years: Agency, name: str, values: dict[tuple[str, ...], int]
) -> None:
    assert figure(name).evaluate(Scope.of(years, 2020)) == values


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_is_one_query(years: Agency, name: str, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        figure(name).evaluate(Scope.of(years, 2020))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(histories(), min_size=1, max_size=12), st.integers(2019, 2024))
def test_every_column_of_table_3_balances_and_every_number_has_its_list(
    agency: Agency, records: list[Record], year: int
) -> None:
    class UndoneError(Exception):
        pass

    try:
        with transaction.atomic():
            list(import_records(agency, records))
            scope = Scope.of(agency, year)
            columns: dict[str, Counter[str]] = {name: Counter() for name in NAMES}
            for name in NAMES:
                for key, number in figure(name).evaluate(scope).items():
                    assert figure(name).drill(scope, key).count() == number
                    columns[name][key[-1]] += int(number or 0)
                assert figure(name).drill(scope).count() == sum(columns[name].values())
            received, carried_in, closed, carried_out = (columns[name] for name in NAMES)
            assert received + carried_in == closed + carried_out
            raise UndoneError
    except UndoneError:
        pass


def test_a_row_or_column_total_has_its_list_too(years: Agency) -> None:
    closed, scope = figure("applications.closed"), Scope.of(years, 2020)
    assert closed.drill(scope, {"outcome_row": "granted"}).count() == 2
    assert closed.drill(scope, {"applicant_kind": "business"}).get().applicant_kind == "business"
    with pytest.raises(ValueError, match="no dimension"):
        closed.drill(scope, {"colour": "red"})
    with pytest.raises(ValueError, match="takes 2 dimensions"):
        closed.drill(scope, ("granted",))


def test_a_scope_with_descendants_counts_the_bodies_below(years: Agency) -> None:
    below = years.add_child(code="below", name="下级")
    list(import_records(below, [record(date(2020, 5, 6), None)]))
    received = figure("applications.received")
    assert received.evaluate(Scope.of(years, 2020))[("natural_person",)] == 1
    assert received.evaluate(Scope.of(years, 2020, with_descendants=True))[("natural_person",)] == 2
    assert Application.objects.count() == 7


def test_figures_are_found_by_name() -> None:
    assert set(NAMES) | {"disputes.concluded", "disputes.pending"} <= set(figures())
    with pytest.raises(KeyError):
        figure("applications.imagined")
