"""A dispute as its events leave it: a pure fold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongkai.law.calendar import WorkingCalendar
from gongkai.law.disputes import Forum, Period, Within, ending, within

from .models import Status

Payload = Mapping[str, Any]


@dataclass(slots=True)
class Case:
    """The state of one dispute. ``documents`` are its files by number; what is dated is of the instance that runs."""

    number: str = ""
    group: str = ""
    application_number: str = ""
    body: str = ""
    alleged: tuple[str, ...] = ()
    earlier: int | None = None
    filed_on: date | None = None
    last_on: date | None = None
    is_appeal: bool = False
    notified_on: date | None = None
    simplified: bool = False
    answer_by: date | None = None
    answered_on: date | None = None
    session_on: date | None = None
    decided_on: date | None = None
    ending: str = ""
    decision_number: str = ""
    perform_by: date | None = None
    errors: tuple[str, ...] = ()
    performed_on: date | None = None
    concluded_on: date | None = None
    result: str = ""
    is_archived: bool = False
    documents: dict[int, str] = field(default_factory=dict)

    @property
    def forum(self) -> Forum:
        return "review" if self.group == "review" else "suit"

    @property
    def status(self) -> Status | None:
        """``None`` before it is filed."""
        if self.filed_on is None:
            return None
        if self.is_archived:
            return Status.ARCHIVED
        if self.concluded_on is not None:
            owed = bool(self.ending) and ending(self.ending).redo and self.performed_on is None
            return Status.PERFORMING if owed else Status.CONCLUDED
        if self.decided_on is not None:
            return Status.JUDGED
        if self.answered_on is not None:
            return Status.HEARING
        return Status.FILED if self.notified_on is None else Status.ANSWERING

    def period(self, calendar: WorkingCalendar) -> Within | None:
        """The period that runs now by the law, explained; ``None`` where none does.

        Raises :class:`~gongkai.law.errors.LawError` for a day on which there was no such rule.
        """
        status = self.status
        if status is Status.ANSWERING and self.notified_on is not None:
            return within(self.answer_period, self.notified_on, calendar)
        if status is Status.JUDGED and self.decided_on is not None and self.forum == "suit" and not self.is_appeal:
            kind: Period = "appeal_filing_ruling" if ending(self.ending).ruling else "appeal_filing"
            return within(kind, self.decided_on, calendar)
        return None

    @property
    def answer_period(self) -> Period:
        """Which period for the answer is that of this procedure."""
        if self.forum == "review":
            return "review_answer_simplified" if self.simplified else "review_answer"
        return "appeal_answer" if self.is_appeal else "suit_answer"

    def due(self, calendar: WorkingCalendar) -> tuple[date | None, bool]:
        """What is due next, and whether it is provisional. What a notice names goes before what is reckoned."""
        if self.status is Status.PERFORMING:
            return self.perform_by, False
        if self.status is Status.ANSWERING and self.answer_by is not None:
            return self.answer_by, False
        found = self.period(calendar)
        return (found.last, found.provisional) if found else (None, False)

    def apply(self, kind: str, day: date, payload: Payload) -> None:
        """Take in one event. Raises ``KeyError`` for a kind that is none."""
        _APPLY[kind](self, day, payload)
        if kind != "document_filed":  # papers come in when they come in
            self.last_on = day if self.last_on is None else max(self.last_on, day)

    def _filed(self, day: date, payload: Payload) -> None:
        self.filed_on, self.number, self.group = day, payload["number"], payload["group"]
        self.application_number = payload["application_number"]
        self.body, self.alleged = payload.get("body", ""), tuple(payload.get("alleged", ()))
        self.earlier = payload.get("earlier")

    def _notified(self, day: date, payload: Payload) -> None:
        self.notified_on, self.simplified = day, payload["simplified"]
        self.answer_by = _day(payload["answer_by"])

    def _document_filed(self, day: date, payload: Payload) -> None:
        self.documents[payload["document"]] = payload["what"]

    def _answered(self, day: date, payload: Payload) -> None:
        self.answered_on = day

    def _session_set(self, day: date, payload: Payload) -> None:
        self.session_on = _day(payload["on"])

    def _decided(self, day: date, payload: Payload) -> None:
        if payload["appeal"] == "remanded":
            self._begin_again()
            self.is_appeal, self.ending, self.errors, self.perform_by = False, "", (), None
            return
        self.decided_on, self.ending = day, payload["ending"]
        self.decision_number, self.errors = payload["decision_number"], tuple(payload["errors"])
        self.perform_by = _day(payload["perform_by"])

    def _appealed(self, day: date, payload: Payload) -> None:
        self._begin_again()
        self.is_appeal = True
        self.number, self.body = payload["number"] or self.number, payload["body"] or self.body

    def _begin_again(self) -> None:
        """Another instance: what was dated was of the one before."""
        self.notified_on = self.answer_by = self.answered_on = self.session_on = self.decided_on = None

    def _concluded(self, day: date, payload: Payload) -> None:
        self.concluded_on, self.result = day, payload["result"]

    def _performed(self, day: date, payload: Payload) -> None:
        self.performed_on = day

    def _archived(self, day: date, payload: Payload) -> None:
        self.is_archived = True


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


_APPLY = {
    "filed": Case._filed,
    "notified": Case._notified,
    "document_filed": Case._document_filed,
    "answered": Case._answered,
    "session_set": Case._session_set,
    "decided": Case._decided,
    "appealed": Case._appealed,
    "concluded": Case._concluded,
    "performed": Case._performed,
    "archived": Case._archived,
}
