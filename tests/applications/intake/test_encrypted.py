"""What applicants wrote is not readable in the database: neither what comes in, nor what was there before."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection, transaction

from gongkai.applications import services
from gongkai.applications.importing import Record, import_records
from gongkai.applications.models import Application, Channel
from gongkai.bureau.models import Agency
from gongkai.ledger.services import lock

from ..cases import PERSON, RECEIVED

pytestmark = pytest.mark.django_db
MIGRATION = import_module("gongkai.applications.migrations.0008_requests_encrypted")
TEXT = "欧阳测试的低保核定材料"


def stored() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT requested, text_index FROM applications_application ORDER BY id")
        return list(cursor.fetchall())


def test_what_was_there_before_is_encrypted_block_by_block_and_can_be_taken_back(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MIGRATION, "_BLOCK", 2)
    for _ in range(5):
        services.register(agency, RECEIVED, PERSON, TEXT, channel=Channel.INTERNET)
    services.register(agency, RECEIVED, PERSON, "", channel=Channel.INTERNET)
    index = Application.objects.values_list("text_index", flat=True).order_by("pk")[0]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE applications_application SET requested = %s, text_index = '' WHERE requested <> ''", [TEXT]
        )
    editor = SimpleNamespace(connection=connection)
    MIGRATION.encrypt(apps, editor)
    assert [(TEXT in text, found) for text, found in stored()] == [(False, index)] * 5 + [(False, "")]
    assert list(Application.objects.order_by("pk").values_list("requested", flat=True)) == [TEXT] * 5 + [""]
    MIGRATION.decrypt(apps, editor)
    assert stored() == [(TEXT, "")] * 5 + [("", "")]


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
