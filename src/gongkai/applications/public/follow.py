"""What an applicant reads of an application: what happened in plain words, what is asked, which letters are there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.law.clock import Deadline
from gongkai.law.errors import LawError
from gongkai.law.outcomes import outcome
from gongkai.law.receipt import Channel
from gongkai.law.wording import chinese_date
from gongkai.ledger.models import Entry

from ..case import Case
from ..deadlines import explained
from ..events import STREAM, Linked, ReceiptConfirmed, Withdrawn
from ..letters.points import TO_OTHERS
from ..models import Application, CaseFile, FileKind, Letter, Status
from ..projection import fold
from ..transitions import impossible

# The ways by which an applicant agreed to have letters electronically: those can be had here as well.
ELECTRONIC = ("portal", "email")
Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the timeline. ``is_next``: it has not happened yet."""

    day: str
    title: str
    text: str = ""
    is_next: bool = False


@dataclass(frozen=True, slots=True)
class Followed:
    """An application as its applicant sees it."""

    application: Application
    headline: str
    steps: list[Step]
    asked: str
    may_correct: bool
    is_confirmed: bool
    letters: list[Letter]
    released: list[CaseFile]
    parts: list[Application]
    may_withdraw: bool
    deadline: Deadline | None


def followed(application: Application) -> Followed:
    """Everything that the status page says. Four queries."""
    told = [(e.kind, e.occurred_on, e.data) for e in Entry.objects.of_stream(STREAM, application.pk)]
    case, parts = fold(told), parts_of(application, told)
    steps = [step for kind, day, payload in told if (step := _step(kind, day, payload, application)) is not None]
    if parts:
        numbers = "、".join(part.number for part in parts)
        split_on = next(day for kind, day, payload in told if _is_part(kind, payload, application))
        steps.append(Step(chinese_date(split_on), "一事一申请", f"其余各项分开办理，分别答复：{numbers}。"))
    headline = _headline(application)
    if application.status != Status.CLOSED:
        steps.append(Step("", headline, is_next=True))
    letters = list(letters_of(application))
    reply = any(letter.outcome for letter in letters)
    return Followed(
        application,
        headline,
        steps,
        _asked(application, told),
        application.status == Status.AWAITING_CORRECTION,
        any(kind == ReceiptConfirmed.kind for kind, _, _ in told),
        letters,
        list(released_of(application)) if reply and application.closed_on is not None else [],
        parts,
        impossible(case, Withdrawn(), timezone.localdate()) is None,
        _deadline(case),
    )


def parts_of(application: Application, told: Sequence[tuple[str, date, Payload]]) -> list[Application]:
    """What was split off from it (一事一申请): those of the applications that it is linked with as split which were
    registered after it. Whoever may see it may see them; the other way round nothing follows."""
    split = [payload["other"] for kind, _, payload in told if _is_part(kind, payload, application)]
    return list(Application.objects.filter(agency_id=application.agency_id, pk__in=split).order_by("pk"))


def _is_part(kind: str, payload: Payload, application: Application) -> bool:
    return kind == Linked.kind and payload["relation"] == "split" and payload["other"] > application.pk


def _deadline(case: Case) -> Deadline | None:
    try:
        return explained(case)
    except LawError:
        return None


def letters_of(application: Application) -> QuerySet[Letter]:
    """The letters to the applicant that left electronically and can be had here."""
    sent = Letter.objects.filter(application=application, sent_on__isnull=False, mode__in=ELECTRONIC)
    return sent.exclude(code__in=_NOT_HIS).exclude(file=None).select_related("file")


def released_of(application: Application) -> QuerySet[CaseFile]:
    """The information that was provided, where the reply went out electronically."""
    return CaseFile.objects.filter(application=application, kind=FileKind.RELEASED, erased_at=None)


def is_confirmed(application: Application) -> bool:
    """Whether both sides have confirmed the receipt (Article 31)."""
    return Entry.objects.of_stream(STREAM, application.pk).filter(kind=ReceiptConfirmed.kind).exists()


# --- Words ------------------------------------------------------------------------------------------


def month_and_day(day: date) -> str:
    """11月2日: the day within the year, for a headline."""
    return f"{day.month}月{day.day}日"


