"""The ledger of messages from the public: ``gongkai import inquiries``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gongkai.sheets.book import Batch, Book, Col, Row, Sheet, Tally, Values, words_of

from .events import Dismissed, Registered, Replied, Transferred
from .importing import Dated, Record, import_records
from .models import Closing, PrivateReason, Source

_COLUMNS = (
    Col("number", "编号", required=True, max_length=40, example="示例-001", aliases=("留言编号", "信件编号")),
    Col(
        "received_on",
        "留言日期",
        "date",
        required=True,
        example="2020-03-02",
        aliases=("收到日期", "来信日期", "收件日期", "提交日期"),
    ),
    Col(
        "source",
        "来源",
        "choice",
        choices=words_of(Source),
        help="空着的按“门户网站”登记。",
        example="门户网站",
        aliases=("留言来源", "渠道"),
    ),
    Col(
        "subject",
        "主题",
        required=True,
        max_length=300,
        width=40,
        example="咨询居民消费价格指数的发布时间",
        aliases=("留言主题", "标题", "信件标题"),
    ),
    Col("name", "留言人", personal=True, max_length=60, aliases=("姓名", "留言人姓名", "来信人"), example="某女士"),
    Col(
        "contact",
        "联系方式",
        personal=True,
        max_length=100,
        width=18,
        aliases=("联系电话", "电话", "邮箱"),
        example="13800000000",
    ),
    Col(
        "closed_on",
        "办结日期",
        "date",
        help="还没有办结的空着。",
        example="2020-03-03",
        aliases=("答复日期", "回复日期"),
    ),
    Col(
        "closing",
        "办结方式",
        "choice",
        choices=words_of(Closing),
        help="填了办结日期的必填。",
        example="公开答复",
        aliases=("答复方式",),
        width=18,
    ),
    Col(
        "private_reason",
        "不公开理由",
        "choice",
        choices=words_of(PrivateReason),
        help="不公开答复的必填；一般不会是“涉及国家秘密”，请核对。",
        width=24,
        aliases=("不公开原因",),
    ),
    Col("transferred_to", "转办单位", max_length=100, width=20, aliases=("承办单位",)),
    Col("text", "留言内容", width=40, aliases=("内容",)),
    Col("reply", "答复内容", width=40, aliases=("回复内容", "答复")),
)


def _check(values: Values) -> Iterable[tuple[str, str]]:
    closed, closing = values["closed_on"], values["closing"]
    if closed is not None and closed < values["received_on"]:
        yield "closed_on", f"早于留言日期（{values['received_on']}）"
    if closed is not None and closing is None:
        yield "closing", "已经办结的须填办结方式"
    if closed is None and closing is not None:
        yield "closed_on", "填了办结方式的须填办结日期"
    if closing == Closing.PRIVATE and values["private_reason"] is None:
        yield "private_reason", "不公开答复须填理由"
    if closing != Closing.PRIVATE and values["private_reason"] is not None:
        yield "private_reason", "只有不公开答复才填理由"


def _record(row: Row) -> Record:
    values = row.values
    return Record(
        key=row.key,
        received_on=values["received_on"],
        registered=Registered.model_construct(
            number=values["number"], source=Source(values["source"] or Source.WEBSITE)
        ),
        subject=values["subject"],
        name=values["name"],
        contact=values["contact"],
        text=values["text"],
        reply=values["reply"],
        closing=_closing(values["closed_on"], values),
    )


def _closing(day: date | None, values: Values) -> Dated | None:
    if day is None:
        return None
    if values["closing"] == Closing.TRANSFERRED:
        return day, Transferred(to=values["transferred_to"])
    if values["closing"] == Closing.DISMISSED:
        return day, Dismissed()
    reason = values["private_reason"]
    public = values["closing"] == Closing.PUBLIC
    return day, Replied(public=public, reason="" if reason is None else PrivateReason(reason))


def _load(batch: Batch) -> Tally:
    tally = Tally()
    records = [_record(row) for row in batch.rows]
    for outcome in import_records(batch.agency, records, actor_id=batch.actor.pk if batch.actor else None):
        tally.created += outcome.created
        tally.updated += outcome.updated
        tally.unchanged += outcome.unchanged
        tally.errors += [batch.error(batch.rows[index], why) for index, why in outcome.refused.items()]
        count = outcome.created + outcome.updated + outcome.unchanged + len(outcome.refused)
        batch.step(count)
    return tally


BOOK = Book(
    "inquiries",
    "群众留言台账",
    (
        Sheet(
            "群众留言",
            _COLUMNS,
            _load,
            key=("number",),
            check=_check,
            notes=("同一编号是同一条留言：上次还没有办结的，补填办结日期和办结方式后再导入即可。",),
        ),
    ),
)
