"""How the office works on an application: who has it, what is on file, how far the reply and its letters are.

A part of the fold of :mod:`.case`: it bears on who may do what next, not on the period for the reply.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .models import Stage

Payload = Mapping[str, Any]


@dataclass(slots=True)
class Draft:
    """A reply on its way to be signed."""

    outcome: str
    letter: int
    digest: str
    by: int | None
    reviewed_by: int | None = None
    is_reviewed: bool = False
    signed_by: int | None = None
    is_signed: bool = False
    document_number: str = ""


@dataclass(slots=True)
class Sent:
    """A letter that was sent; ``proof`` is the file that shows that it arrived."""

    code: str
    mode: str
    proof: int | None = None


@dataclass(slots=True)
class Work:
    """``waiting`` are the departments that have not signed for it yet; ``evidence`` the records on file by kind;
    ``reply_by`` (ISO) the day by which the departments were asked for their part; ``turns`` how many of its events
    there were, so that a second time something is asked of somebody can be told from the first.
    """

    lead: int | None = None
    assisting: tuple[int, ...] = ()
    waiting: set[int] = field(default_factory=set)
    signed_for: set[int] = field(default_factory=set)
    evidence: dict[str, list[int]] = field(default_factory=dict)
    drafters: set[int] = field(default_factory=set)
    draft: Draft | None = None
    letters: dict[int, Sent] = field(default_factory=dict)
    links: list[tuple[int, str]] = field(default_factory=list)
    reasons_asked: bool = False
    reasons_given: bool | None = None
    is_confirmed: bool = False
    is_archived: bool = False
    reply_by: str | None = None
    erased: set[str] = field(default_factory=set)
    turns: int = 0

    @property
    def departments(self) -> tuple[int, ...]:
        """Everybody it was assigned to, the leading one first."""
        return (*([self.lead] if self.lead is not None else []), *self.assisting)

    @property
    def unproven(self) -> list[int]:
        """Letters that were sent and of whose arrival nothing is on file."""
        return [letter for letter, sent in self.letters.items() if sent.proof is None]

    def stage(self, *, closed: bool) -> Stage:
        if self.is_archived:
            return Stage.ARCHIVED
        if closed:
            return Stage.DONE
        if self.draft is not None:
            if self.draft.is_signed:
                return Stage.SIGNED
            return Stage.SIGNING if self.draft.is_reviewed else Stage.REVIEW
        if self.lead is None:
            return Stage.NEW
        return Stage.WORKING if self.lead in self.signed_for else Stage.ASSIGNED

    def apply(self, kind: str, payload: Payload) -> bool:
        """Take in one event; whether it was one of the work's own."""
        handler = _APPLY.get(kind)
        if handler is not None:
            self.turns += 1
            handler(self, payload)
        return handler is not None

    def _assigned(self, payload: Payload) -> None:
        self.lead, self.assisting = payload["lead"], tuple(payload["assisting"])
        kept = self.signed_for & set(self.departments)
        self.signed_for, self.waiting = kept, set(self.departments) - kept
        self.reply_by = payload.get("reply_by")

    def _signed_for(self, payload: Payload) -> None:
        self.waiting.discard(payload["department"])
        self.signed_for.add(payload["department"])

    def _assignment_returned(self, payload: Payload) -> None:
        self.waiting.discard(payload["department"])
        self.signed_for.discard(payload["department"])
        if payload["department"] == self.lead:
            self.lead = None
        self.assisting = tuple(each for each in self.assisting if each != payload["department"])

    def _evidence_filed(self, payload: Payload) -> None:
        self.evidence.setdefault(payload["evidence"], []).append(payload["record"])

    def _reply_drafted(self, payload: Payload) -> None:
        self.draft = Draft(payload["outcome"], payload["letter"], payload["digest"], payload["by"])
        if payload["by"] is not None:
            self.drafters.add(payload["by"])

    def _reply_reviewed(self, payload: Payload) -> None:
        if self.draft is not None:
            self.draft.is_reviewed, self.draft.reviewed_by = True, payload["by"]

    def _reply_returned(self, payload: Payload) -> None:
        self.draft = None

    def _reply_signed(self, payload: Payload) -> None:
        if self.draft is not None:
            self.draft.is_signed, self.draft.signed_by = True, payload["by"]
            self.draft.document_number = payload["document_number"]

    def _letter_sent(self, payload: Payload) -> None:
        self.letters[payload["letter"]] = Sent(payload["code"], payload["mode"])

    def _letter_served(self, payload: Payload) -> None:
        self.letters[payload["letter"]].proof = payload["proof"]

    def _reasons_asked(self, payload: Payload) -> None:
        self.reasons_asked = True

    def _reasons_given(self, payload: Payload) -> None:
        self.reasons_given = payload["reasonable"]

    def _linked(self, payload: Payload) -> None:
        self.links.append((payload["other"], payload["relation"]))

    def _receipt_confirmed(self, payload: Payload) -> None:
        self.is_confirmed = True

    def _archived(self, payload: Payload) -> None:
        self.is_archived = True

    def _erased(self, payload: Payload) -> None:
        self.erased.add(payload["what"])


_APPLY = {
    "assigned": Work._assigned,
    "signed_for": Work._signed_for,
    "assignment_returned": Work._assignment_returned,
    "evidence_filed": Work._evidence_filed,
    "reply_drafted": Work._reply_drafted,
    "reply_reviewed": Work._reply_reviewed,
    "reply_returned": Work._reply_returned,
    "reply_signed": Work._reply_signed,
    "letter_sent": Work._letter_sent,
    "letter_served": Work._letter_served,
    "reasons_asked": Work._reasons_asked,
    "reasons_given": Work._reasons_given,
    "linked": Work._linked,
    "receipt_confirmed": Work._receipt_confirmed,
    "archived": Work._archived,
    "erased": Work._erased,
}
