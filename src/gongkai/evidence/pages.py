"""The pages that explain a case: what was asked and when, what happened, how the period runs, what is on file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib.metadata import version

from django.utils import timezone

from gongkai.applications.consultations import consultations
from gongkai.applications.deadlines import explained
from gongkai.applications.intake.receipts import how, what
from gongkai.applications.models import Application, Evidence, Submission
from gongkai.applications.staff.told import Line, Names, lines, told_of
from gongkai.bureau.calendar import working_calendar
from gongkai.bureau.models import Department
from gongkai.bureau.staff import names_of
from gongkai.disputes.models import Dispute
from gongkai.disputes.staff import told as disputed
from gongkai.law.disputes import within
from gongkai.law.errors import LawError
from gongkai.law.receipt import Channel, receipt
from gongkai.law.wording import chinese_day
from gongkai.ledger.models import Entry

from .masking import Mask
from .paper import Part, Table


def intake(application: Application, mask: Mask) -> list[Part]:
    """Who asked for what, by which channel, and why the day of receipt is that day."""
    rows = [
        ("登记编号", application.number),
        ("收件编号", application.external_number),
        ("申请人类型", str(application.get_applicant_kind_display())),
        *((each.label, each.value) for each in mask.person(application.applicant)),
        ("申请内容", mask(what(application))),
        ("提供方式、获取途径", how(application)),
        ("收到渠道", str(application.get_channel_display())),
        ("收到申请之日", chinese_day(application.received_on)),
    ]
    rows += _received(application)
    shown = [(label, value) for label, value in rows if value]
    return [Part("", (), Table(("事项", "内容"), (25, 75), shown))]


def _received(application: Application) -> list[tuple[str, str]]:
    """The day of receipt by Article 31 and what proves it."""
    found = Submission.objects.filter(application=application).first()
    if found is None:
        return []
    rows = [("收件时间", f"{timezone.localtime(found.submitted_at):%Y-%m-%d %H:%M:%S}")]
    if application.channel:
        reckoned = receipt(
            Channel(application.channel),
            found.arrived_on,
            confirmed=found.confirmed_on,
            unreachable=found.unreachable,
        )
        rows.append(("收到日期的依据", f"{reckoned.text}（{reckoned.rule}）"))
        rows.append(("应有的凭证", "、".join(reckoned.channel.proof)))
    return rows


def course(application: Application, disputes: Iterable[Dispute], mask: Mask) -> list[Part]:
    """Every event: when it happened, when it was written down, by whom, and its digest in the ledger."""
    told = told_of(application)
    departments = dict(Department.objects.filter(agency=application.agency).values_list("pk", "name"))
    linked = {number for number, _ in told.case.work.links}
    linked |= {entry.data["into"] for entry in told.entries if entry.kind == "merged"}
    numbers = dict(Application.objects.filter(pk__in=linked).values_list("pk", "number"))
    names = Names(names_of(entry.actor_id for entry in told.entries), departments, numbers)
    heads, widths = ("台账序号", "日期", "事项", "经办", "内容", "记录时间、摘要"), (9, 15, 15, 12, 27, 22)
    rows = [_row(entry, line, mask) for entry, line in zip(told.entries, lines(told, names), strict=True)]
    parts = [Part("申请的办理", (), Table(heads, widths, rows))]
    for dispute in disputes:
        heard = disputed.told_of(dispute)
        pairs = zip(heard.entries, disputed.lines(heard), strict=True)
        rows = [_row(entry, line, mask) for entry, line in pairs]
        parts.append(Part(f"{dispute.get_kind_display()} {dispute.number}", (), Table(heads, widths, rows)))
    return parts


def _row(entry: Entry, line: Line | disputed.Line, mask: Mask) -> tuple[str, ...]:
    opinion = line.opinion if isinstance(line, Line) else ""
    written = mask("\n".join(each for each in (*line.details, opinion) if each))
    when = f"{line.recorded_at:%Y-%m-%d %H:%M:%S}\n{entry.digest[:16]}"
    return str(entry.position), chinese_day(line.day), line.title, line.who, written, when


def clock(application: Application, disputes: Iterable[Dispute]) -> list[Part]:
    """The arithmetic of the period step by step, and of the answers to reviews and suits; and by which calendar."""
    told, calendar = told_of(application), working_calendar()
    try:
        deadline = explained(told.case)
    except LawError as error:
        parts = [Part("答复期限", [f"不能推算：{error}"])]
    else:
        rows = [(chinese_day(step.date), step.rule, step.text) for step in deadline.steps]
        parts = [
            Part("答复期限", [_outcome(application, deadline.due)], Table(("日期", "依据", "计算"), (22, 24, 54), rows))
        ]
    for dispute in disputes:
        case = disputed.told_of(dispute).case
        if case.notified_on is not None:
            period = within(case.answer_period, case.notified_on, calendar)
            answered = f"于{chinese_day(case.answered_on)}提交。" if case.answered_on else "还没有登记提交。"
            named = f"通知书载明的期限是{chinese_day(case.answer_by)}。" if case.answer_by else ""
            parts.append(Part(f"{dispute.number}：答复（答辩）期限", [*period.steps, f"{named}{answered}"]))
    sources = [
        f"各年放假安排：国务院办公厅历年通知，程序库 chinesecalendar {version('chinesecalendar')}，"
        f"已有至 {calendar.last_announced_year} 年。",
        *(f"另行导入的安排：{notice.reference}。" for notice in calendar.overrides),
    ]
    return [*parts, Part("工作日历的来源", sources)]


def _outcome(application: Application, due: date) -> str:
    closed = application.closed_on
    if closed is None:
        return "尚未答复。"
    on_time = "在期限之内" if closed <= due else "超过期限"
    return f"于{chinese_day(closed)}答复，{on_time}。"


def records(application: Application, evidence: Iterable[Evidence], mask: Mask) -> list[Part]:
    """What the reply rests on: searches, severance, reasons; consultations and what was answered."""
    kept = list(evidence)
    names = names_of(each.filed_by_id for each in kept)
    rows = [
        (
            each.label,
            mask(each.text) or (f"见文件（摘要 {each.file.digest}）" if each.file else ""),
            f"{names.get(each.filed_by_id, names[None])}\n{timezone.localtime(each.filed_at):%Y-%m-%d %H:%M}",
        )
        for each in kept
    ]
    heads = ("种类", "内容", "存入")
    parts = [Part("答复依据的材料", () if rows else ["没有登记。"], Table(heads, (28, 50, 22), rows) if rows else None)]
    asked = [
        (
            f"第 {each.number} 次",
            each.party,
            chinese_day(each.sent_on),
            f"{chinese_day(each.limit.last)}（{each.limit.parameter.reference}）" if each.limit else "没有规定",
            each.answer or "等待答复",
        )
        for each in consultations(told_of(application).case, timezone.localdate())
    ]
    if asked:
        table = Table(("次", "征求谁的意见", "发出", "答复期限", "答复"), (10, 20, 22, 28, 20), asked)
        parts.append(Part("征求意见", (), table))
    return parts
