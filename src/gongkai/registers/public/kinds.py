"""What the public reads of each register: addresses, headings, what is said of an entry. Data only.

Names of natural persons are masked here, wherever they are shown: page, list and CSV say the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from gongkai.bureau.masking import mask_person

from ..models import Decision, DecisionKind, Entry, ItemKind, PartyKind, Procurement, ServiceItem

Say = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """A register on the site. ``says`` are (heading, how to say it); the first is the name and leads to the page.

    ``category`` is the code of the item of Article 20 under which it stands, ``search`` the columns searched,
    ``lists`` how many of ``says`` a list shows.
    """

    code: str
    title: str
    category: str
    model: type[Entry]
    condition: Q
    day: str
    search: tuple[str, ...]
    says: tuple[tuple[str, Say], ...]
    lists: int


def party_of(each: Decision) -> str:
    """To whom a decision is addressed, as the public may read it."""
    return each.organization if each.party_kind == PartyKind.ORGANIZATION else mask_person(each.person)


_ITEM: tuple[tuple[str, Say], ...] = (
    ("事项名称", lambda each: each.name),
    ("类别", lambda each: each.get_kind_display()),
    ("依据", lambda each: each.basis),
    ("列入日期", lambda each: each.valid_from),
    ("有效期至", lambda each: each.valid_until or ""),
    ("事项编码", lambda each: each.code),
)


def _content(say: Say) -> Say:
    """Nothing of a decision that was withdrawn."""
    return lambda each: "" if each.withdrawn_on else say(each)


_DECISION: tuple[tuple[str, Say], ...] = (
    ("决定书文号", lambda each: each.document_number),
    ("类别", lambda each: each.get_kind_display()),
    ("行政相对人", _content(party_of)),
    ("决定日期", lambda each: each.decided_on),
    ("状态", lambda each: "已撤下" if each.withdrawn_on else ("已撤销" if each.revoked_on else "")),
    ("统一社会信用代码", _content(lambda each: each.credit_code)),
    ("决定内容", _content(lambda each: each.summary)),
    ("公开日期", lambda each: each.published_on),
    ("撤下日期", lambda each: each.withdrawn_on or ""),
    ("撤下的说明", lambda each: each.explanation),
)


def _items(code: str, title: str, category: str, *kinds: ItemKind) -> Shown:
    return Shown(
        code, title, category, ServiceItem, Q(kind__in=kinds), "valid_from", ("name", "code", "basis"), _ITEM, 4
    )


def _decisions(code: str, title: str, category: str, *kinds: DecisionKind) -> Shown:
    search = ("document_number", "organization", "credit_code")
    # Who was named in a decision that was withdrawn is not found by their name.
    return Shown(code, title, category, Decision, Q(kind__in=kinds), "decided_on", search, _DECISION, 5)


SHOWN = {
    each.code: each
    for each in (
        _items(
            "fuwu", "行政许可和其他对外管理服务事项", "permits_and_services", ItemKind.PERMITS, ItemKind.OTHER_SERVICES
        ),
        _decisions(
            "xuke", "行政许可和服务办理结果", "permits_and_services", DecisionKind.PERMITS, DecisionKind.OTHER_SERVICES
        ),
        _items("zhifa", "行政处罚、行政强制事项", "penalties_and_coercion", ItemKind.PENALTIES, ItemKind.COERCION),
        _decisions(
            "chufa", "行政处罚、行政强制决定", "penalties_and_coercion", DecisionKind.PENALTIES, DecisionKind.COERCION
        ),
        _items("shoufei", "行政事业性收费项目", "fees", ItemKind.FEES),
        Shown(
            "caigou",
            "政府集中采购实施情况",
            "procurement",
            Procurement,
            Q(),
            "purchased_on",
            ("name", "number", "supplier"),
            (
                ("项目名称", lambda each: each.name),
                ("采购日期", lambda each: each.purchased_on),
                ("采购金额（元）", lambda each: f"{each.amount:.2f}"),
                ("供应商", lambda each: each.supplier),
                ("项目编号", lambda each: each.number),
            ),
            4,
        ),
    )
}
