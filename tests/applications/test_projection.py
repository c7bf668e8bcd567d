"""What is stored is what the events say, whoever wrote it and however it was disturbed."""

from __future__ import annotations

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.applications.importing import Record, import_records
from gongkai.applications.models import Application
from gongkai.applications.projection import FIELDS, rebuild
from gongkai.bureau.models import Agency
from gongkai.ledger.services import verify

from .cases import histories

COLUMNS = {
    "due_on": "2019-01-01",
    "status": "consulting",
    "number": "2019-99999",
    "extended_on": "2019-07-07",
    "due_provisional": True,
}


class UndoneError(Exception):
    """Takes back what an example has written."""


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(histories(), min_size=1, max_size=6), st.sampled_from(sorted(COLUMNS)))
def test_rebuild_finds_no_difference_until_there_is_one_and_mends_it(
    agency: Agency, records: list[Record], column: str
) -> None:
    try:
        with transaction.atomic():
            outcomes = list(import_records(agency, records))
            accepted = sum(outcome.created for outcome in outcomes)
            assert accepted + sum(len(outcome.refused) for outcome in outcomes) == len(records)
            assert Application.objects.count() == accepted
            assert rebuild(agency) == []
            assert verify(agency) is None
            first = Application.objects.order_by("pk").first()
            if first is not None and getattr(first, column) != COLUMNS[column]:
                before = {name: getattr(first, name) for name in FIELDS}
                Application.objects.filter(pk=first.pk).update(**{column: COLUMNS[column]})
                assert len(rebuild(agency, write=False)) == 1
                assert len(rebuild(agency)) == 1
                assert rebuild(agency) == []
                first.refresh_from_db()
                assert {name: getattr(first, name) for name in FIELDS} == before
            raise UndoneError
    except UndoneError:
        pass


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(histories(), min_size=1, max_size=4))
def test_importing_twice_changes_nothing(agency: Agency, records: list[Record]) -> None:
    try:
        with transaction.atomic():
            first = next(import_records(agency, records))
            again = next(import_records(agency, records))
            assert (again.created, again.updated, again.unchanged) == (0, 0, first.created)
            assert again.refused.keys() == first.refused.keys()
            raise UndoneError
    except UndoneError:
        pass
