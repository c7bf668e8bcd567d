"""Closed messages are at their last stage, open ones have a due date, and what askers wrote is encrypted."""

from typing import Any

from django.db import migrations

from gongkai.bureau.calendar import working_calendar
from gongkai.law.inquiries import due, service_level
from gongkai.ledger.fields import keyring

_BLOCK = 1000


def _rows(connection: Any) -> Any:
    """(id, text, reply) of every message that says something, a block at a time."""
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, text, reply FROM inquiries_inquiry WHERE id > %s AND (text <> '' OR reply <> '') "
                "ORDER BY id LIMIT %s",
                [last, _BLOCK],
            )
            rows = cursor.fetchall()
        if not rows:
            return
        yield rows
        last = rows[-1][0]


def _write(connection: Any, rows: Any) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE inquiries_inquiry SET text = %s, reply = %s WHERE id = %s", rows)


def encrypt(apps: Any, schema_editor: Any) -> None:
    model = apps.get_model("inquiries", "Inquiry")
    text, reply = (model._meta.get_field(name).sealer() for name in ("text", "reply"))
    for rows in _rows(schema_editor.connection):
        _write(schema_editor.connection, [(text(said), reply(told), pk) for pk, said, told in rows])
    model.objects.filter(status="closed").update(stage="closed")
    for received in set(model.objects.filter(status="open").values_list("received_on", flat=True)):
        last = due(received, service_level(received).number, working_calendar())
        model.objects.filter(status="open", received_on=received).update(due_on=last)


def decrypt(apps: Any, schema_editor: Any) -> None:
    model = apps.get_model("inquiries", "Inquiry")
    contexts = [model._meta.get_field(name).context for name in ("text", "reply")]
    for rows in _rows(schema_editor.connection):
        opened = [
            (*(keyring().decrypt(each, context) if each else "" for each, context in zip(said, contexts)), pk)
            for pk, *said in rows
        ]
        _write(schema_editor.connection, opened)


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0002_handling")]
    operations = [migrations.RunPython(encrypt, decrypt)]
