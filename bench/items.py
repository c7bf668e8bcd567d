"""A site with many items for a benchmark, written past the gate of the database: only reading is timed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from random import Random
from types import SimpleNamespace
from typing import Any

from django.db import connection
from django.utils import timezone

from bench.articles import _SENTENCES, _TITLES, _filled
from gongkai.bureau.models import Agency
from gongkai.ledger.chain import canonical
from gongkai.portal import gate
from gongkai.portal.models import Column, Edition, Indicator, Item, Publication
from gongkai.portal.moving.columns import column_set, lay

_FIRST = datetime(2010, 1, 1, 9, tzinfo=timezone.get_fixed_timezone(480))
_BATCH = 2000
_PERIODS = 24
_EMPTY = dict.fromkeys(
    ("summary", "link", "source", "keywords", "topic", "genre", "issuer", "document_number", "document_class"), ""
) | {"unified_number": "", "period": "", "interprets": None, "indicator": None, "value": None, "growth": None}
_EMPTY |= {"formed_on": None, "release_at": None, "effective_on": None, "expires_on": None, "openness": "proactive"}
_EMPTY |= {"attachments": [], "effects": [], "data": {}, "files": [], "version": 1}


def fill(count: int) -> int:
    """Publish ``count`` items in the columns of a city's bureau; returns the last one of 市局动态."""
    agency = Agency.add_root(code="330300-tj", name="温州市统计局", telephone="0577-00000000", address="鹿城区")
    lay(agency, column_set("city"))
    columns = {column.name: column for column in Column.objects.filter(agency=agency)}
    indicators = [
        Indicator.objects.create(agency=agency, name=name, unit="亿元", headline=place)
        for place, name in enumerate(("地区生产总值", "工业增加值", "零售总额", "固定资产投资"), 1)
    ]
    gate.remove(connection)
    last, batch = 0, []
    for made in _items(count, agency, columns, indicators):
        batch.append(made)
        if len(batch) == _BATCH:
            last = _write(batch, columns) or last
            batch = []
    return (_write(batch, columns) if batch else 0) or last


def _items(
    count: int, agency: Agency, columns: dict[str, Column], indicators: list[Indicator]
) -> Iterator[SimpleNamespace]:
    random = Random(711)
    names = [*["市局动态"] * 5, "县区动态", "县区动态", "通知公告", "图片新闻", "统计分析", "政策解读", "失信企业公示"]
    for number in range(count):
        name, extra = names[number % len(names)], {}
        if number >= count - len(indicators) * _PERIODS:
            place = count - 1 - number
            indicator = indicators[place % len(indicators)]
            month = _PERIODS - 1 - place // len(indicators)
            name = "月度季度数据"
            extra = {"indicator": indicator.pk, "period": f"{2019 + month // 12}-{month % 12 + 1:02d}"}
            extra |= {"value": f"{random.randint(1000, 99999) / 10}", "growth": f"{random.randint(-50, 120) / 10}"}
        column = columns[name]
        body = [_filled(random, random.choice(_SENTENCES)) for _ in range(random.randint(8, 24))]
        html = "".join(f'<div class="b-block"><p>{text}</p></div>' for text in body)
        content = _EMPTY | {
            "type": "release" if extra else "article",
            "title": _filled(random, random.choice(_TITLES)),
            "html": f'<div class="b-body">{html}</div>',
            "kind": column.kind,
            "basis": column.category,
            "column": column.pk,
            **extra,
        }
        moment = _FIRST + timedelta(minutes=(15 * 365 * 24 * 60 * number) // count)
        yield SimpleNamespace(agency=agency, column=column, content=content, moment=moment, number=number)


def _write(batch: list[SimpleNamespace], columns: dict[str, Column]) -> int:
    """Write items with their editions and publications; the key of the last in 市局动态."""
    items = Item.objects.bulk_create(
        Item(
            agency=made.agency,
            column=made.column,
            title=made.content["title"],
            type=made.content["type"],
            status="published",
            is_live=True,
        )
        for made in batch
    )
    editions = []
    for made, item in zip(batch, items, strict=True):
        text = canonical({**made.content, "item": item.pk})
        editions.append(
            Edition(
                agency=made.agency,
                item=item,
                round=1,
                content=text,
                digest=sha256(text.encode()).hexdigest(),
                submitted_at=made.moment,
            )
        )
    Edition.objects.bulk_create(editions)
    Publication.objects.bulk_create(
        _publication(made, item, edition) for made, item, edition in zip(batch, items, editions, strict=True)
    )
    wanted = columns["市局动态"].pk
    return max((item.pk for item in items if item.column_id == wanted), default=0)


def _publication(made: SimpleNamespace, item: Item, edition: Edition) -> Publication:
    content: dict[str, Any] = made.content
    return Publication(
        agency=made.agency,
        column=made.column,
        first_column_id=made.column.parent_id or made.column.pk,
        kind=made.column.kind,
        title=item.title,
        type=item.type,
        published_on=timezone.localtime(made.moment).date(),
        live_from=made.moment,
        index_number=f"330300-tj/{made.moment.year}-{made.number:05d}",
        category=content["basis"],
        item=item,
        edition=edition,
        indicator_id=content["indicator"],
        period=content["period"],
        value=Decimal(content["value"]) if content["value"] else None,
        growth=Decimal(content["growth"]) if content["growth"] else None,
    )
