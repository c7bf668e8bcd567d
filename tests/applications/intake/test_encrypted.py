"""What applicants wrote is not readable in the database."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from gongkai.applications.importing import Record, import_records
from gongkai.applications.models import Application
from gongkai.bureau.models import Agency
from gongkai.ledger.services import lock

from ..cases import PERSON, RECEIVED

pytestmark = pytest.mark.django_db
TEXT = "欧阳测试的低保核定材料"


def stored() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT requested, text_index FROM applications_application ORDER BY id")
        return list(cursor.fetchall())


def test_a_ledger_brings_it_in_encrypted_and_its_text_is_found_again(agency: Agency) -> None:
    record = Record("1", RECEIVED, "internet", "1", PERSON, TEXT, "")
    with transaction.atomic():
        lock(agency.pk)
        assert [outcome.created for outcome in import_records(agency, [record])] == [1]
    ((text, index),) = stored()
    assert TEXT not in text
    assert index in Application._meta.get_field("text_index").candidates(TEXT)  # type: ignore[union-attr]
    made = Application.objects.get()
    assert (made.requested, made.title, made.needs_help) == (TEXT, "", False)
    with transaction.atomic():
        lock(agency.pk)
        changed = Record("1", RECEIVED, "internet", "1", PERSON, TEXT + "。", "")
        assert [outcome.updated for outcome in import_records(agency, [changed])] == [1]
    assert stored()[0][1] != index
