"""The figures of an indicator as a series: only what is public, each period once."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import timezone

from gongkai.portal import services
from gongkai.portal.blocks.indicators import indicator_choices, series_of
from gongkai.portal.models import Edition, Indicator, Item, ItemType

from . import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def output(bureau: SimpleNamespace) -> Indicator:
    return Indicator.objects.create(agency=bureau.agency, name="粮食产量", unit="万吨")


def release(bureau: SimpleNamespace, indicator: Indicator, period: str, value: str, **fields: object) -> Item:
    values = {"type": ItemType.RELEASE, "indicator": indicator, "period": period, "value": Decimal(value), **fields}
    return world.published(bureau, f"{period}粮食产量", **values)


def test_a_revised_period_counts_once_with_its_latest_figure(bureau: SimpleNamespace, output: Indicator) -> None:
    for period, value in (("2018", "70.50"), ("2019", "71"), ("2020", "72.1"), ("2019", "71.25")):
        release(bureau, output, period, value)
    grid = series_of(str(output.pk), 10)
    assert grid is not None
    assert grid.head == ("时期", "粮食产量")
    assert grid.rows == (("2018年", "70.5"), ("2019年", "71.25"), ("2020年", "72.1"))
    shorter = series_of(str(output.pk), 2)
    assert shorter is not None
    assert [row[0] for row in shorter.rows] == ["2019年", "2020年"]


def test_nothing_that_nobody_may_read_yet_or_any_more(bureau: SimpleNamespace, output: Indicator) -> None:
    assert series_of(str(output.pk), 10) is None
    services.withdraw(release(bureau, output, "2019", "71"), bureau.security, "有误")
    release(bureau, output, "2020", "72", release_at=timezone.now() + timedelta(hours=1))
    assert series_of(str(output.pk), 10) is None
    assert series_of("不是编号", 10) is None


def test_a_chart_in_a_published_text_does_not_change_with_the_next_release(
    bureau: SimpleNamespace, output: Indicator
) -> None:
    release(bureau, output, "2018", "70")
    release(bureau, output, "2019", "71")
    chart = {"form": "column", "title": "粮食产量", "unit": "万吨", "source": "市统计局", "indicator": str(output.pk)}
    item = world.published(bureau, "历年粮食产量", body=[("chart", {**chart, "periods": 5, "text": ""})])
    data = Edition.objects.get(item=item).data
    release(bureau, output, "2020", "72")
    assert "2019年" in data["html"]
    (csv,) = (each["csv"] for each in data["data"].values())
    assert csv.splitlines()[-1] == "2019年,71"
    assert dict(indicator_choices())[str(output.pk)] == "粮食产量（万吨）"
