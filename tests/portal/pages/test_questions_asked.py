"""A page asks the database as often with many items as with few."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.portal.models import Indicator, ItemType

from .conftest import adopt
from .test_reading import document

# Two of them are for the bureau and its columns.
PAGES = {
    "/": 7,
    "/gzdt/": 3,
    "/gzdt/sjdt/": 4,
    "/zwgk/zcwj/": 5,
    "/zwgk/zcwj/?year=2020": 6,
    "/jgzn/": 3,
    "/fdzdgknr/": 3,
    "/fdzdgknr/statistics/": 4,
    "/zfxxgkzn/": 3,
    "/ysqgk/": 3,  # one is asked by what the room of applications puts there
    "/rss.xml": 2,
    "/gzdt/rss.xml": 3,
    "/map/": 2,
    "article": 3,
    "document": 4,
    "release": 3,
    "/nothing-here/": 3,
}


@pytest.fixture
def filled(site: SimpleNamespace) -> dict[str, str]:
    """Some of everything; the addresses of items by their kind."""
    indicator = Indicator.objects.create(agency=site.agency, name="工业增加值", unit="亿元", headline=1)
    article, law, release = None, document(site), None
    adopt(site, "职能", "机构职能", "2020-03-01 09:00", type=ItemType.PAGE)
    for number in range(2):
        article = adopt(site, f"动态{number}", "市局动态", f"2020-03-0{number + 1} 09:00")
        adopt(site, f"解读{number}", "政策解读", "2020-03-05 09:00", type=ItemType.INTERPRETATION, interprets=law)
        release = adopt(
            site, f"数据{number}", "统计数据", "2020-03-06 09:00", type=ItemType.RELEASE, indicator=indicator,
            period=f"2020-0{number + 1}", value="12.5", growth="3.1",
        )  # fmt: skip
    assert article is not None
    assert release is not None
    return {
        name: f"/art/{item.pk}.html" for name, item in (("article", article), ("document", law), ("release", release))
    }


def asked(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def test_the_number_of_queries_is_known_and_does_not_grow(
    client: Client, site: SimpleNamespace, filled: dict[str, str]
) -> None:
    paths = {name: filled.get(name, name) for name in PAGES}
    assert {name: asked(client, path) for name, path in paths.items()} == PAGES
    for number in range(5):
        adopt(site, f"更多动态{number}", "市局动态", f"2020-04-0{number + 1} 09:00")
        adopt(site, f"更多通知{number}", "通知公告", f"2020-04-0{number + 1} 09:00")
        document(site, f"更多文件{number}", document_number=f"温统〔2020〕{number + 40}号")
    assert {name: asked(client, path) for name, path in paths.items()} == PAGES


def test_a_search_asks_as_often_for_many_hits_as_for_few(
    client: Client, site: SimpleNamespace, filled: dict[str, str]
) -> None:
    few = asked(client, "/search/?q=动态")
    for number in range(5):
        adopt(site, f"又一条动态{number}", "市局动态", f"2020-04-0{number + 1} 09:00")
    assert asked(client, "/search/?q=动态") == few
    assert few <= 12
