"""A workbook that several apps put together, and what an import of plain rows leaves in the hash chain."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.bureau.models import Agency
from gongkai.ledger.models import Entry
from gongkai.ledger.services import verify
from gongkai.sheets.book import Batch, Book, Col, Documents, Row, Sheet, Tally, join
from gongkai.sheets.journal import digest, record_batch

COLUMNS = (Col("title", "标题"), Col("person", "姓名", personal=True))


def sheet(title: str) -> Sheet:
    return Sheet(title, COLUMNS, lambda _: Tally())


def documents(_: Path, __: Agency) -> Tally:
    return Tally()


def test_books_of_one_kind_and_title_are_one_workbook() -> None:
    one, other = sheet("甲"), sheet("乙")
    together = join(Book("k", "台账", (one,)), Book("k", "台账", (other,)))
    assert together.sheets == (one, other)


@pytest.mark.parametrize(
    "other",
    [Book("k", "另一本", (sheet("乙"),)), Documents("k", "台账", (".docx",), documents)],
    ids=["title", "files"],
)
def test_two_that_differ_may_not_share_a_kind(other: Book | Documents) -> None:
    with pytest.raises(ValueError, match="two imports are named k"):
        join(Book("k", "台账", (sheet("甲"),)), other)


def rows(*titles: str, person: str = "王某") -> list[Row]:
    return [Row(n, f"key{n}", {"title": title, "person": person}) for n, title in enumerate(titles, start=2)]


def test_the_digest_tells_what_rows_said_but_nothing_of_persons() -> None:
    assert digest(sheet("甲"), rows("一", "二")) != digest(sheet("甲"), rows("一", "三"))
    assert digest(sheet("甲"), rows("一", "二")) != digest(sheet("甲"), rows("二", "一"))
    assert digest(sheet("甲"), rows("一")) == digest(sheet("甲"), rows("一", person="李某"))


@pytest.mark.django_db
def test_a_batch_that_changed_nothing_leaves_no_entry(agency: Agency) -> None:
    batch = Batch(sheet("甲"), agency, rows("一", "二"))
    record_batch(batch, Tally(unchanged=2))
    record_batch(batch, Tally(created=1, unchanged=1))
    record_batch(batch, Tally(updated=1, unchanged=1))
    assert [(e.stream_id, e.data["rows"], e.data["created"], e.data["updated"]) for e in Entry.objects.all()] == [
        (1, 2, 1, 0),
        (2, 2, 0, 1),
    ]
    assert verify(agency) is None
