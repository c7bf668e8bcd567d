"""A number of the report and the list behind it agree, whatever was recorded; a report costs a known few queries."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from gongkai.annual.checks import Verdict, check
from gongkai.annual.forms import FORM_2019, FORM_2021, Cell, Form
from gongkai.bureau.figures import Scope
from gongkai.bureau.models import Agency
from gongkai.reporting.bindings import bindings, check_bindings
from gongkai.reporting.cells import add_up, compute, compute_each, queries_of, records_behind
from gongkai.reporting.terms import Readings, Term

from . import world

FORMS = pytest.mark.parametrize("form", [FORM_2019, FORM_2021], ids=lambda form: form.code)


class UndoneError(Exception):
    """Takes back what an example of Hypothesis has written."""


@FORMS
def test_every_cell_of_the_form_is_bound(form: Form) -> None:
    assert set(bindings(form.code)) == set(form.cells())
    check_bindings()


@FORMS
@pytest.mark.parametrize("size", [0, 12])
def test_a_report_takes_as_many_queries_full_as_empty(
    agency: Agency, form: Form, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    world.populate(agency, size=size)
    assert queries_of(form) == {"2019": 13, "2021": 11}[form.code]
    with django_assert_num_queries(queries_of(form)):
        compute(agency, Scope.of(agency, world.YEAR), form)


@FORMS
def test_a_hundred_bodies_take_as_many_queries_as_one(
    agency: Agency, form: Form, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        world.populate(agency.add_child(code=f"c{number}", name=f"{number}县统计局"), seed=number, size=4)
    bodies = {body.pk: body for body in Agency.objects.all()}
    with django_assert_num_queries(queries_of(form)):
        compute_each(bodies, world.YEAR, form)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 10**6), size=st.integers(1, 25), year=st.sampled_from([2019, 2020, 2021]))
def test_every_number_is_the_sum_of_the_records_behind_it(agency: Agency, seed: int, size: int, year: int) -> None:
    try:
        with transaction.atomic():
            world.populate(agency, seed, size)
            scope = Scope.of(agency, year)
            for form in (FORM_2019, FORM_2021):
                report = compute(agency, scope, form)
                for cell in form.cells():
                    behind = records_behind(cell, scope, form)
                    assert behind, cell
                    assert report.value(cell) == sum(each.value() for each in behind), cell
                assert [finding for finding in check(report) if finding.verdict is Verdict.FAIL] == []
            raise UndoneError
    except UndoneError:
        pass


def test_the_form_of_2019_folds_three_rows_into_one(agency: Agency) -> None:
    world.populate(agency, size=60)
    scope = Scope.of(agency, world.YEAR)
    old, new = compute(agency, scope, FORM_2019), compute(agency, scope, FORM_2021)
    rows = ("other.not_corrected_in_time", "other.fee_unpaid", "other.other")
    assert old.value("3.other.total") == sum(new.value(f"3.{row}.total") or 0 for row in rows)
    assert old.value("3.other.total")
    assert len(records_behind(Cell("3", "other", "total"), scope, FORM_2019)) == 1


def test_money_is_counted_in_wan_without_binary_fractions(agency: Agency) -> None:
    world.populate(agency)
    scope = Scope.of(agency, world.YEAR)
    value = compute(agency, scope, FORM_2021).value("2.fees.amount_wan")
    yuan = sum(row.amount for row in records_behind(Cell("2", "fees", "amount_wan"), scope, FORM_2021)[0].records)
    assert yuan
    assert value == yuan / 10_000
    assert len(str(value).split(".")[1]) <= 6


def test_other_bodies_records_are_not_counted(agency: Agency) -> None:
    other = Agency.add_root(code="other", name="别的局")
    world.populate(other)
    report = compute(agency, Scope.of(agency, world.YEAR))
    assert {value for table in report.tables.values() for row in table.cells.values() for value in row.values()} == {0}


def test_the_roll_up_is_the_sum_of_the_bodies_and_of_all_their_records(agency: Agency) -> None:
    for number in range(3):
        world.populate(agency.add_child(code=f"c{number}", name=f"{number}县统计局"), seed=number)
    world.populate(agency, seed=9)
    bodies = {body.pk: body for body in Agency.objects.all()}
    reports = compute_each(bodies, world.YEAR)
    whole = Scope.of(agency, world.YEAR, with_descendants=True)
    assert add_up(agency, world.YEAR, reports) == compute(agency, whole)
    for key, body in bodies.items():
        assert reports[key] == compute(body, Scope.of(body, world.YEAR))


def test_a_record_that_no_column_takes_up_shows_as_a_failed_check(agency: Agency) -> None:
    """Totals are not the sum of the columns: what falls between them must not vanish."""
    made = world.application(agency, "x", world.date(2020, 3, 2), world.date(2020, 4, 1))
    type(made).objects.filter(pk=made.pk).update(applicant_kind="martian")
    report = compute(agency, Scope.of(agency, world.YEAR))
    assert report.value("3.received.total") == 1
    assert {finding.rule for finding in check(report) if finding.verdict is Verdict.FAIL} == {"T3-ROW"}


def test_a_binding_to_a_figure_or_dimension_that_does_not_exist_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    cell = Cell("3", "received", "total")
    monkeypatch.setitem(bindings("2019"), cell, (Term("applications.received", {"colour": ("red",)}),))
    with pytest.raises(ValueError, match="colour"):
        check_bindings()
    monkeypatch.setitem(bindings("2019"), cell, (Term("applications.imagined"),))
    with pytest.raises(KeyError, match="imagined"):
        check_bindings()


def test_readings_ask_each_figure_once(agency: Agency) -> None:
    readings = Readings(Scope.of(agency, world.YEAR))
    with CaptureQueriesContext(connection) as queries:
        readings.total((Term("applications.received"),))
        readings.total((Term("applications.received", {"applicant_kind": ("research",)}),))
    assert len(queries) == 1
