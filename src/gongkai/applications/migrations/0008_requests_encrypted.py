"""What applicants wrote is encrypted from here on: it often names them, or others."""

from typing import Any

from django.db import migrations

from gongkai.ledger.fields import keyring

_BLOCK = 1000


def _blocks(connection: Any) -> Any:
    """(id, text) of every application that says something, a block at a time."""
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, requested FROM applications_application WHERE id > %s AND requested <> '' "
                "ORDER BY id LIMIT %s",
                [last, _BLOCK],
            )
            rows = cursor.fetchall()
        if not rows:
            return
        yield rows
        last = rows[-1][0]


def encrypt(apps: Any, schema_editor: Any) -> None:
    model = apps.get_model("applications", "Application")
    text, index = model._meta.get_field("requested"), model._meta.get_field("text_index").indexer()
    connection = schema_editor.connection
    for rows in _blocks(connection):
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE applications_application SET requested = %s, text_index = %s WHERE id = %s",
                [(text.seal(said), index(said), pk) for pk, said in rows],
            )


def decrypt(apps: Any, schema_editor: Any) -> None:
    text = apps.get_model("applications", "Application")._meta.get_field("requested")
    connection = schema_editor.connection
    for rows in _blocks(connection):
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE applications_application SET requested = %s, text_index = '' WHERE id = %s",
                [(keyring().decrypt(sealed, text.context), pk) for pk, sealed in rows],
            )


class Migration(migrations.Migration):
    dependencies = [("applications", "0007_intake")]
    operations = [migrations.RunPython(encrypt, decrypt)]
