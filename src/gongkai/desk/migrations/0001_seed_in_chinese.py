"""Wagtail's two groups and its workflow bear English names: people meet them when they manage users."""

from __future__ import annotations

from typing import Any

from django.db import migrations

GROUPS = {"Editors": "网页编辑", "Moderators": "网页审核"}
WORKFLOW = ("Moderators approval", "网页审核")


def _rename(apps: Any, groups: dict[str, str], workflow: tuple[str, str]) -> None:
    for before, after in groups.items():
        # A name that is taken stays with whoever has it.
        if not apps.get_model("auth", "Group").objects.filter(name=after).exists():
            apps.get_model("auth", "Group").objects.filter(name=before).update(name=after)
    for model in ("Workflow", "Task"):
        apps.get_model("wagtailcore", model).objects.filter(name=workflow[0]).update(name=workflow[1])


def forwards(apps: Any, schema_editor: Any) -> None:
    _rename(apps, GROUPS, WORKFLOW)


def backwards(apps: Any, schema_editor: Any) -> None:
    _rename(apps, {after: before for before, after in GROUPS.items()}, (WORKFLOW[1], WORKFLOW[0]))


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        # Whatever looks the groups up by their English names has run.
        ("wagtailcore", "0048_add_default_workflows"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0002_initial_data"),
        ("wagtaildocs", "0002_initial_data"),
    ]
    operations = [migrations.RunPython(forwards, backwards)]
