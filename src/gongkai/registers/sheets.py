"""The registers of Article 20 as one workbook: ``gongkai import registers``."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gongkai.bureau.models import Agency
from gongkai.law.validity import ended_on
from gongkai.sheets.book import Batch, Book, Col, Row, Sheet, Tally, Values, words_of
from gongkai.sheets.journal import record_batch
from gongkai.sheets.saving import save_records

from .models import (
    Decision,
    DecisionKind,
    Document,
    DocumentKind,
    Entry,
    FeeReceipt,
    ItemKind,
    PartyKind,
    Procurement,
    ServiceItem,
)
from .services import lapse

_URL = Col("url", "网址", max_length=500, width=30, aliases=("链接", "链接地址", "URL"))
_PUBLISHED = Col("published_on", "公开日期", "date", aliases=("发布日期",))
_WITHDRAWN = Col("withdrawn_on", "撤下日期", "date", help="已从网站撤下的才填。")


_DOCUMENT = (
    Col(
        "kind",
        "类别",
        "choice",
        required=True,
        choices=words_of(DocumentKind),
        width=18,
        example="行政规范性文件",
    ),
    Col(
        "title",
        "标题",
        required=True,
        max_length=300,
        width=50,
        example="示例：某市统计调查项目管理办法",
        aliases=("文件名称", "名称"),
    ),
    Col("document_number", "文号", max_length=60, width=20, example="某统〔2020〕1号", aliases=("发文字号",)),
    Col("unified_number", "统一编号", max_length=60, width=18, aliases=("统一编码",)),
    Col("made_on", "成文日期", "date", required=True, example="2020-03-02", aliases=("制发日期", "印发日期")),
    _PUBLISHED,
    Col("valid_until", "有效期至", "date", help="有效期的最后一天；没有规定有效期的空着。"),
    Col("repealed_on", "废止日期", "date", help="自这一天起不再有效。"),
    _WITHDRAWN,
    _URL,
)
_ITEM = (
    Col("kind", "事项类别", "choice", required=True, choices=words_of(ItemKind), width=22, example="行政处罚"),
    Col("name", "事项名称", required=True, max_length=200, width=50, example="示例：对拒绝提供统计资料的处罚"),
    Col("code", "事项编码", max_length=60, width=20, aliases=("权力编码",)),
    Col(
        "basis",
        "依据",
        max_length=300,
        width=30,
        aliases=("法律依据", "设定依据"),
        example="《中华人民共和国统计法》第四十一条",
    ),
    Col(
        "valid_from",
        "列入日期",
        "date",
        required=True,
        help="列入清单之日；早于本年的写一个大致的日期即可。",
        example="2018-01-01",
        aliases=("生效日期", "设立日期"),
    ),
    Col(
        "valid_until",
        "有效期至",
        "date",
        help="取消或者划出清单的，写列在清单上的最后一天；仍在清单上的空着。",
        aliases=("取消日期",),
    ),
)
_DECISION = (
    Col(
        "kind",
        "决定类别",
        "choice",
        required=True,
        choices=words_of(DecisionKind),
        width=22,
        example="行政处罚",
    ),
    Col(
        "document_number",
        "决定书文号",
        required=True,
        max_length=60,
        width=22,
        aliases=("文号", "决定文号"),
        example="示例〔2020〕1号",
    ),
    Col("decided_on", "决定日期", "date", required=True, aliases=("处罚日期", "作出日期"), example="2020-03-02"),
    Col("item", "事项名称", max_length=200, width=40, help="与〔事项〕表中的名称一致；可以空着。"),
    Col(
        "party_kind",
        "行政相对人类别",
        "choice",
        required=True,
        choices=words_of(PartyKind),
        width=18,
        aliases=("相对人类别",),
        example="法人或者其他组织",
    ),
    Col("organization", "单位名称", max_length=100, width=26, aliases=("企业名称",), example="某某有限公司"),
    Col("credit_code", "统一社会信用代码", max_length=18, width=22, aliases=("信用代码",)),
    Col(
        "person",
        "自然人姓名",
        personal=True,
        max_length=60,
        help="只在相对人是自然人时填；加密保存。",
        aliases=("姓名",),
    ),
    Col("summary", "决定内容", width=40, aliases=("处罚内容", "处理结果")),
    _PUBLISHED,
    Col("revoked_on", "撤销日期", "date"),
    _WITHDRAWN,
)
_RECEIPT = (
    Col(
        "item",
        "收费项目",
        required=True,
        max_length=200,
        width=40,
        help="与〔事项〕表中“行政事业性收费”的名称一致。",
        example="示例收费",
        aliases=("项目名称", "事项名称"),
    ),
    Col(
        "received_on",
        "收费日期",
        "date",
        required=True,
        help="按月、按季汇总的，写这一期的最后一天。",
        example="2020-03-31",
        aliases=("日期",),
    ),
    Col("number", "票据号", max_length=60, width=18, help="同一天有几笔的必填，以便分辨。"),
    Col("amount", "金额（元）", "amount", required=True, low=0, example="100", aliases=("金额", "收费金额")),
)
_PROCUREMENT = (
    Col("name", "项目名称", required=True, max_length=300, width=50, example="示例：办公设备采购"),
    Col("number", "项目编号", max_length=60, width=20),
    Col(
        "purchased_on",
        "采购日期",
        "date",
        required=True,
        help="采购合同签订之日。",
        example="2020-03-02",
        aliases=("合同日期", "签订日期"),
    ),
    Col("amount", "采购金额（元）", "amount", required=True, low=0, example="50000", aliases=("金额", "采购金额")),
    Col("supplier", "供应商", max_length=100, width=26),
    _PUBLISHED,
)


def _in_order(*pairs: tuple[str, str]) -> Callable[[Values], Iterable[tuple[str, str]]]:
    """A check that the first date of each pair is not after the second."""

    def check(values: Values) -> Iterable[tuple[str, str]]:
        for first, second in pairs:
            if values[first] is not None and values[second] is not None and values[second] < values[first]:
                yield second, f"早于{_HEADINGS[first]}（{values[first]}）"

    return check


_HEADINGS = {column.code: column.heading for column in (*_DOCUMENT, *_ITEM, *_DECISION)}
_decision_dates = _in_order(("decided_on", "revoked_on"), ("published_on", "withdrawn_on"))


def _check_decision(values: Values) -> Iterable[tuple[str, str]]:
    yield from _decision_dates(values)
    if values["party_kind"] == PartyKind.NATURAL_PERSON:
        for code in ("organization", "credit_code"):
            if values[code]:
                yield code, "相对人是自然人的，不填单位"
    elif values["person"]:
        yield "person", "相对人是单位的，不填自然人姓名"


def _plain(model: type[Entry]) -> Callable[[Batch], Tally]:
    """Loading of rows whose columns are the model's own."""

    def load(batch: Batch) -> Tally:
        tally = save_records(batch, model, lambda row: row.values)
        lapse(model, batch.agency.pk, (row.key for row in batch.rows))
        record_batch(batch, tally)
        return tally

    return load


