"""The nightly count of what indexes tell apart."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils import timezone

from gongkai.bureau.models import Agency
from gongkai.notices.tasks import measure_tables


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts by itself")
def test_sqlite_knows_how_much_an_index_tells_apart() -> None:
    Agency.add_root(code="a", name="某局")
    measure_tables(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'bureau_agency'")
        assert cursor.fetchone()[0] > 0
