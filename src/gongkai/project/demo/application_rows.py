"""The fourteen applications of the demonstration year: all closed in it, with outcomes that agree.

The published report gives the number and an outcome for three of them; the rest is our choice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.sheets.book import Values

from .targets import YEAR

# received, kind, channel, what was asked for, outcome, closed; then what else happened.
_CASES: tuple[tuple[tuple[int, int], str, str, str, str, tuple[int, int], dict[str, tuple[int, int]]], ...] = (
    (
        (1, 8),
        "natural_person",
        "internet",
        "2018年温州市分县市区地区生产总值",
        "granted.already_published",
        (1, 14),
        {},
    ),
    (
        (2, 19),
        "natural_person",
        "internet",
        "2019年鹿城区常住人口分街道数据",
        "unavailable.not_held.not_responsible",
        (2, 28),
        {},
    ),
    (
        (3, 4),
        "business",
        "signed_post",
        "2019年泵阀产业规模以上企业主要经济指标汇总数",
        "granted.provided",
        (3, 18),
        {},
    ),
    ((3, 25), "natural_person", "internet", "某企业2019年上报的统计报表", "denied.prohibited_by_law", (4, 10), {}),
    (
        (4, 15),
        "research",
        "counter",
        "2010年以来全市分行业研究与试验发展经费",
        "granted.provided",
        (5, 29),
        {"extended_on": (5, 11)},
    ),
    (
        (5, 8),
        "natural_person",
        "internet",
        "统计数据",
        "granted.provided",
        (6, 5),
        {"correction_requested_on": (5, 13), "corrected_on": (5, 20)},
    ),
    (
        (5, 27),
        "legal_service",
        "signed_post",
        "2019年统计行政处罚决定书",
        "granted_in_part",
        (7, 8),
        {"consultation_sent_on": (6, 4), "consultation_returned_on": (6, 19)},
    ),
    ((6, 17), "natural_person", "fax", "2019年居民人均可支配收入分项数据", "granted.provided", (6, 30), {}),
    ((7, 14), "natural_person", "internet", "本人举报事项的处理情况", "not_processed.complaint", (7, 24), {}),
    (
        (8, 6),
        "public_welfare",
        "signed_post",
        "全市养老机构数量和床位数",
        "unavailable.not_held.not_found",
        (8, 20),
        {},
    ),
    ((9, 2), "natural_person", "internet", "温州统计年鉴2019", "not_processed.published_material", (9, 8), {}),
    ((9, 22), "business", "internet", "分乡镇社会消费品零售总额测算过程稿", "denied.process_information", (10, 16), {}),
    ((10, 27), "natural_person", "internet", "2019年度居民消费价格指数分类数据", "granted.provided", (11, 6), {}),
    (
        (11, 18),
        "natural_person",
        "ordinary_post",
        "第七次全国人口普查工作经费安排",
        "other.other.withdrawn",
        (11, 30),
        {},
    ),
)


def rows() -> Iterator[Values]:
    """One row an application, as the receiving office keeps them."""
    for number, (received, kind, channel, requested, outcome, closed, also) in enumerate(_CASES, start=1):
        row: Values = {
            "number": f"YS{YEAR}{number:03d}",
            "received_on": date(YEAR, *received),
            "channel": channel,
            "kind": kind,
            "name": f"演示申请人{number}" if kind == "natural_person" else f"演示单位{number}",
            "phone": "0577-00000000",
            "address": "浙江省温州市（演示地址）",
            "requested": requested,
            "closed_on": date(YEAR, *closed),
            "outcome": outcome,
            "note": "演示数据",
            **{code: date(YEAR, *day) for code, day in also.items()},
        }
        if outcome != "other.other.withdrawn":
            row["document_number"] = f"温统演信公〔{YEAR}〕{number}号"
        yield row
