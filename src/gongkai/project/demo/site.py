"""The site of the demonstration bureau: 9 first-level and 30 second-level columns, and what was published in them.

The published report names the first-level columns; the second-level ones are those of comparable bureaus.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import NamedTuple

from gongkai.sheets.book import Values

from .dates import strewn
from .targets import YEAR
from .words import BRANCHES, COUNTIES, DEPARTMENTS, INDICATORS, LAWS, MEETINGS, MONTHLY, NOTICES, SUBJECTS, VISITS


class Column(NamedTuple):
    """A second-level column: how many items of which kind, and the patterns of their titles."""

    first: str
    second: str
    kind: str
    items: int
    patterns: tuple[str, ...]


COLUMNS = (
    Column("组织机构", "机构职能", "overview", 3, ("温州市统计局主要职责（{n}）",)),
    Column("组织机构", "领导信息", "overview", 6, ("局领导分工更新（第{n}次）",)),
    Column("组织机构", "内设机构", "overview", 6, ("{department}主要职责",)),
    Column("组织机构", "直属单位", "overview", 4, ("市普查中心简介（{n}）", "市社会经济调查队简介（{n}）")),
    Column(
        "工作动态",
        "市局动态",
        "news",
        186,
        ("市统计局{meeting}", "市统计局赴{county}{visit}", "我市{subject}工作{progress}"),
    ),
    Column(
        "工作动态",
        "县区动态",
        "news",
        148,
        ("{county}统计局{meeting}", "{county}{subject}工作{progress}", "{county}统计局赴基层{visit}"),
    ),
    Column("工作动态", "通知公告", "news", 25, ("关于{notice}的通知", "关于{notice}的公告")),
    Column("工作动态", "图片新闻", "news", 68, ("图片新闻：市统计局{meeting}", "图片新闻：{county}{subject}工作掠影")),
    Column("统计数据", "月度季度数据", "other", 132, ("{period}全市{monthly}", "{period}{county}{monthly}")),
    Column(
        "统计数据",
        "统计公报",
        "other",
        2,
        ("温州市第四次全国经济普查公报（{n}）", "{before}年温州市国民经济和社会发展统计公报"),
    ),
    Column(
        "统计数据", "统计年鉴", "other", 26, ("温州统计年鉴{before}：{indicator}篇", "温州统计年鉴{before}：{branch}篇")
    ),
    Column(
        "统计数据",
        "普查数据",
        "other",
        24,
        ("第四次全国经济普查：{branch}主要数据", "第七次全国人口普查：{county}登记进度"),
    ),
    Column(
        "统计数据",
        "统计分析",
        "other",
        96,
        ("{period}全市{branch}运行情况分析", "{county}{branch}发展现状和对策", "疫情对我市{branch}影响的调查分析"),
    ),
    Column("政务公开", "信息公开指南", "catalogue", 1, ("温州市统计局政府信息公开指南",)),
    Column("政务公开", "信息公开制度", "catalogue", 3, ("政府信息公开制度汇编（{n}）",)),
    Column(
        "政务公开",
        "法定主动公开内容",
        "catalogue",
        14,
        ("{before}年度{subject}工作总结", "{year}年{subject}工作要点", "{subject}统计调查制度"),
    ),
    Column("政务公开", "信息公开年报", "catalogue", 1, ("温州市统计局{before}年政府信息公开工作年度报告",)),
    Column(
        "政务公开",
        "财政信息",
        "catalogue",
        6,
        ("温州市统计局{year}年部门预算（{n}）", "温州市统计局{before}年部门决算（{n}）"),
    ),
    Column(
        "政务公开", "人事信息", "catalogue", 12, ("{department}工作人员任免通知", "市统计局公务员年度考核结果（{n}）")
    ),
    Column("政务公开", "政策解读", "interpretation", 2, ("图解：{subject}怎么做", "一图读懂{subject}")),
    Column("统计知识", "指标解释", "other", 20, ("指标解释：{indicator}",)),
    Column(
        "统计知识", "统计知识问答", "other", 24, ("统计知识问答：什么是{indicator}", "统计知识问答：{indicator}怎么算")
    ),
    Column("统计法制", "法律法规", "other", 12, ("{law}", "学习《{law}》")),
    Column(
        "统计法制",
        "执法信息",
        "other",
        18,
        ("{county}统计执法检查情况通报", "{year}年“双随机”统计执法检查抽查结果（第{n}批）"),
    ),
    Column("办事服务", "办事指南", "other", 17, ("办事指南：{service}",)),
    Column("办事服务", "表格下载", "other", 8, ("表格下载：{service}申请表",)),
    Column("互动交流", "征集调查", "other", 4, ("关于{subject}的意见征集",)),
    Column("互动交流", "在线访谈", "other", 2, ("在线访谈：谈谈{subject}",)),
    Column("统计信用公示", "失信企业公示", "other", 22, ("统计失信企业公示（第{n}号）",)),
    Column("统计信用公示", "守信企业公示", "other", 12, ("统计守信企业公示（第{n}号）",)),
)

_PROGRESS = ("稳步推进", "全面启动", "取得新进展", "进入攻坚阶段", "圆满收官", "有序开展")
_SERVICES = (
    "统计资料查询",
    "统计从业人员继续教育登记",
    "统计专业技术资格考试报名",
    "涉外调查咨询",
    "联网直报用户申请",
    "“四上”企业入库申报",
    "统计年鉴订购",
    "统计违法举报",
    "统计信用修复",
    "普查资料查询",
    "名录库信息变更",
)


def rows(random: Random) -> Iterator[Values]:
    """The items, column by column; no two of a column on one day have the same title."""
    article = 1000
    catalogue = 0
    for column in COLUMNS:
        seen: set[tuple[date, str]] = set()
        for number, day in enumerate(strewn(random, column.items), start=1):
            title = _title(random, column, number, day)
            while (day, title) in seen:
                title = _title(random, column, number, day)
            seen.add((day, title))
            article += 1
            row: Values = {
                "published_on": day,
                "title": title,
                "kind": column.kind,
                "first_level": column.first,
                "second_level": column.second,
                "url": f"https://tjj.wenzhou.example/art/{day:%Y/%m/%d}/art_{article}.html",
            }
            if column.kind == "catalogue":
                catalogue += 1
                row["index_number"] = f"000000000/{YEAR}-{catalogue:05d}"
            yield row


def _title(random: Random, column: Column, number: int, day: date) -> str:
    pattern = column.patterns[number % len(column.patterns)]
    return pattern.format(
        n=number,
        year=YEAR,
        before=YEAR - 1,
        period=_period(day),
        county=random.choice(COUNTIES),
        department=DEPARTMENTS[number % len(DEPARTMENTS)],
        meeting=random.choice(MEETINGS),
        visit=random.choice(VISITS),
        subject=random.choice(SUBJECTS),
        progress=random.choice(_PROGRESS),
        notice=random.choice(NOTICES),
        monthly=random.choice(MONTHLY),
        branch=random.choice(BRANCHES),
        indicator=random.choice(INDICATORS),
        law=random.choice(LAWS),
        service=random.choice(_SERVICES),
    )


def _period(day: date) -> str:
    """The months that a figure published on a day covers: up to the month before."""
    if day.month == 1:
        return f"{day.year - 1}年全年"
    return f"{day.year}年1-{day.month - 1}月" if day.month > 2 else f"{day.year}年1月"
