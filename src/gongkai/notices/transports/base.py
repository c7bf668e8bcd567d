"""What every way out of the program has in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from gongkai.bureau.models import User

from ..models import Channel, Notice, Preference


class NotSentError(Exception):
    """It did not go out. ``kind`` says in a word or two why, without the text or an address.

    ``for_good``: trying again is of no use. ``down``: nothing goes out at the moment, so the others can wait too.
    """

    def __init__(self, kind: str, *, for_good: bool = False, down: bool = False) -> None:
        super().__init__(kind)
        self.kind, self.for_good, self.down = kind, for_good, down


@dataclass(frozen=True, slots=True)
class Message:
    """What goes out to one address; ``reference`` is the same whenever it is tried again."""

    to: str
    subject: str
    text: str
    reference: str


class Transport(ABC):
    """A way out: where a person is reached, how notices are worded there, and how it is sent."""

    channel: ClassVar[Channel]

    @abstractmethod
    def missing(self) -> str:
        """What is not configured, in Chinese; nothing when it can send."""

    @abstractmethod
    def address(self, user: User, chosen: Preference) -> str:
        """Where a person is reached; nothing when they gave no address."""

    @abstractmethod
    def compose(self, to: str, notices: Sequence[Notice], reference: str) -> Message:
        """One message for one or more notices, the most important first."""

    @abstractmethod
    def send(self, message: Message) -> None:
        """Hand it over. Raises :class:`NotSentError`."""


def in_order(notices: Sequence[Notice]) -> list[Notice]:
    """Urgent ones first, then as they came."""
    return sorted(notices, key=lambda notice: (not notice.urgent, notice.not_before))
