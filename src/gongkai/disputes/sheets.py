"""The ledger of reviews and suits 复议诉讼台账: one row a case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from django.db import transaction

from gongkai.bureau.roles import NotPermittedError
from gongkai.sheets.book import Batch, Book, Col, Row, Sheet, Tally, Values, words_of

from .models import Dispute, DisputeKind, DisputeResult
from .queries import applications_named
from .services import Challenged, conclude, file

Done = Literal["created", "updated", "unchanged"]

KINDS = words_of(DisputeKind)
RESULTS = words_of(DisputeResult) | {
    "维持": DisputeResult.UPHELD.value,
    "驳回": DisputeResult.UPHELD.value,
    "纠正": DisputeResult.CORRECTED.value,
    "撤回、终止、和解等": DisputeResult.OTHER.value,
}

COLUMNS = (
    Col("number", "案号", required=True, max_length=60, example="示例（2020）1号", width=24, aliases=("文号",)),
    Col("kind", "类别", "choice", required=True, choices=KINDS, example="行政复议", width=18),
    Col("filed_on", "受理日期", "date", required=True, example="2020.4.1", aliases=("立案日期", "受理（立案）日期")),
    Col(
        "application_number",
        "所涉申请的收件编号",
        max_length=60,
        width=20,
        help="依申请公开台账中的收件编号或者登记编号。",
    ),
    Col("concluded_on", "审结日期", "date", example="2020.5.20", help="未审结的空着；其后审结的，填上后重新导入。"),
    Col("result", "结果", "choice", choices=RESULTS, example="结果维持", width=14),
    Col("note", "备注", width=24),
)


def check(row: Values) -> Iterable[tuple[str, str]]:
    """What no single column can see."""
    if row["concluded_on"] is not None and row["result"] is None:
        yield "result", "填了审结日期，结果也须填"
    if row["result"] is not None and row["concluded_on"] is None:
        yield "concluded_on", "填了结果，审结日期也须填"
    if row["concluded_on"] is not None and row["concluded_on"] < row["filed_on"]:
        yield "concluded_on", f"早于受理日期（{row['filed_on']}）"


def load(batch: Batch) -> Tally:
    """File the disputes of a ledger, and conclude those that have ended since."""
    tally = Tally()
    keys = [row.key for row in batch.rows]
    known = {d.source_key: d for d in Dispute.objects.filter(agency=batch.agency, source_key__in=keys)}
    applications = applications_named(batch.agency, {row.values["application_number"] for row in batch.rows})
    for row in batch.rows:
        named = row.values["application_number"]
        try:
            with transaction.atomic():
                done = _load(batch, row, known.get(row.key), applications.get(named))
        except NotPermittedError as error:
            tally.errors.append(batch.error(row, str(error)))
        else:
            setattr(tally, done, getattr(tally, done) + 1)
            if named and named not in applications:
                tally.notes.append(f"第 {row.number} 行：所涉申请 {named} 没有登记，只记下编号。")
        batch.step(1)
    return tally


def _load(batch: Batch, row: Row, dispute: Dispute | None, application: Challenged | None) -> Done:
    """File or conclude what the row tells. Raises :class:`NotPermittedError`."""
    cells = row.values
    if dispute is None:
        dispute = file(
            batch.agency,
            cells["filed_on"],
            number=cells["number"],
            kind=DisputeKind(cells["kind"]),
            application=application,
            application_number=cells["application_number"],
            note=cells["note"],
            source_key=row.key,
            imported=True,
            actor=batch.actor,
        )
        done: Done = "created"
    elif (dispute.filed_on, dispute.kind) != (cells["filed_on"], cells["kind"]) or (
        dispute.concluded_on is not None
        and (dispute.concluded_on, dispute.result) != (cells["concluded_on"], cells["result"])
    ):
        raise NotPermittedError("与已登记的类别、日期或者结果不同；登记过的事项不能由导入改写，更正请在系统中办理")
    elif dispute.concluded_on == cells["concluded_on"]:
        done = "unchanged"
    else:
        done = "updated"
    if dispute.concluded_on is None and cells["concluded_on"] is not None:
        conclude(dispute, cells["concluded_on"], DisputeResult(cells["result"]), actor=batch.actor, imported=True)
    return done


DISPUTES = Book(
    "disputes",
    "复议诉讼台账",
    (
        Sheet(
            "复议诉讼台账",
            COLUMNS,
            load,
            key=("number",),
            check=check,
            notes=(
                "因政府信息公开引起的行政复议、行政诉讼，一案一行；一审、二审是同一案件的两个阶段，只填一行。",
                "年报表四按审结年度统计结果，年末未审结的计入“尚未审结”，含上年结转。",
            ),
        ),
    ),
)
