"""What the ledger tells of a message: the case, and every event in words. One reading of its entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.bureau.models import Department
from gongkai.bureau.staff import names_of
from gongkai.ledger.models import Entry

from ..case import Case, fold
from ..events import EVENTS, STREAM
from ..models import Inquiry, InvalidGround, PrivateReason, Rating, Source

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
    details: tuple[str, ...]


def told_of(inquiry: Inquiry) -> Told:
    """What the ledger tells of a message; one query."""
    kept = tuple(Entry.objects.of_stream(STREAM, inquiry.pk))
    return Told(fold((entry.kind, entry.occurred_on, entry.data) for entry in kept), kept)


def lines(told: Told) -> list[Line]:
    """Every event in words; one query for the people, one for the departments."""
    data = [entry.data for entry in told.entries]
    people = names_of(
        [*(entry.actor_id for entry in told.entries), *(each.get("person") for each in data)], with_posts=False
    )
    numbers = {each["department"] for each in data if "department" in each}
    departments = dict(Department.objects.filter(pk__in=numbers).values_list("pk", "name"))

    def assigned(payload: Payload) -> Iterable[str]:
        yield departments.get(payload["department"], "")
        yield people.get(payload["person"], "") if payload["person"] else ""

    details = {**_DETAILS, "assigned": assigned}
    return [
        Line(
            EVENTS[entry.kind].title,
            "留言人" if entry.kind == "rated" else people.get(entry.actor_id, people[None]),
            entry.occurred_on,
            tuple(each for each in details[entry.kind](entry.data) if each),
        )
        for entry in told.entries
    ]


def _replied(payload: Payload) -> Iterable[str]:
    yield "公开答复" if payload["public"] else f"不公开：{PrivateReason(payload['reason']).label}"


_DETAILS: Mapping[str, Callable[[Payload], Iterable[str]]] = {
    "registered": lambda data: (str(Source(data["source"]).label),),
    "submitted": lambda data: (f"第 {data['draft']} 号稿",),
    "returned": lambda data: (f"第 {data['draft']} 号稿",),
    "replied": _replied,
    "transferred": lambda data: (f"转{data['to']}" if data["to"] else "",),
    "dismissed": lambda data: (str(InvalidGround(data["ground"]).label) if data["ground"] else "",),
    "hidden": lambda data: (str(PrivateReason(data["reason"]).label),),
    "rated": lambda data: (str(Rating(data["rating"]).label),),
}
