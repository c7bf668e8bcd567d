"""From here on the database itself shows nothing that was not approved."""

from typing import Any

from django.db import migrations

from gongkai.portal import gate


def install(apps: Any, schema_editor: Any) -> None:
    gate.give_functions(None, schema_editor.connection)
    gate.install(schema_editor.connection)


def remove(apps: Any, schema_editor: Any) -> None:
    gate.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial"), ("ledger", "0002_append_only")]
    operations = [migrations.RunPython(install, remove)]
