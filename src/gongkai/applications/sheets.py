"""The ledger of applications 依申请公开台账: one row an application, with its whole course."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gongkai.law.errors import LawError
from gongkai.law.outcomes import outcomes
from gongkai.law.parameters import standard_parameters
from gongkai.law.receipt import Channel
from gongkai.sheets.book import Batch, Book, Col, Row, Sheet, Tally, Values, words_of

from .case import WITHDRAWN
from .deadlines import longest_extension
from .events import (
    ConsultationReturned,
    ConsultationSent,
    Corrected,
    CorrectionRequested,
    Decided,
    Event,
    Extended,
    FeeNoticed,
    FeePaid,
    Withdrawn,
)
from .importing import Dated, Record, import_records
from .models import ApplicantKind
from .services import Person

_SHOWN = 20

CHANNELS = {channel.label: channel.value for channel in Channel} | {
    "网上申请": Channel.INTERNET.value,
    "电子邮件": Channel.INTERNET.value,
    "邮寄": Channel.SIGNED_POST.value,
    "口头（代为填写）": Channel.COUNTER.value,
}
KINDS = words_of(ApplicantKind)
OUTCOMES = {found.label: code for code, found in outcomes().items()}
# Under whatever rule was ever in force; the table of transitions asks the one of the day of receipt.
_LONGEST = max(found.number for found in standard_parameters().by_code["extension"])

COLUMNS = (
    Col("number", "收件编号", required=True, max_length=60, example="示例-001", help="本机关台账的编号，不得重复。"),
    Col("received_on", "收到日期", "date", required=True, example="2020.3.2", help="条例第三十一条的收到申请之日。"),
    Col("channel", "收到渠道", "choice", choices=CHANNELS, example="互联网渠道", width=16, aliases=("申请方式",)),
    Col("kind", "申请人类型", "choice", required=True, choices=KINDS, example="自然人", aliases=("申请人类别",)),
    Col(
        "name", "申请人姓名或名称", personal=True, max_length=200, example="张某某", aliases=("申请人", "姓名", "名称")
    ),
    Col(
        "id_number",
        "证件号码",
        personal=True,
        max_length=60,
        width=22,
        help="身份证号码或者统一社会信用代码；加密保存。",
    ),
    Col("phone", "联系电话", personal=True, max_length=60),
    Col("address", "通信地址", personal=True, max_length=300, width=24, aliases=("地址", "联系地址")),
    Col("email", "电子邮箱", personal=True, max_length=200, width=20),
    Col(
        "requested",
        "所需政府信息",
        example="2019年本市粮食播种面积",
        width=40,
        aliases=("申请内容", "所需政府信息描述", "信息内容"),
    ),
    Col("correction_requested_on", "补正通知日期", "date"),
    Col("corrected_on", "补正收到日期", "date"),
    Col(
        "consultation_sent_on",
        "征求意见发出日期",
        "date",
        width=17,
        help="征求第三方或者其他机关意见；其间不计入期限。",
    ),
    Col("consultation_returned_on", "征求意见答复日期", "date", width=17),
    Col("extended_on", "延期告知日期", "date"),
    Col("extension_days", "延期工作日数", "integer", low=1, high=_LONGEST, help="不填按规定的最长期限计。"),
    Col("fee_noticed_on", "收费通知日期", "date"),
    Col("fee", "收费金额（元）", "amount", low=0),
    Col("fee_paid_on", "缴费日期", "date"),
    Col(
        "closed_on",
        "答复日期",
        "date",
        example="2020.3.20",
        help="寄出、发出答复之日；没有答复的空着。",
        aliases=("办结日期",),
    ),
    Col("outcome", "办理结果", "choice", choices=OUTCOMES, example="予以公开（提供该政府信息）", width=36),
    Col("document_number", "答复文号", max_length=60, width=20),
    Col("note", "备注", width=20),
)

# Which column dates which event; of events on one day the earlier in this list came first.
_DATED = (
    "correction_requested_on",
    "corrected_on",
    "consultation_sent_on",
    "extended_on",
    "consultation_returned_on",
    "fee_noticed_on",
    "fee_paid_on",
    "closed_on",
)
_AFTER = {
    "corrected_on": "correction_requested_on",
    "consultation_returned_on": "consultation_sent_on",
    "fee_paid_on": "fee_noticed_on",
}
_HEADINGS = {column.code: column.heading for column in COLUMNS}


def check(row: Values) -> Iterable[tuple[str, str]]:
    """What no single column can see."""
    received: date = row["received_on"]
    for code in _DATED:
        day = row[code]
        if day is not None and day < received:
            yield code, f"早于收到日期（{received}）"
    for code, first in _AFTER.items():
        if row[code] is not None and row[first] is None:
            yield code, f"填了此项，“{_HEADINGS[first]}”也须填"
        elif row[code] is not None and row[code] < row[first]:
            yield code, f"早于“{_HEADINGS[first]}”（{row[first]}）"
    if row["closed_on"] is not None and row["outcome"] is None:
        yield "outcome", "填了答复日期，办理结果也须填"
    if row["outcome"] is not None and row["closed_on"] is None:
        yield "closed_on", "填了办理结果，答复日期也须填"
    if row["extension_days"] is not None and row["extended_on"] is None:
        yield "extended_on", "填了延期工作日数，延期告知日期也须填"
    if row["extended_on"] is not None and row["extension_days"] is None:
        try:
            longest_extension(received)
        except LawError as error:
            yield "received_on", str(error)
    if row["fee"] is not None and row["fee_noticed_on"] is None:
        yield "fee_noticed_on", "填了收费金额，收费通知日期也须填"


# Events that say nothing but their date.
_PLAIN: dict[str, Event] = {
    "correction_requested_on": CorrectionRequested(),
    "corrected_on": Corrected(),
    "consultation_sent_on": ConsultationSent(),
    "consultation_returned_on": ConsultationReturned(),
    "fee_paid_on": FeePaid(),
    "closed_on": Withdrawn(),
}


def _event(code: str, row: Values) -> Event:
    """The event that the date in a column stands for."""
    match code:
        case "closed_on" if row["outcome"] != WITHDRAWN:
            return Decided(outcome=row["outcome"], document_number=row["document_number"])
        case "extended_on":
            return Extended(working_days=row["extension_days"] or longest_extension(row["received_on"]))
        case "fee_noticed_on":
            return FeeNoticed(amount=row["fee"])
        case _:
            return _PLAIN[code]


def record(row: Row) -> Record:
    """A row as an application and its events."""
    cells = row.values
    events: list[Dated] = [(cells[code], _event(code, cells)) for code in _DATED if cells[code] is not None]
    if len(events) > 1:
        events.sort(key=lambda dated: dated[0])
    person = Person(
        ApplicantKind(cells["kind"]),
        cells["name"],
        cells["id_number"],
        cells["phone"],
        cells["address"],
        cells["email"],
    )
    return Record(
        row.key,
        cells["received_on"],
        cells["channel"] or "",
        cells["number"],
        person,
        cells["requested"],
        cells["note"],
        events,
    )


def load(batch: Batch) -> Tally:
    """Register the applications of a ledger, or add to those that are known what has happened since."""
    tally = Tally()
    actor = batch.actor.pk if batch.actor else None
    doubts: list[str] = []
    late = 0
    for outcome in import_records(batch.agency, [record(row) for row in batch.rows], actor_id=actor):
        tally.created += outcome.created
        tally.updated += outcome.updated
        tally.unchanged += outcome.unchanged
        tally.errors += [batch.error(batch.rows[index], why) for index, why in outcome.refused.items()]
        doubts += outcome.doubts
        late += outcome.late
        batch.step(outcome.created + outcome.updated + outcome.unchanged + len(outcome.refused))
    if late:
        tally.notes.append(f"请注意：有 {late} 件的答复日期晚于答复期限。")
    tally.notes += doubts[:_SHOWN]
    if len(doubts) > _SHOWN:
        tally.notes.append(f"……另有 {len(doubts) - _SHOWN} 处与条例的要求不符。")
    return tally


APPLICATIONS = Book(
    "applications",
    "依申请公开台账",
    (
        Sheet(
            "依申请公开台账",
            COLUMNS,
            load,
            key=("number",),
            check=check,
            notes=(
                "一件申请一行。收到日期按第一次收到申请之日填；补正、延期、征求意见等按实际填，系统据以推算答复期限。",
                "申请人的姓名、证件号码、电话、地址、邮箱加密保存，不进入台账，也不会出现在统计和公开的页面上。",
                "年内多次导入：上次未答复的，填上答复日期和办理结果后重新导入即可；登记过的事项不能由导入改写。",
            ),
        ),
    ),
)
