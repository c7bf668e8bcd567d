"""Project events onto the columns of a sending: used by the services and by ``gongkai rebuild``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gongkai.ledger.rebuilding import Projection, Told

from .case import Case
from .events import STREAM
from .models import Sending

FIELDS = (
    "number",
    "channel_id",
    "item",
    "title",
    "author",
    "digest",
    "status",
    "chosen_on",
    "edition",
    "media_id",
    "publish_id",
    "message",
    "article_id",
    "url",
    "published_on",
    "reason",
)


def fold(entries: Iterable[Told]) -> Case:
    """The case that a stream of (kind, date, payload) leaves."""
    case = Case()
    for kind, day, payload in entries:
        case.apply(kind, day, payload)
    return case


def columns_of(case: Case) -> dict[str, Any]:
    """The columns of a sending that was chosen."""
    if case.status is None:
        raise ValueError("a sending that was not chosen has no projection")
    found = {name: getattr(case, "channel" if name == "channel_id" else name) for name in FIELDS}
    return found | {"status": case.status.value}


def project(events: Iterable[Told]) -> dict[str, Any]:
    """The columns that a stream of (kind, date, payload) leaves."""
    return columns_of(fold(events))


rebuild = Projection(STREAM, Sending, project, "渠道发布", "件").rebuild
