"""What the ledger tells of an application: the case, and every event in words. One reading of its entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from gongkai.law.letters import letters
from gongkai.law.outcomes import evidence_kinds, outcome
from gongkai.law.receipt import Channel
from gongkai.law.retention import Kept
from gongkai.law.wording import chinese_day
from gongkai.ledger.models import Entry

from ..case import Case
from ..events import ANSWERS, EVENTS, MODES, PARTIES, STREAM
from ..models import Application
from ..projection import fold

RELATIONS = {"repeat": "重复申请", "similar": "内容相近", "split": "由同一件申请拆分", "related": "相关"}
Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """The case and its entries, the first at the top."""

    case: Case
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One event in words. ``opinion`` is what somebody wrote, ``tone`` how the mark beside it looks."""

    title: str
    who: str
    day: date
    recorded_at: datetime
    details: tuple[str, ...] = ()
    opinion: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """What numbers in the payloads stand for."""

    people: Mapping[int | None, str]
    departments: Mapping[int, str]
    applications: Mapping[int, str]

    def department(self, pk: int) -> str:
        return self.departments.get(pk, "已撤销的处室")

    def application(self, pk: int) -> str:
        return self.applications.get(pk, f"#{pk}")


def told_of(application: Application) -> Told:
    """What the ledger tells of an application; one query."""
    return _told(Entry.objects.of_stream(STREAM, application.pk))


def told_of_many(applications: Iterable[Application]) -> Mapping[int, Told]:
    """The same for several, in one query however many they are."""
    wanted = [each.pk for each in applications]
    found: dict[int, list[Entry]] = {pk: [] for pk in wanted}
    for entry in Entry.objects.filter(stream=STREAM, stream_id__in=wanted).order_by("position") if wanted else ():
        found[entry.stream_id].append(entry)
    return {pk: _told(entries) for pk, entries in found.items()}


def _told(entries: Iterable[Entry]) -> Told:
    kept = tuple(entries)
    return Told(fold((entry.kind, entry.occurred_on, entry.data) for entry in kept), kept)


def lines(told: Told, names: Names) -> list[Line]:
    """Every event in words."""
    return [_line(entry, entry.data, names) for entry in told.entries]


def _line(entry: Entry, data: Payload, names: Names) -> Line:
    details = _DETAILS.get(entry.kind)
    written = data.get("opinion") or data.get("reason") or ""
    return Line(
        EVENTS[entry.kind].title,
        names.people.get(entry.actor_id, names.people[None]),
        entry.occurred_on,
        timezone.localtime(entry.recorded_at),
        tuple(each for each in (details(data, names) if details else ()) if each),
        written,
        _TONES.get(entry.kind, ""),
    )


# What stops the clock, what sets it going again or lengthens it, and what ends the case.
_TONES = {
    "correction_requested": "waiting",
    "consultation_sent": "waiting",
    "fee_noticed": "waiting",
    "corrected": "running",
    "consultation_returned": "running",
    "fee_paid": "running",
    "extended": "running",
    "decided": "closed",
    "withdrawn": "closed",
    "merged": "closed",
}


def _day(text: str | None) -> str:
    return chinese_day(date.fromisoformat(text)) if text else ""


def _registered(data: Payload, names: Names) -> Iterable[str]:
    channel = data.get("channel")
    yield f"收到渠道：{Channel(channel).label}" if channel else ""
    yield f"收件编号：{data['external_number']}" if data.get("external_number") else ""


def _assigned(data: Payload, names: Names) -> Iterable[str]:
    yield f"主办：{names.department(data['lead'])}"
    assisting = "、".join(names.department(pk) for pk in data["assisting"])
    yield f"协办：{assisting}" if assisting else ""
    yield f"请于{_day(data['reply_by'])}前提出意见" if data.get("reply_by") else ""


def _of_department(data: Payload, names: Names) -> Iterable[str]:
    yield names.department(data["department"])


def _drafted(data: Payload, names: Names) -> Iterable[str]:
    yield f"办理结果：{outcome(data['outcome']).label}"
    yield f"文书 {data['letter']} 号"


def _consulted(data: Payload, names: Names) -> Iterable[str]:
    yield f"第 {data['consultation']} 次，征求{PARTIES[data['party']]}的意见"


def _answered(data: Payload, names: Names) -> Iterable[str]:
    yield f"第 {data['consultation']} 次：{ANSWERS[data.get('answer', '')]}"


def _fee(data: Payload, names: Names) -> Iterable[str]:
    yield f"{Decimal(data['amount'])} 元" if data.get("amount") is not None else ""
    yield f"请于{_day(data['pay_by'])}前缴纳" if data.get("pay_by") else ""


def _decided(data: Payload, names: Names) -> Iterable[str]:
    yield outcome(data["outcome"]).label
    yield data.get("document_number", "")


def _sent(data: Payload, names: Names) -> Iterable[str]:
    yield f"{letters()[data['code']].title}，{MODES[data['mode']]}" + (
        f"，单号 {data['tracking']}" if data.get("tracking") else ""
    )


def _linked(data: Payload, names: Names) -> Iterable[str]:
    yield f"{RELATIONS[data['relation']]}：{names.application(data['other'])}"


_DETAILS: Mapping[str, Callable[[Payload, Names], Iterable[str]]] = {
    "registered": _registered,
    "receipt_confirmed": lambda data, names: (data.get("how", ""),),
    "assigned": _assigned,
    "signed_for": _of_department,
    "assignment_returned": _of_department,
    "evidence_filed": lambda data, names: (evidence_kinds()[data["evidence"]].label,),
    "reply_drafted": _drafted,
    "reply_signed": lambda data, names: (data["document_number"],),
    "letter_sent": _sent,
    "letter_served": lambda data, names: ("送达凭证已存入",),
    "reasons_given": lambda data, names: ("理由合理" if data["reasonable"] else "理由不合理",),
    "linked": _linked,
    "merged": lambda data, names: (f"并入 {names.application(data['into'])}",),
    "archived": lambda data, names: (f"卷号 {data['volume']}" if data.get("volume") else "",),
    "erased": lambda data, names: (f"{Kept(data['what']).label}，文件 {len(data.get('files', ()))} 个",),
    "correction_requested": lambda data, names: (
        f"请申请人于{_day(data['reply_by'])}前补正" if data.get("reply_by") else "",
    ),
    "extended": lambda data, names: (f"延长 {data['working_days']} 个工作日",),
    "consultation_sent": _consulted,
    "consultation_returned": _answered,
    "fee_noticed": _fee,
    "decided": _decided,
}
