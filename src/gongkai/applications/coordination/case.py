"""A 会商 as its events leave it: a pure fold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongkai.ledger.rebuilding import Told

from .models import Standing, Status

_OVER = (Standing.GIVEN, Standing.SILENT)


@dataclass(slots=True)
class Organ:
    """One body that was asked. ``consultation``: the number of the wait in the case, where its clock stands."""

    agency: int | None
    asked_on: date
    reply_by: date
    consultation: int | None
    standing: str = Standing.WAITING.value
    openness: str = ""
    digest: str = ""
    by: int | None = None
    answered_on: date | None = None

    @property
    def is_waited_for(self) -> bool:
        return self.standing not in _OVER

    def columns(self) -> dict[str, Any]:
        """The projection on :class:`~.models.Asked`."""
        return {
            "standing": self.standing,
            "asked_on": self.asked_on,
            "reply_by": self.reply_by,
            "openness": self.openness if not self.is_waited_for else "",
            "answered_on": self.answered_on,
        }


@dataclass(slots=True)
class Case:
    """The state of one 会商; ``organs`` by the number of their record."""

    number: str = ""
    application: int | None = None
    trigger: str = ""
    form: str = ""
    opened_on: date | None = None
    last_on: date | None = None
    organs: dict[int, Organ] = field(default_factory=dict)
    is_disagreed: bool = False
    escalated_to: str = ""
    openness: str = ""
    answerer: str = ""
    digest: str = ""
    concluded_by: int | None = None
    concluded_on: date | None = None
    is_signed_off: bool = False
    is_ended: bool = False

    @property
    def waiting(self) -> list[int]:
        """The bodies whose answer is awaited."""
        return [pk for pk, organ in self.organs.items() if organ.is_waited_for]

    @property
    def status(self) -> str | None:
        """``None`` before it is opened."""
        if self.opened_on is None:
            return None
        return self._status.value

    @property
    def _status(self) -> Status:
        if self.is_ended:
            return Status.ENDED
        if self.is_signed_off:
            return Status.DONE
        if self.concluded_on is not None:
            return Status.CONCLUDED
        if not self.organs:
            return Status.OPENED
        if self.waiting:
            return Status.ASKED
        if self.escalated_to:
            return Status.ESCALATED
        return Status.DISAGREED if self.is_disagreed else Status.ANSWERED

    def apply(self, kind: str, day: date, payload: Mapping[str, Any]) -> None:
        """Take in one event. Raises ``KeyError`` for a kind that is none."""
        if kind in _OF_ORGAN:
            self._answer(kind, day, payload)
        else:
            _APPLY[kind](self, day, payload)
        self.last_on = day if self.last_on is None else max(self.last_on, day)

    def _opened(self, day: date, payload: Mapping[str, Any]) -> None:
        self.number, self.application, self.opened_on = payload["number"], payload["application"], day
        self.trigger, self.form = payload["trigger"], payload["form"]

    def _asked(self, day: date, payload: Mapping[str, Any]) -> None:
        by = date.fromisoformat(payload["reply_by"])
        self.organs[payload["organ"]] = Organ(payload["agency"], day, by, payload["consultation"])
        self.is_disagreed, self.escalated_to = False, ""

    def _answer(self, kind: str, day: date, payload: Mapping[str, Any]) -> None:
        organ = self.organs[payload["organ"]]
        organ.standing = _OF_ORGAN[kind].value
        if kind == "opinion_drafted":
            organ.by = payload["by"]
        if "openness" in payload:
            organ.openness, organ.digest = payload["openness"], payload["digest"]
        if organ.standing in _OVER:
            organ.answered_on = day
            if kind == "wait_ended":
                organ.openness = ""

    def _disagreed(self, day: date, payload: Mapping[str, Any]) -> None:
        self.is_disagreed = True

    def _escalated(self, day: date, payload: Mapping[str, Any]) -> None:
        self.escalated_to = payload["to"]

    def _concluded(self, day: date, payload: Mapping[str, Any]) -> None:
        self.openness, self.answerer, self.digest = payload["openness"], payload["answerer"], payload["digest"]
        self.concluded_on, self.concluded_by = day, payload["by"]

    def _signed_off(self, day: date, payload: Mapping[str, Any]) -> None:
        self.is_signed_off = True

    def _sent_back(self, day: date, payload: Mapping[str, Any]) -> None:
        self.openness, self.answerer, self.digest, self.concluded_on = "", "", "", None

    def _ended(self, day: date, payload: Mapping[str, Any]) -> None:
        self.is_ended = True

    def columns(self) -> dict[str, Any]:
        """The projection on :class:`~.models.Coordination`."""
        return {
            "number": self.number,
            "status": self.status,
            "trigger": self.trigger,
            "form": self.form,
            "opened_on": self.opened_on,
            "reply_by": max((self.organs[pk].reply_by for pk in self.waiting), default=None),
            "openness": self.openness,
            "answerer": self.answerer,
            "escalated_to": self.escalated_to,
            "concluded_on": self.concluded_on,
        }


_OF_ORGAN = {
    "opinion_drafted": Standing.DRAFTED,
    "opinion_returned": Standing.WAITING,
    "opinion_given": Standing.GIVEN,
    "opinion_recorded": Standing.GIVEN,
    "wait_ended": Standing.SILENT,
}
_APPLY = {
    "opened": Case._opened,
    "asked": Case._asked,
    "disagreed": Case._disagreed,
    "escalated": Case._escalated,
    "concluded": Case._concluded,
    "signed_off": Case._signed_off,
    "sent_back": Case._sent_back,
    "ended": Case._ended,
}


def fold(events: Iterable[Told]) -> Case:
    """The case that a stream of (kind, date, payload) leaves."""
    case = Case()
    for kind, day, payload in events:
        case.apply(kind, day, payload)
    return case
