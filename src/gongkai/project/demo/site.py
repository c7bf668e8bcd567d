"""What the demonstration bureau published in the year: 904 items in the 30 columns of a city department's site.

The published report gives the numbers by kind; how they fall on the columns is our choice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, NamedTuple

from gongkai.sheets.book import Values

from . import indicators, titles
from .dates import strewn
from .targets import SEED, YEAR
from .words import BRANCHES, COUNTIES, INDICATORS, LAWS, MEETINGS, NOTICES, SUBJECTS, VISITS

OFFICE, ACCOUNTS, INDUSTRY, PEOPLE, LAW, CENSUS = (
    "办公室",
    "综合核算处",
    "工业能源处",
    "人口就业处",
    "统计执法监督处",
    "市普查中心",
)
_ALL = (ACCOUNTS, OFFICE, INDUSTRY, PEOPLE, LAW, CENSUS)
_PROGRESS = ("稳步推进", "全面启动", "取得新进展", "进入攻坚阶段", "圆满收官", "有序开展")
SERVICES = (
    "统计资料查询",
    "统计业务咨询",
    "统计年鉴发放",
    "统计专业技术资格考试报名",
    "联网直报用户管理",
    "统计违法行为举报受理",
    "基本单位名录信息变更",
    "普查资料查询",
    "“四上”企业入库申报审核",
    "统计信用修复受理",
    "统计继续教育登记",
    "涉外调查咨询",
    "部门统计调查项目咨询",
    "统计数据发布订阅",
    "统计开放日预约",
    "微观数据使用申请",
    "统计志愿者登记",
)


class Column(NamedTuple):
    """A second-level column: how many items of which kind, who writes them in turn, the patterns of their titles.

    ``style`` names how their bodies are written (:mod:`gongkai.project.demo.bodies`).
    """

    first: str
    second: str
    kind: str
    items: int
    style: str
    departments: tuple[str, ...]
    titles: tuple[str, ...]


COLUMNS = (
    *(
        Column("组织机构", name, "overview", len(told), "overview", (OFFICE,), told)
        for name, told in titles.OVERVIEWS.items()
    ),
    Column(
        "工作动态",
        "市局动态",
        "news",
        186,
        "news",
        _ALL,
        ("市统计局{meeting}", "市统计局赴{county}{visit}", "我市{subject}工作{progress}"),
    ),
    Column(
        "工作动态",
        "县区动态",
        "news",
        148,
        "news",
        (OFFICE,),
        ("{county}统计局{meeting}", "{county}{subject}工作{progress}", "{county}统计局赴基层{visit}"),
    ),
    Column("工作动态", "通知公告", "news", 25, "notice", _ALL, ("关于{notice}的通知", "关于{notice}的公告")),
    Column(
        "工作动态",
        "图片新闻",
        "news",
        68,
        "photo",
        (OFFICE,),
        ("图片新闻：市统计局{meeting}", "图片新闻：{county}{subject}工作掠影"),
    ),
    Column("统计数据", "月度季度数据", "other", 132, "release", (), ()),
    Column("统计数据", "统计公报", "other", 2, "bulletin", (ACCOUNTS,), titles.OTHERS["统计公报"]),
    Column(
        "统计数据",
        "统计年鉴",
        "other",
        26,
        "yearbook",
        (ACCOUNTS,),
        ("温州统计年鉴{before}：{indicator}篇", "温州统计年鉴{before}：{branch}篇"),
    ),
    Column(
        "统计数据",
        "普查数据",
        "other",
        24,
        "census",
        (CENSUS,),
        ("第四次全国经济普查：{branch}主要数据", "第七次全国人口普查：{county}登记进度"),
    ),
    Column(
        "统计数据",
        "统计分析",
        "other",
        96,
        "analysis",
        (ACCOUNTS, INDUSTRY, PEOPLE),
        ("{period}全市{branch}运行情况分析", "{county}{branch}发展现状和对策", "疫情对我市{branch}影响的调查分析"),
    ),
    Column("政务公开", "信息公开指南", "catalogue", 1, "guide", (OFFICE,), titles.CATALOGUE["信息公开指南"]),
    Column("政务公开", "信息公开制度", "catalogue", 3, "rule", (OFFICE,), titles.CATALOGUE["信息公开制度"]),
    Column("政务公开", "法定主动公开内容", "catalogue", 14, "document", (), ()),
    Column("政务公开", "信息公开年报", "catalogue", 1, "annual", (OFFICE,), titles.CATALOGUE["信息公开年报"]),
    Column("政务公开", "财政信息", "catalogue", 6, "budget", (OFFICE,), titles.CATALOGUE["财政信息"]),
    Column(
        "政务公开",
        "人事信息",
        "catalogue",
        12,
        "personnel",
        (OFFICE,),
        ("温州市统计局公务员招录公告（第{n}期）", "温州市统计局事业单位公开招聘公告（第{n}期）"),
    ),
    Column("政务公开", "政策解读", "interpretation", 2, "interpretation", (), ()),
    Column("统计知识", "指标解释", "other", 20, "explained", _ALL, ("指标解释：{each_indicator}",)),
    Column(
        "统计知识",
        "统计知识问答",
        "other",
        24,
        "asked",
        _ALL,
        ("统计知识问答：什么是{indicator}", "统计知识问答：{indicator}怎么算"),
    ),
    Column("统计法制", "法律法规", "other", 12, "law", (LAW,), tuple(f"{law}" for law in LAWS)),
    Column(
        "统计法制",
        "执法信息",
        "other",
        18,
        "enforcement",
        (LAW,),
        ("{county}统计执法检查情况通报", "{year}年“双随机”统计执法检查抽查结果（第{n}批）"),
    ),
    Column("办事服务", "办事指南", "other", 17, "service", (ACCOUNTS, LAW), tuple(f"办事指南：{s}" for s in SERVICES)),
    Column(
        "办事服务",
        "表格下载",
        "other",
        8,
        "form",
        (ACCOUNTS,),
        tuple(f"表格下载：{s}表" for s in SERVICES[:8]),
    ),
    Column("互动交流", "征集调查", "other", 4, "consultation", (OFFICE,), titles.OTHERS["征集调查"]),
    Column("互动交流", "在线访谈", "other", 2, "interview", (OFFICE,), titles.OTHERS["在线访谈"]),
    Column("统计信用公示", "失信企业公示", "other", 22, "credit", (LAW,), ("统计失信企业公示（第{n}号）",)),
    Column("统计信用公示", "守信企业公示", "other", 12, "credit", (LAW,), ("统计守信企业公示（第{n}号）",)),
)


@dataclass(frozen=True, slots=True)
class Planned:
    """An item of the year: what it is, where, when it went public, and what is particular to it."""

    column: Column
    number: int
    title: str
    moment: datetime
    department: str
    particulars: Mapping[str, Any] = field(default_factory=dict)

    @property
    def day(self) -> date:
        return self.moment.date()


def planned() -> list[Planned]:
    """Every item in the order in which it went public, no two with one title on one day; the same every time."""
    random = Random(SEED)  # noqa: S311  titles and dates, no secrets
    found: list[Planned] = []
    for column in COLUMNS:
        found += _SPECIAL.get(column.style, _usual)(column, random)
    return sorted(found, key=lambda item: (item.moment, item.title))


def rows() -> Iterator[Values]:
    """The same items as the ledger of a bureau that keeps one beside its site."""
    for place, item in enumerate(planned(), start=1):
        yield {
            "published_on": item.day,
            "title": item.title,
            "kind": item.column.kind,
            "first_level": item.column.first,
            "second_level": item.column.second,
            "index_number": f"000000000/{YEAR}-{place:05d}",
        }


def _usual(column: Column, random: Random) -> list[Planned]:
    """Items strewn over the year, their titles in turn."""
    found = []
    seen: set[tuple[date, str]] = set()
    for number, day in enumerate(strewn(random, column.items), start=1):
        title = _title(random, column, number, day)
        while (day, title) in seen:
            title = _title(random, column, number, day)
        seen.add((day, title))
        department = column.departments[number % len(column.departments)]
        found.append(Planned(column, number, title, _moment(random, day), department))
    return found


def _releases(column: Column, random: Random) -> list[Planned]:
    """The monthly figures, each at half past nine as announced."""
    return [
        Planned(
            column,
            number,
            f"{release.month}全市{release.series.name}",
            datetime.combine(release.day, time(9, 30)),
            release.series.department,
            {"release": release},
        )
        for number, release in enumerate(indicators.releases(), start=1)
    ]


def _documents(column: Column, random: Random) -> list[Planned]:
    """Documents with their numbers and dates, and plans and summaries."""
    plans = _usual(column._replace(items=len(titles.PLANS), titles=titles.PLANS, departments=(OFFICE,)), random)
    documents = [
        Planned(
            column, number, told.title, datetime.combine(told.published, time(10, 0)), _writer(told), {"document": told}
        )
        for number, told in enumerate(titles.DOCUMENTS, start=1)
    ]
    return [*plans, *documents]


def _interpretations(column: Column, random: Random) -> list[Planned]:
    """An interpretation goes public the day after its document."""
    explained = [(told, told.interprets_as) for told in titles.DOCUMENTS]
    return [
        Planned(column, number, how[0], datetime.combine(how[1], time(10, 30)), _writer(told), {"interprets": told})
        for number, (told, how) in enumerate(((t, h) for t, h in explained if h is not None), start=1)
    ]


_SPECIAL = {"release": _releases, "document": _documents, "interpretation": _interpretations}


def _writer(document: titles.Document) -> str:
    return {"统计执法": LAW, "统计信用": LAW, "人口普查": CENSUS, "数据发布": ACCOUNTS}.get(document.subject, OFFICE)


def _moment(random: Random, day: date) -> datetime:
    return datetime.combine(day, time(9, 0)) + timedelta(minutes=random.randrange(8 * 60))


def _title(random: Random, column: Column, number: int, day: date) -> str:
    pattern = column.titles[(number - 1) % len(column.titles)]
    return pattern.format(
        n=number,
        year=YEAR,
        before=YEAR - 1,
        period=_period(day),
        county=random.choice(COUNTIES),
        meeting=random.choice(MEETINGS),
        visit=random.choice(VISITS),
        subject=random.choice(SUBJECTS),
        progress=random.choice(_PROGRESS),
        notice=random.choice(NOTICES),
        branch=random.choice(BRANCHES),
        indicator=random.choice(INDICATORS),
        each_indicator=INDICATORS[(number - 1) % len(INDICATORS)],
    )


def _period(day: date) -> str:
    """The months that a figure published on a day covers: up to the month before."""
    if day.month == 1:
        return f"{day.year - 1}年全年"
    return f"{day.year}年1-{day.month - 1}月" if day.month > 2 else f"{day.year}年1月"
