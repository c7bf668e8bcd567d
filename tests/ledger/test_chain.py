"""The ledger cannot be changed, neither through the program nor through SQL, and a change made anyhow is found."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from gongkai.bureau.models import Agency
from gongkai.ledger import chain, triggers
from gongkai.ledger.models import AppendOnlyError, Chain, Entry
from gongkai.ledger.services import Draft, append, append_many, verify

DAY = date(2020, 3, 2)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)


@pytest.fixture
def ledger(agency: Agency) -> Agency:
    """An agency with ten entries."""
    append_many(agency, [Draft("tests.case", n % 3, "noted", DAY, {"n": n, "text": "甲\n乙"}) for n in range(10)])
    return agency


def test_positions_run_without_gap_and_each_entry_names_the_one_before(ledger: Agency) -> None:
    assert append(ledger, "tests.case", 7, "closed", DAY) == 11
    entries = list(Entry.objects.order_by("position"))
    assert [entry.position for entry in entries] == list(range(1, 12))
    assert entries[0].previous == chain.GENESIS
    assert [entry.previous for entry in entries[1:]] == [entry.digest for entry in entries[:-1]]
    assert verify(ledger) is None


def test_each_agency_has_its_own_chain(ledger: Agency) -> None:
    other = Agency.add_root(code="other", name="另一机关")
    assert append(other, "tests.case", 1, "noted", DAY) == 1
    assert verify(other) is None
    assert Entry.objects.get(agency=other).previous == chain.GENESIS


def test_a_payload_comes_back_as_it_was_written(ledger: Agency) -> None:
    entry = Entry.objects.of_stream("tests.case", 1).first()
    assert entry is not None
    assert entry.data == {"n": 1, "text": "甲\n乙"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET kind = 'other'",
        "DELETE FROM ledger_entry",
        "DELETE FROM ledger_entry WHERE position = 10",
    ],
)
def test_the_database_refuses_to_change_an_entry(ledger: Agency, statement: str) -> None:
    with pytest.raises(DatabaseError, match=triggers.MESSAGE), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.count() == 10


@pytest.mark.postgres
def test_postgresql_refuses_to_empty_the_ledger(ledger: Agency) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match=triggers.MESSAGE), transaction.atomic():
            cursor.execute("TRUNCATE ledger_entry")


def test_the_model_refuses_before_the_database_has_to(ledger: Agency) -> None:
    entry = Entry.objects.first()
    assert entry is not None
    for refused in (
        entry.save,
        entry.delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(kind="other"),
        lambda: Entry.objects.bulk_create([entry]),
    ):
        with pytest.raises(AppendOnlyError):
            refused()


@pytest.mark.parametrize(
    ("statement", "position"),
    [
        ("UPDATE ledger_entry SET payload = '{}' WHERE position = 4", 4),
        ("UPDATE ledger_entry SET occurred_on = '2020-03-03' WHERE position = 5", 5),
        ("UPDATE ledger_entry SET stream_id = 99 WHERE position = 1", 1),
        ("DELETE FROM ledger_entry WHERE position = 6", 6),
        ("DELETE FROM ledger_entry WHERE position = 10", 10),
    ],
)
def test_a_change_made_behind_the_triggers_is_found(ledger: Agency, statement: str, position: int) -> None:
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    triggers.install(connection)
    found = verify(ledger)
    assert found is not None
    assert found.position == position


def test_a_chain_that_was_forged_whole_differs_from_its_head(ledger: Agency) -> None:
    Chain.objects.filter(agency=ledger).update(digest="f" * 64)
    assert verify(ledger) is not None


def test_missing_triggers_are_noticed(ledger: Agency) -> None:
    assert triggers.installed(connection)
    triggers.remove(connection)
    assert not triggers.installed(connection)
    triggers.install(connection)


def test_appending_takes_the_same_queries_for_one_entry_and_for_many(
    ledger: Agency, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(3):
        append_many(ledger, [Draft("tests.case", 1, "noted", DAY) for _ in range(500)])


@given(st.dictionaries(TEXTS, TEXTS | st.integers() | st.booleans() | st.none(), max_size=5))
def test_equal_payloads_are_equal_text_whatever_their_order(payload: dict[str, object]) -> None:
    backwards = dict(reversed(payload.items()))
    assert chain.canonical(payload) == chain.canonical(backwards)
    assert "\n" not in chain.canonical(payload)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)), st.integers(-12, 12))
def test_a_moment_is_the_same_text_in_every_time_zone(naive: datetime, hours: int) -> None:
    here = naive.replace(tzinfo=UTC)
    assert chain.moment(here) == chain.moment(here.astimezone(timezone(timedelta(hours=hours))))
