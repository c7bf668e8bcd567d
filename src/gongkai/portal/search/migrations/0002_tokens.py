"""The index of tokens, which Django has no words for; triggers keep it true to the entries."""

from typing import Any

from django.db import migrations

from gongkai.portal.search import tokens


def install(apps: Any, schema_editor: Any) -> None:
    tokens.install(schema_editor.connection)


def uninstall(apps: Any, schema_editor: Any) -> None:
    tokens.uninstall(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("portal_search", "0001_initial")]
    operations = [migrations.RunPython(install, uninstall)]
