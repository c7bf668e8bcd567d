"""The indicators that the demonstration bureau releases every month, and their invented figures."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from random import Random
from typing import NamedTuple

from django.utils import timezone

from gongkai.bureau.models import Agency
from gongkai.portal.models import Indicator, ReleasePlan

from .dates import working_days
from .targets import SEED, YEAR

# How the year went, month by month from December of the year before: the level against an ordinary month, and the
# growth over a year in percent of an indicator that follows the economy as a whole.
_SHAPE = (1.10, 0.82, 0.55, 0.88, 0.97, 1.00, 1.04, 1.00, 1.02, 1.08, 1.09, 1.12)
_GROWTH = (6.1, -4.2, -21.3, -7.5, 2.1, 4.8, 6.2, 5.4, 5.8, 7.9, 8.3, 9.2)
_PRICES = ("104.1", "105.0", "104.8", "103.9", "102.9", "102.3", "102.2", "102.5", "102.2", "101.6", "100.4", "99.6")


class Series(NamedTuple):
    """An indicator: ``level`` of an ordinary month, how strongly it ``follows`` the economy, who releases it."""

    name: str
    unit: str
    level: float
    follows: float
    department: str
    headline: int | None
    method: str


SERIES = (
    Series(
        "规模以上工业增加值",
        "亿元",
        98.6,
        1.0,
        "工业能源处",
        1,
        "年主营业务收入2000万元及以上的工业法人单位在报告期内生产活动的最终成果，按生产法计算；"
        "增长速度按可比价格计算。",
    ),
    Series(
        "社会消费品零售总额",
        "亿元",
        291.4,
        0.9,
        "综合核算处",
        2,
        "企业（单位、个体户）通过交易直接售给个人、社会集团非生产、非经营用的实物商品金额，以及提供餐饮服务所取得的"
        "收入金额；限额以上单位全数调查，限额以下单位抽样调查。",
    ),
    Series(
        "固定资产投资",
        "亿元",
        214.7,
        0.8,
        "综合核算处",
        3,
        "计划总投资500万元及以上的固定资产项目投资和房地产开发投资，不含农户投资，全面调查。",
    ),
    Series(
        "居民消费价格指数",
        "上年同月=100",
        100.0,
        0.0,
        "人口就业处",
        4,
        "居民家庭购买的消费品和服务项目价格的平均变动情况，由抽样选定的调查点定时定点采价后加权计算。",
    ),
    Series(
        "房地产开发投资",
        "亿元",
        76.2,
        0.6,
        "综合核算处",
        None,
        "房地产开发经营单位在报告期内完成的房屋和土地开发投资。",
    ),
    Series(
        "规模以上服务业营业收入",
        "亿元",
        61.9,
        0.7,
        "综合核算处",
        None,
        "规模以上服务业法人单位从事各类经营业务取得的收入，全面调查。",
    ),
    Series("工业用电量", "亿千瓦时", 21.8, 0.9, "工业能源处", None, "工业生产活动消费的电量，来自供电部门的行政记录。"),
    Series("进出口总额", "亿元", 178.3, 0.8, "综合核算处", None, "实际进出我国关境的货物总金额，来自海关统计。"),
    Series("一般公共预算收入", "亿元", 49.5, 0.6, "综合核算处", None, "来自财政部门的收入快报。"),
    Series(
        "建筑业总产值", "亿元", 142.0, 0.7, "综合核算处", None, "资质内建筑业企业在报告期内完成的建筑安装工程价值量。"
    ),
    Series(
        "限额以上批零业销售额", "亿元", 338.1, 0.9, "综合核算处", None, "限额以上批发和零售业法人单位的商品销售额。"
    ),
)


class Release(NamedTuple):
    """One monthly figure: when it was released, of which month (``2020-10``), what it was and by how much it grew."""

    series: Series
    day: date
    period: str
    value: Decimal
    growth: Decimal

    @property
    def month(self) -> str:
        """10月份 of this year, 2019年12月份 of the year before."""
        year, month = self.period.split("-")
        return f"{int(month)}月份" if int(year) == YEAR else f"{year}年{int(month)}月份"


def releases() -> list[Release]:
    """Every indicator every month of the year, a month after the month it is of; the same figures every time."""
    random = Random(SEED + 7)  # noqa: S311  figures, no secrets
    found = []
    for place, series in enumerate(SERIES):
        for month in range(1, 13):
            days = [day for day in working_days() if day.month == month]
            period = f"{YEAR - 1}-12" if month == 1 else f"{YEAR}-{month - 1:02d}"
            value, growth = _figure(series, month - 1, random)
            found.append(Release(series, days[min(len(days) - 1, 6 + place)], period, value, growth))
    return found


def _figure(series: Series, month: int, random: Random) -> tuple[Decimal, Decimal]:
    if not series.follows:
        value = Decimal(_PRICES[month])
        return value, value - 100
    noise = random.uniform(0.97, 1.03)
    level = series.level * (1 + series.follows * (_SHAPE[month] - 1)) * noise
    growth = series.follows * _GROWTH[month] + random.uniform(-0.8, 0.8)
    return Decimal(f"{level:.2f}"), Decimal(f"{growth:.1f}")


def establish(bureau: Agency) -> dict[str, Indicator]:
    """Make the indicators with the calendar of their releases; by name."""
    for series in SERIES:
        Indicator.objects.get_or_create(
            agency=bureau,
            name=series.name,
            defaults={"unit": series.unit, "headline": series.headline, "method": series.method},
        )
    made = {indicator.name: indicator for indicator in Indicator.objects.filter(agency=bureau)}
    if not ReleasePlan.objects.filter(agency=bureau).exists():
        ReleasePlan.objects.bulk_create(
            ReleasePlan(
                agency=bureau,
                indicator=made[release.series.name],
                title=f"{release.month}全市{release.series.name}",
                period=release.period,
                release_at=timezone.make_aware(datetime.combine(release.day, time(9, 30))),
            )
            for release in releases()
        )
    return made
