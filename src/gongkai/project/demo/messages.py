"""The messages from the public of the demonstration year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from gongkai.sheets.book import Values

from .dates import strewn
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
    days = _days(random)
    private = dict(zip(sorted(random.sample(range(INQUIRIES), INQUIRIES - PUBLIC_REPLIES)), _PRIVATE, strict=True))
    for index, received in enumerate(strewn(random, INQUIRIES)):
        # The year's last messages are answered before it ends.
        received = min(received, received.replace(month=12, day=28))
        row: Values = {
            "number": f"YS-{YEAR}-{index + 1:03d}",
            "received_on": received,
            "source": "website",
            "subject": random.choice(_SUBJECTS).format(
                county=random.choice(COUNTIES), monthly=random.choice(MONTHLY), indicator=random.choice(INDICATORS)
            ),
            "name": f"演示网友{index + 1}",
            "contact": f"demo{index + 1}@example.invalid",
            "closed_on": received + timedelta(days=days[index]),
            "closing": "private" if index in private else "public",
        }
        if index in private:
            row["private_reason"] = private[index]
        yield row


def _days(random: Random) -> list[int]:
    """Handling times from 0 to 3 days that add up."""
    days = [1] * INQUIRIES
    while sum(days) != INQUIRY_DAYS:
        index = random.randrange(INQUIRIES)
        change = 1 if sum(days) < INQUIRY_DAYS else -1
        days[index] = min(3, max(0, days[index] + change))
    for _ in range(12):
        # Some on the same day, some later: the sum stays.
        more, less = random.sample(range(INQUIRIES), 2)
        if days[more] < 3 and days[less] > 0:
            days[more] += 1
            days[less] -= 1
    return days
