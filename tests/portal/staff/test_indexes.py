"""The list of items is read off an index in the order in which it is shown, however it is narrowed."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from .. import world
from .conftest import As


@pytest.mark.parametrize(
    "narrowed",
    [
        "",
        "?status=draft",
        "?type=article",
        "?column={column}",
        "?department={department}",
        "?department={department}&year=2026",
        "?is_live=false",
        "?q=统计",
    ],
)
def test_no_list_of_items_is_sorted_as_a_whole(bureau: SimpleNamespace, signed: As, narrowed: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a table of two rows as it is")
    world.draft(bureau)
    client = signed(bureau.author)
    address = narrowed.format(column=bureau.column.pk, department=bureau.survey.pk)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/admin/portal/items/{address}").status_code == 200
    pages = [
        each["sql"] for each in asked if 'FROM "portal_item"' in each["sql"] and '"updated_at" DESC' in each["sql"]
    ]
    assert pages
    for sql in pages:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plan = [row[3] for row in cursor.fetchall()]
        assert any("portal_item USING INDEX portal_item_" in line and "agency_id=?" in line for line in plan), plan
        assert "USE TEMP B-TREE FOR ORDER BY" not in plan, plan