def _headline(application: Application) -> str:
    due = application.due_on
    match application.status:
        case Status.AWAITING_CORRECTION:
            return "等待您补正；收到补正后重新计算答复期限"
        case Status.AWAITING_FEE:
            return "等待您缴费；缴费后重新计算答复期限"
        case Status.CLOSED:
            return f"已于{chinese_date(application.closed_on)}办结" if application.closed_on else "已办结"
    before = f"{month_and_day(due)}前答复" if due else "将依法答复"
    paused = "（正在征求意见，其间不计入期限）" if application.status == Status.CONSULTING else ""
    provisional = "（该年放假安排公布后可能调整）" if application.due_provisional else ""
    return f"{before}{paused}{provisional}"


def _asked(application: Application, told: Sequence[tuple[str, date, Payload]]) -> str:
    """What is asked of the applicant now; empty when nothing is."""
    last = next((payload for kind, _, payload in reversed(told) if kind in _ASKING.get(application.status, ())), None)
    if last is None:
        return ""
    until = last.get("reply_by") or last.get("pay_by")
    by = f"请在{chinese_date(date.fromisoformat(until))}前" if until else "请"
    if application.status == Status.AWAITING_CORRECTION:
        return f"{by}按补正告知书的要求补正。没有正当理由逾期不补正的，视为放弃申请（条例第三十条）。"
    amount = f"信息处理费 {last['amount']} 元" if last.get("amount") else "信息处理费"
    return f"{by}缴纳{amount}。逾期未缴纳的，视为放弃申请。"


_ASKING: Mapping[str, tuple[str, ...]] = {
    Status.AWAITING_CORRECTION: ("correction_requested",),
    Status.AWAITING_FEE: ("fee_noticed",),
}
_NOT_HIS = TO_OTHERS | {"service_proof"}
_PARTIES = {"third_party": "第三方", "other_organ": "其他机关", "co_maker": "共同制作机关"}


def _registered(payload: Payload, application: Application) -> tuple[str, str]:
    channel = f"经{Channel(payload['channel']).label}收到" if payload.get("channel") else ""
    return "收到申请", f"{channel}，登记编号 {payload['number']}。".lstrip("，")


def _extended(payload: Payload, application: Application) -> tuple[str, str]:
    return "延长答复期限", f"延长 {payload['working_days']} 个工作日（条例第三十三条）。"


def _consulted(payload: Payload, application: Application) -> tuple[str, str]:
    party = _PARTIES.get(payload.get("party", ""), "有关方面")
    return f"征求{party}意见", "征求意见所需时间不计算在答复期限内（条例第三十三条）。"


def _decided(payload: Payload, application: Application) -> tuple[str, str]:
    number = f"文号 {payload['document_number']}。" if payload.get("document_number") else ""
    return f"答复：{outcome(payload['outcome']).label}", number


_STEPS: Mapping[str, Callable[[Payload, Application], tuple[str, str]]] = {
    "registered": _registered,
    "receipt_confirmed": lambda payload, application: ("双方确认收到", ""),
    "correction_requested": lambda payload, application: ("要求补正", "内容不明确，请按补正告知书补正。"),
    "corrected": lambda payload, application: ("收到补正", "答复期限自收到补正之日起重新计算。"),
    "extended": _extended,
    "consultation_sent": _consulted,
    "consultation_returned": lambda payload, application: ("收到意见", "答复期限继续计算。"),
    "fee_noticed": lambda payload, application: ("收费通知", "申请的数量、频次明显超过合理范围（条例第四十二条）。"),
    "fee_paid": lambda payload, application: ("收到缴费", "答复期限重新计算。"),
    "reasons_asked": lambda payload, application: ("要求说明理由", "请说明申请理由（条例第三十五条）。"),
    "reasons_given": lambda payload, application: ("收到理由", ""),
    "decided": _decided,
    "withdrawn": lambda payload, application: ("申请人撤回申请", ""),
    "merged": lambda payload, application: ("并案办理", "与另一件申请一并答复。"),
    "letter_served": lambda payload, application: ("文书送达", ""),
}


def _step(kind: str, day: date, payload: Payload, application: Application) -> Step | None:
    """An event as the applicant reads it; what is the office's own business is left out."""
    words = _STEPS.get(kind)
    if words is None:
        return None
    title, text = words(payload, application)
    return Step(chinese_date(day), title, text)
