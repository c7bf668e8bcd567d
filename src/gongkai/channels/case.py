"""A sending as its events leave it: a pure fold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .models import Status

Payload = Mapping[str, Any]


@dataclass(slots=True)
class Case:
    """The state of one sending."""

    number: str = ""
    channel: int | None = None
    item: int | None = None
    title: str = ""
    author: str = ""
    digest: str = ""
    status: Status | None = None
    chosen_on: date | None = None
    edition: str = ""
    media_id: str = ""
    publish_id: str = ""
    message: str = ""
    article_id: str = ""
    url: str = ""
    published_on: date | None = None
    reason: str = ""

    def apply(self, kind: str, day: date, payload: Payload) -> None:
        """Take in one event. Raises ``KeyError`` for a kind that is none."""
        _APPLY[kind](self, day, payload)

    def _chosen(self, day: date, payload: Payload) -> None:
        self.status, self.chosen_on = Status.CHOSEN, day
        self.number, self.channel, self.item = payload["number"], payload["channel"], payload["item"]
        self.title, self.author, self.digest = payload["heading"], payload["author"], payload["digest"]

    def _rendered(self, day: date, payload: Payload) -> None:
        self.status, self.edition = Status.RENDERED, payload["edition"]

    def _drafted(self, day: date, payload: Payload) -> None:
        self.status, self.media_id = Status.DRAFTED, payload["media_id"]

    def _submitted(self, day: date, payload: Payload) -> None:
        self.status = Status.SUBMITTED
        self.publish_id, self.message = payload["publish_id"], payload["message"]

    def _published(self, day: date, payload: Payload) -> None:
        self.status, self.published_on, self.reason = Status.PUBLISHED, day, ""
        self.url, self.article_id = payload["url"], payload["article_id"]

    def _left_to_people(self, day: date, payload: Payload) -> None:
        self.status, self.reason = Status.BY_HAND, payload["reason"]

    def _failed(self, day: date, payload: Payload) -> None:
        self.status, self.reason = Status.FAILED, payload["reason"]

    def _retried(self, day: date, payload: Payload) -> None:
        self.status, self.reason = Status.CHOSEN, ""
        self.edition = self.media_id = self.publish_id = self.message = ""

    def _cancelled(self, day: date, payload: Payload) -> None:
        self.status, self.reason = Status.CANCELLED, payload["reason"]

    def _removed(self, day: date, payload: Payload) -> None:
        self.status, self.reason = Status.REMOVED, payload["reason"]


_APPLY = {
    "chosen": Case._chosen,
    "rendered": Case._rendered,
    "drafted": Case._drafted,
    "submitted": Case._submitted,
    "published": Case._published,
    "left_to_people": Case._left_to_people,
    "failed": Case._failed,
    "retried": Case._retried,
    "cancelled": Case._cancelled,
    "removed": Case._removed,
}
