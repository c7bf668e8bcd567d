"""What the demonstration shows of the registers: published by a leader, with credit records at three stages."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.project.demo import organisation, registers
from gongkai.project.demo.ledgers import book_of, write_ledgers
from gongkai.registers.credit.models import CreditRecord
from gongkai.registers.credit.projection import rebuild
from gongkai.registers.models import Decision
from gongkai.sheets.importing import import_book


@pytest.mark.django_db
def test_the_registers_are_public_and_credit_records_are_there(tmp_path: Path) -> None:
    bureau = organisation.establish()
    organisation.people(tmp_path)
    ledger = write_ledgers(tmp_path)["registers"]
    assert not import_book(book_of("registers"), ledger, bureau).errors
    for _ in range(2):  # a second call starts from what is there
        registers.fill(bureau)
    assert not Decision.objects.filter(shown_on=None).exists()
    assert sorted(CreditRecord.objects.values_list("status", flat=True)) == ["decided", "published", "published"]
    assert all(CreditRecord.objects.values_list("is_demo", flat=True))
    assert rebuild(bureau) == []