def _load_documents(batch: Batch) -> Tally:
    def fields(row: Row) -> Values:
        return {**row.values, "ended_on": ended_on(row.values["repealed_on"], row.values["valid_until"])}

    tally = save_records(batch, Document, fields)
    record_batch(batch, tally)
    return tally


def _load_decisions(batch: Batch) -> Tally:
    items = _Items(batch.agency)

    def fields(row: Row) -> Values | str:
        values = dict(row.values)
        name = values.pop("item")
        item = items.find(values["kind"], name) if name else None
        if name and item is None:
            return f"〔事项〕中没有这一类的“{name}”，请先在〔事项〕表中登记，或者空着事项名称"
        return {**values, "item_id": item}

    tally = save_records(batch, Decision, fields)
    lapse(Decision, batch.agency.pk, (row.key for row in batch.rows))
    record_batch(batch, tally)
    return tally


def _load_receipts(batch: Batch) -> Tally:
    items = _Items(batch.agency)

    def fields(row: Row) -> Values | str:
        values = dict(row.values)
        name = values.pop("item")
        item = items.find(ItemKind.FEES, name)
        if item is None:
            return f"〔事项〕中没有名为“{name}”的行政事业性收费，请先在〔事项〕表中登记"
        return {**values, "item_id": item}

    tally = save_records(batch, FeeReceipt, fields)
    lapse(FeeReceipt, batch.agency.pk, (row.key for row in batch.rows))
    record_batch(batch, tally)
    return tally


class _Items:
    """The agency's items by kind and name, read once; of several with one name the latest."""

    def __init__(self, agency: Agency) -> None:
        items = ServiceItem.objects.filter(agency=agency).order_by("valid_from")
        self.known = {(kind, name): pk for kind, name, pk in items.values_list("kind", "name", "pk")}

    def find(self, kind: str, name: str) -> int | None:
        return self.known.get((str(kind), name))


BOOK = Book(
    "registers",
    "第二十条各项台账",
    (
        Sheet(
            "规章和规范性文件",
            _DOCUMENT,
            _load_documents,
            key=("kind", "title", "made_on"),
            check=_in_order(("made_on", "repealed_on"), ("made_on", "valid_until"), ("published_on", "withdrawn_on")),
            notes=("〔规章和规范性文件〕包括往年制定、现在仍然公开或者有效的；数量由日期算出，不必填合计。",),
        ),
        Sheet(
            "事项",
            _ITEM,
            _plain(ServiceItem),
            key=("kind", "name", "valid_from"),
            check=_in_order(("valid_from", "valid_until")),
            notes=("〔事项〕一个事项一行，“上一年项目数量”和“本年增/减”由列入日期和有效期算出。",),
        ),
        Sheet("处理决定", _DECISION, _load_decisions, key=("kind", "document_number"), check=_check_decision),
        Sheet("收费", _RECEIPT, _load_receipts, key=("item", "received_on", "number")),
        Sheet("集中采购", _PROCUREMENT, _plain(Procurement), key=("name", "purchased_on")),
    ),
)
