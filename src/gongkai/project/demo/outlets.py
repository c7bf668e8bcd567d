"""WeChat accounts, the gazette, the press, and the press conference of the demonstration year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from gongkai.sheets.book import Values

from .dates import strewn
from .targets import ADOPTIONS, APPEARANCES, ISSUES, READS, SUBSCRIBERS, YEAR
from .words import BRANCHES, COUNTIES, INDICATORS, MONTHLY, SUBJECTS

_PATTERNS = {
    "温州统计": (
        "数说温州｜{monthly}新鲜出炉",
        "{branch}的温州答卷",
        "统计小课堂｜{indicator}",
        "权威发布｜前{month}个月全市{monthly}",
    ),
    "温州普查": (
        "普查进行时｜{county}在行动",
        "大国点名，没你不行｜{county}普查员的一天",
        "人口普查知识问答（{n}）",
        "普查故事｜{county}",
    ),
    "温州市人民政府公报": ("{period}温州市主要经济指标",),
    "": (
        "“全国首创民营经济健康发展评价指标体系”在温州：{branch}篇",
        "统计执法无接触执法新方式走进{county}",
        "党建业务双融共促：{subject}见闻",
        "{county}{monthly}数据亮眼",
        "我市{subject}扎实推进",
    ),
}


def appearances(random: Random) -> Iterator[Values]:
    """What appeared in each channel; the census account sends several items in one issue."""
    for (kind, name), count in APPEARANCES.items():
        issues = _issues(random, name, count)
        reads = _parts(random, READS[name], count) if name in READS else None
        taken_over = _adopters(random, count) if name == "温州普查" else {}
        seen: set[tuple[date, str]] = set()
        dates = strewn(random, len(issues))
        number = 0
        for issue, (day, items) in enumerate(zip(dates, issues, strict=True), start=1):
            for item in range(1, items + 1):
                number += 1
                title = _title(random, name, number, day)
                while (day, title) in seen:
                    title = _title(random, name, number, day)
                seen.add((day, title))
                row: Values = {"published_on": day, "kind": kind, "channel": name, "title": title}
                if name in ISSUES:
                    row |= {"issue": str(issue), "item": item}
                elif kind == "gazette":
                    row |= {"issue": f"{YEAR}年第{number}期", "item": 1}
                if reads is not None:
                    row |= {"reads": reads[number - 1], "reads_definition": "times"}
                row |= taken_over.get(number, {})
                yield row


def subscribers() -> Iterator[Values]:
    """The subscribers of each account at the end of each month, growing to what the report says."""
    for name, final in SUBSCRIBERS.items():
        for month in range(1, 13):
            last = date(YEAR + month // 12, month % 12 + 1, 1) - timedelta(days=1)
            count = final - (12 - month) * (final // 40)
            yield {"counted_on": last, "kind": "wechat", "channel": name, "count": count}


def press_conferences() -> Iterator[Values]:
    """The one press conference that the report names; its date is invented."""
    yield {
        "held_on": date(YEAR, 11, 26),
        "topic": "“小康中国·温州故事——全面建成小康社会”主题系列新闻发布会",
        "host": "市政府新闻办公室",
        "speakers": "局党组书记、局长",
        "head_spoke": True,
        "summary": "发布全市固定资产投资有效投资和重大项目完成情况等有关内容。",
    }


def _issues(random: Random, name: str, count: int) -> list[int]:
    """How many items each issue has; every channel that has no issues sends one item at a time."""
    issues = [1] * ISSUES.get(name, count)
    for _ in range(count - len(issues)):
        smallest = [index for index, items in enumerate(issues) if items < 3]
        issues[random.choice(smallest)] += 1
    return issues


def _parts(random: Random, total: int, count: int) -> list[int]:
    """Numbers around the mean that add up to the total."""
    weights = [random.uniform(0.3, 2.2) for _ in range(count)]
    parts = [int(total * weight / sum(weights)) for weight in weights]
    parts[-1] += total - sum(parts)
    return parts


def _adopters(random: Random, count: int) -> dict[int, Values]:
    """Which items were taken over by whom; no item by two bodies."""
    chosen = iter(random.sample(range(1, count + 1), sum(ADOPTIONS.values())))
    return {next(chosen): {level: adopter} for (level, adopter), times in ADOPTIONS.items() for _ in range(times)}


def _title(random: Random, name: str, number: int, day: date) -> str:
    patterns = _PATTERNS.get(name, _PATTERNS[""])
    return patterns[number % len(patterns)].format(
        n=number,
        month=max(1, day.month - 1),
        period=f"{YEAR - 1}年" if number == 1 else f"{YEAR}年1-{number - 1}月",
        county=random.choice(COUNTIES),
        branch=random.choice(BRANCHES),
        subject=random.choice(SUBJECTS),
        monthly=random.choice(MONTHLY),
        indicator=random.choice(INDICATORS),
    )
