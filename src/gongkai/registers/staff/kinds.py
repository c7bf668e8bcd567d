"""The four registers that people keep here: what a list shows, how it is narrowed, what a form asks. Data only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from gongkai.bureau.masking import mask_person
from gongkai.law.wording import chinese_day

from ..clocks import due
from ..models import Decision, DecisionKind, Entry, FeeReceipt, ItemKind, PartyKind, Procurement, ServiceItem
from ..transitions import state_of

Say = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Register:
    """A register. ``day`` is the date by which an entry belongs to a year; ``says`` are (field, heading, how to say it)
    for lists and pages; ``fields`` are those of the form; ``choices`` those by which the list is narrowed.
    """

    code: str
    title: str
    unit: str
    model: type[Entry]
    day: str
    name: str
    says: tuple[tuple[str, str, Say], ...]
    fields: tuple[str, ...]
    choices: tuple[tuple[str, str, Any], ...]
    search: tuple[str, ...]
    empty: str
    icon: str

    @property
    def label(self) -> str:
        """The heading of the day."""
        return str(self.model._meta.get_field(self.day).verbose_name)  # type: ignore[union-attr]  # a plain field


def _party(each: Decision) -> str:
    return each.organization if each.party_kind == PartyKind.ORGANIZATION else mask_person(each.person)


def due_words(each: Decision) -> str:
    """What is due of a decision, in words; nothing where nothing is."""
    found, today = due(each), timezone.localdate()
    if found is None:
        return ""
    what = "撤下" if each.revoked_on else "公开"
    if found.last < today:
        return f"{what}已逾期 {(today - found.last).days} 天"
    return f"应当在{chinese_day(found.last)}以前{what}"


def _amount(each: Any) -> str:
    return f"{each.amount:,.2f}"


ITEMS = Register(
    "items",
    "服务事项",
    "项",
    ServiceItem,
    "valid_from",
    "name",
    (
        ("kind", "类别", lambda each: each.get_kind_display()),
        ("code", "事项编码", lambda each: each.code),
        ("basis", "依据", lambda each: each.basis),
        ("valid_from", "列入日期", lambda each: each.valid_from),
        ("valid_until", "有效期至", lambda each: each.valid_until or "仍有效"),
    ),
    ("kind", "name", "code", "basis", "valid_from", "valid_until"),
    (("kind", "类别", ItemKind.choices),),
    ("name", "code", "basis"),
    "还没有事项。行政许可、其他服务、处罚、强制和收费的事项在这里登记，或者用台账导入。",
    "list-ul",
)
DECISIONS = Register(
    "decisions",
    "处理决定",
    "件",
    Decision,
    "decided_on",
    "document_number",
    (
        ("kind", "类别", lambda each: each.get_kind_display()),
        ("party", "行政相对人", _party),
        ("decided_on", "决定日期", lambda each: each.decided_on),
        ("published_on", "公开日期", lambda each: each.published_on or ""),
        ("due", "期限", due_words),
    ),
    (
        "kind",
        "item",
        "document_number",
        "decided_on",
        "party_kind",
        "organization",
        "credit_code",
        "person",
        "summary",
    ),
    (("kind", "类别", DecisionKind.choices), ("party_kind", "相对人", PartyKind.choices)),
    ("document_number", "organization", "credit_code"),
    "还没有处理决定。许可、处罚、强制的决定在这里登记，或者用台账导入；许可和处罚 7 个工作日内公开，其他 20 个工作日。",
    "doc-full",
)
FEES = Register(
    "fees",
    "收费",
    "笔",
    FeeReceipt,
    "received_on",
    "item",
    (
        ("received_on", "收费日期", lambda each: each.received_on),
        ("number", "票据号", lambda each: each.number),
        ("amount", "金额（元）", _amount),
    ),
    ("item", "received_on", "number", "amount"),
    (),
    ("number", "item__name"),
    "还没有收费。先登记行政事业性收费的事项，再登记每一笔或者每一期的金额；年度报告按年合计，以万元计。",
    "tick",
)
PROCUREMENT = Register(
    "procurement",
    "集中采购",
    "个",
    Procurement,
    "purchased_on",
    "name",
    (
        ("number", "项目编号", lambda each: each.number),
        ("purchased_on", "采购日期", lambda each: each.purchased_on),
        ("amount", "采购金额（元）", _amount),
        ("supplier", "供应商", lambda each: each.supplier),
    ),
    ("name", "number", "purchased_on", "amount", "supplier"),
    (),
    ("name", "number", "supplier"),
    "还没有政府集中采购项目。在这里登记，或者用台账导入。",
    "clipboard-list",
)
REGISTERS = {each.code: each for each in (ITEMS, DECISIONS, FEES, PROCUREMENT)}


def state_words(entry: Entry) -> str:
    """Where an entry stands, for a list."""
    return state_of(entry).label
