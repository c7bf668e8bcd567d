"""A column that is moved, renamed or retired loses neither its readers nor what it published."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from gongkai.portal import columns
from gongkai.portal.models import Column, Publication
from gongkai.portal.projection import rebuild
from gongkai.portal.search.finding import Query, find

from . import world

pytestmark = pytest.mark.django_db


def test_a_moved_column_takes_its_texts_along(bureau: SimpleNamespace) -> None:
    world.published(bureau, "一季度统计工作会议召开")
    elsewhere = Column.objects.create(agency=bureau.agency, name="要闻")
    bureau.column.parent = elsewhere
    columns.save(bureau.column)
    assert Publication.objects.get().first_column == elsewhere
    assert find(Query("统计", bureau.agency.pk, column=elsewhere.pk)).total == 1
    assert find(Query("统计", bureau.agency.pk, column=bureau.first.pk)).total == 0
    assert rebuild(bureau.agency, write=False) == []


def test_former_addresses_of_a_column_and_of_those_below_lead_on(bureau: SimpleNamespace, client: Client) -> None:
    before = bureau.first.url, bureau.column.url
    bureau.first.slug = "yaowen"
    columns.save(bureau.first)
    bureau.column.refresh_from_db()
    for old, new in zip(before, ("/yaowen/", bureau.column.url), strict=True):
        answer = client.get(old)
        assert (answer.status_code, answer.headers["Location"]) == (301, new)
    bureau.first.slug = before[0].strip("/")
    columns.save(bureau.first)
    assert client.get(before[0]).status_code == 200
    assert client.get("/yaowen/").headers["Location"] == before[0]


@pytest.mark.parametrize("slug", ["search", "art", "admin", "zfxxgkzn"])
def test_a_column_takes_no_address_that_the_site_uses_itself(bureau: SimpleNamespace, slug: str) -> None:
    with pytest.raises(ValidationError, match="请另取一个名称"):
        Column(agency=bureau.agency, name="查询", slug=slug).full_clean()


def test_a_column_is_retired_today_and_after_those_below_it(bureau: SimpleNamespace) -> None:
    bureau.first.retired_on = date(2020, 1, 1)
    with pytest.raises(ValidationError, match="下级栏目"):
        bureau.first.full_clean()
    bureau.column.retired_on = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError, match="不能晚于今天"):
        bureau.column.full_clean()
    bureau.column.retired_on = timezone.localdate()
    columns.save(bureau.column)
    bureau.first.full_clean()
