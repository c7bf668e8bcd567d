"""Numbers are handed out without gap and without race."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction

from gongkai.bureau.models import Agency
from gongkai.ledger.services import append, next_number, verify

DAY = date(2020, 3, 2)


def test_each_series_of_each_agency_counts_from_one(agency: Agency) -> None:
    other = Agency.add_root(code="other", name="另一机关")
    assert [next_number(agency, "2020") for _ in range(3)] == [1, 2, 3]
    assert next_number(agency, "2021") == 1
    assert next_number(other, "2020") == 1


def test_a_block_of_numbers_is_taken_at_once(agency: Agency) -> None:
    assert next_number(agency, "2020", 10) == 10
    assert next_number(agency, "2020") == 11


def test_a_transaction_that_fails_gives_its_number_back(agency: Agency) -> None:
    next_number(agency, "2020")
    with transaction.atomic():
        assert next_number(agency, "2020") == 2
        transaction.set_rollback(True)
    assert next_number(agency, "2020") == 2


def test_no_numbers_at_all_is_a_mistake(agency: Agency) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        next_number(agency, "2020", 0)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_threads_that_number_and_append_at_once_neither_repeat_nor_leave_a_gap() -> None:
    agency = Agency.add_root(code="busy", name="繁忙机关")

    def work(_: int) -> list[int]:
        taken = []
        try:
            for _ in range(10):
                with transaction.atomic():
                    number = next_number(agency, "2020")
                    append(agency, "tests.case", number, "noted", DAY)
                    taken.append(number)
        finally:
            connection.close()
        return taken

    with ThreadPoolExecutor(8) as pool:
        numbers = [number for taken in pool.map(work, range(8)) for number in taken]
    assert sorted(numbers) == list(range(1, 81))
    assert verify(agency) is None
