"""What the ledger tells of a dispute: the case, and every event in words. One reading of its entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from gongkai.bureau.staff import names_of
from gongkai.law.disputes import ending, errors
from gongkai.law.wording import chinese_day
from gongkai.ledger.models import Entry

from ..case import Case
from ..events import APPEALS, EVENTS, SESSIONS, STREAM
from ..models import Dispute, DisputeKind, DisputeResult, DocumentKind
from ..projection import fold

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """The case and its entries, the first at the top."""

    case: Case
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One event in words."""

    title: str
    who: str
    day: date
    recorded_at: datetime
    details: tuple[str, ...]


def told_of(dispute: Dispute) -> Told:
    """What the ledger tells of a dispute; one query."""
    kept = tuple(Entry.objects.of_stream(STREAM, dispute.pk))
    return Told(fold((entry.kind, entry.occurred_on, entry.data) for entry in kept), kept)


def lines(told: Told) -> list[Line]:
    """Every event in words; one query for the people."""
    people = names_of((entry.actor_id for entry in told.entries), with_posts=False)
    return [
        Line(
            EVENTS[entry.kind].title,
            people.get(entry.actor_id, people[None]),
            entry.occurred_on,
            timezone.localtime(entry.recorded_at),
            tuple(each for each in _DETAILS[entry.kind](entry.data) if each),
        )
        for entry in told.entries
    ]


def words_of_errors(codes: Iterable[str]) -> str:
    """Kinds of errors, as one phrase."""
    return "；".join(errors()[code].label for code in codes if code in errors())


def _day(text: str | None) -> str:
    return chinese_day(date.fromisoformat(text)) if text else ""


def _filed(data: Payload) -> Iterable[str]:
    yield f"{DisputeKind(data['group']).label}，{data['number']}"
    yield f"审理机关：{data['body']}" if data.get("body") else ""
    alleged = words_of_errors(data.get("alleged", ()))
    yield f"主张的问题：{alleged}" if alleged else ""


def _notified(data: Payload) -> Iterable[str]:
    yield "简易程序" if data["simplified"] else ""
    yield f"通知书载明的期限：{_day(data['answer_by'])}" if data["answer_by"] else ""


def _decided(data: Payload) -> Iterable[str]:
    yield APPEALS.get(data["appeal"], "")
    yield ending(data["ending"]).label if data["ending"] else ""
    yield data["decision_number"]
    yield f"应于{_day(data['perform_by'])}前履行" if data["perform_by"] else ""
    found = words_of_errors(data["errors"])
    yield f"错误类型：{found}" if found else ""


def _appealed(data: Payload) -> Iterable[str]:
    yield "本机关上诉" if data["by"] == "agency" else "对方（第三人）上诉"
    yield "，".join(filter(None, (data["number"], data["body"])))


def _performed(data: Payload) -> Iterable[str]:
    yield f"重新答复：{data['document_number']}" if data["document_number"] else ""
    yield "另有为此登记的申请" if data["application"] else ""


_DETAILS: Mapping[str, Callable[[Payload], Iterable[str]]] = {
    "filed": _filed,
    "notified": _notified,
    "document_filed": lambda data: (f"{DocumentKind(data['what']).label} #{data['document']}",),
    "answered": lambda data: (f"材料 #{data['document']}",),
    "session_set": lambda data: (f"{SESSIONS[data['form']]}：{_day(data['on'])}",),
    "decided": _decided,
    "appealed": _appealed,
    "concluded": lambda data: (str(DisputeResult(data["result"]).label),),
    "performed": _performed,
    "archived": lambda data: (f"卷号 {data['volume']}" if data["volume"] else "",),
}
