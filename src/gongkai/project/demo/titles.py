"""Titles of the columns that have few items, written out; and the documents of the demonstration bureau."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from .targets import YEAR

OVERVIEWS = {
    "机构职能": ("温州市统计局主要职责", "温州市统计局办公地址、办公时间和联系方式", "温州市统计局权力清单和责任清单"),
    "领导信息": (
        "局党组书记、局长工作分工",
        "副局长（分管综合核算）工作分工",
        "副局长（分管办公室、信息公开）工作分工",
        "副局长（分管执法监督）工作分工",
        "总统计师工作分工",
        "派驻纪检监察组组长工作分工",
    ),
    "机构设置": (
        "办公室主要职责",
        "综合核算处主要职责",
        "工业能源处主要职责",
        "投资建筑业处主要职责",
        "贸易外经处主要职责",
        "社会科技处主要职责",
        "农业农村处主要职责",
        "统计执法监督处主要职责",
        "市普查中心简介",
        "市社会经济调查队简介",
    ),
}

CATALOGUE = {
    "信息公开指南": ("温州市统计局政府信息公开指南",),
    "信息公开制度": ("政府信息主动公开制度", "政府信息依申请公开办理制度", "政府信息公开保密审查制度"),
    "信息公开年报": (f"温州市统计局{YEAR - 1}年政府信息公开工作年度报告",),
    "财政信息": (
        f"温州市统计局{YEAR}年部门预算",
        f"温州市统计局{YEAR}年“三公”经费预算",
        f"温州市统计局{YEAR}年项目支出绩效目标",
        f"温州市统计局{YEAR - 1}年部门决算",
        f"温州市统计局{YEAR - 1}年“三公”经费决算",
        f"温州市统计局{YEAR - 1}年项目支出绩效自评结果",
    ),
}

OTHERS = {
    "统计公报": (
        f"{YEAR - 1}年温州市国民经济和社会发展统计公报",
        "温州市第四次全国经济普查公报",
    ),
    "征集调查": (
        "关于《温州市统计数据发布管理规定（征求意见稿）》公开征求意见",
        "关于第七次全国人口普查宣传方式的问卷调查",
        "关于统计年鉴使用情况的问卷调查",
        "关于2021年统计调查项目的意见征集",
    ),
    "在线访谈": ("在线访谈：人口普查，登记什么、怎么登记", "在线访谈：怎样看懂月度数据"),
}


class Document(NamedTuple):
    """A document of the bureau, and what it does to an earlier one (by number in the year)."""

    title: str
    number: int
    formed: date
    published: date
    expires: date | None
    repeals: int | None = None
    interprets_as: tuple[str, date] | None = None
    subject: str = "统计工作"

    @property
    def written(self) -> str:
        """文号."""
        return f"温统演〔{self.formed.year}〕{self.number}号"


DOCUMENTS = (
    Document(
        "温州市统计局统计数据发布管理办法（试行）",
        3,
        date(YEAR, 1, 9),
        date(YEAR, 1, 14),
        date(YEAR, 12, 31),
        subject="数据发布",
    ),
    Document(f"温州市统计局{YEAR}年统计工作要点", 5, date(YEAR, 2, 18), date(YEAR, 2, 24), None),
    Document(
        "温州市统计信用评价实施细则", 9, date(YEAR, 3, 12), date(YEAR, 3, 18), date(YEAR + 5, 3, 31), subject="统计信用"
    ),
    Document(
        "温州市统计行政处罚裁量基准",
        12,
        date(YEAR, 4, 14),
        date(YEAR, 4, 20),
        None,
        interprets_as=("《温州市统计行政处罚裁量基准》政策问答", date(YEAR, 4, 21)),
        subject="统计执法",
    ),
    Document("企业一套表联网直报工作规范", 16, date(YEAR, 5, 15), date(YEAR, 5, 20), None, subject="联网直报"),
    Document(
        "温州市第七次全国人口普查实施方案", 21, date(YEAR, 6, 10), date(YEAR, 6, 15), date(YEAR + 1, 12, 31),
        subject="人口普查",
    ),
    Document("温州市统计局重大行政决策程序规定", 24, date(YEAR, 7, 8), date(YEAR, 7, 14), None),
    Document("温州市部门统计调查项目管理规定", 27, date(YEAR, 8, 5), date(YEAR, 8, 11), None, subject="调查项目"),
    Document(
        "温州市统计局统计数据发布管理办法",
        31,
        date(YEAR, 9, 16),
        date(YEAR, 9, 22),
        None,
        repeals=3,
        interprets_as=("一图读懂《温州市统计局统计数据发布管理办法》", date(YEAR, 9, 23)),
        subject="数据发布",
    ),
    Document("温州市基本单位名录库管理办法", 34, date(YEAR, 10, 20), date(YEAR, 10, 26), None, subject="名录库"),
)  # fmt: skip

# The rest of what is in the column of the statutory content: plans and summaries.
PLANS = (
    f"{YEAR - 1}年度法治政府建设情况报告",
    f"{YEAR - 1}年度统计工作总结",
    "温州市统计发展“十三五”规划终期评估报告",
    f"{YEAR}年度统计调查制度目录",
)
