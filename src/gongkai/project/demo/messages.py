"""The messages from the public of the demonstration year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from gongkai.sheets.book import Values

from .dates import strewn, working_days
from .targets import INQUIRIES, INQUIRY_DAYS, PUBLIC_REPLIES, YEAR
from .words import COUNTIES, INDICATORS, MONTHLY

_SUBJECTS = (
    "咨询{county}{monthly}的查询方法",
    "咨询{indicator}的统计口径",
    "{indicator}数据什么时候发布",
    "咨询统计年鉴在哪里可以查到",
    "人口普查没有人上门登记怎么办",
    "建议在网站增加{indicator}历史数据",
    "咨询统计专业技术资格考试报名",
    "咨询“四上”企业入库条件",
    "咨询{county}{indicator}",
)
# Of the replies that are not public, none is a matter of state secrets, whatever the published report says.
_PRIVATE = (
    "privacy",
    "privacy",
    "privacy",
    "privacy",
    "statistical_secrecy",
    "statistical_secrecy",
    "asker",
    "privacy",
)


def rows(random: Random) -> Iterator[Values]:
    """All received and closed in the year; the days add up to the mean that the report gives."""
    # The year's last messages are answered before it ends.
    received = [min(day, date(YEAR, 12, 28)) for day in strewn(random, INQUIRIES)]
    days = _days(random, received)
    private = dict(zip(sorted(random.sample(range(INQUIRIES), INQUIRIES - PUBLIC_REPLIES)), _PRIVATE, strict=True))
    for index, day in enumerate(received):
        row: Values = {
            "number": f"YS-{YEAR}-{index + 1:03d}",
            "received_on": day,
            "source": "website",
            "subject": random.choice(_SUBJECTS).format(
                county=random.choice(COUNTIES), monthly=random.choice(MONTHLY), indicator=random.choice(INDICATORS)
            ),
            "name": f"演示网友{index + 1}",
            "contact": f"demo{index + 1}@example.invalid",
            "closed_on": day + timedelta(days=days[index]),
            "closing": "private" if index in private else "public",
        }
        if index in private:
            row["private_reason"] = private[index]
        yield row


def _days(random: Random, received: list[date]) -> list[int]:
    """Handling times of a few days that add up, every message being closed on a working day."""
    open_days = set(working_days())
    possible = [[days for days in range(5) if day + timedelta(days=days) in open_days] for day in received]
    days = [min(choices, key=lambda found: abs(found - 1)) for choices in possible]
    while (missing := INQUIRY_DAYS - sum(days)) != 0:
        index = random.randrange(INQUIRIES)
        # Only towards the sum, and never past it.
        better = [found for found in possible[index] if 0 < (found - days[index]) / missing <= 1]
        if better:
            days[index] = random.choice(better)
    return days
