"""What other rooms know of an application: disputes hang on it, and rooms of one floor do not import each other.

A room above registers what it knows; the page of the case and the schedule of erasing ask here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from .models import Application

if TYPE_CHECKING:
    from gongkai.bureau.models import User


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """A review or suit over an application, as a line of its page."""

    number: str
    kind: str
    filed_on: date
    standing: str
    url: str


# The disputes of one application; and which of some applications (by number) are under dispute still.
DisputesOf = Callable[[Application], list[DisputeRow]]
OpenAmong = Callable[[Collection[int]], set[int]]

_disputes: list[DisputesOf] = []
_holding: list[OpenAmong] = []


def register_disputes(disputes_of: DisputesOf, open_among: OpenAmong) -> None:
    """Have the page of a case show disputes, and nothing erased while one is open. Told once, at the start."""
    if disputes_of not in _disputes:
        _disputes.append(disputes_of)
        _holding.append(open_among)


def disputes_of(application: Application) -> list[DisputeRow]:
    """Every dispute over an application, as those who registered tell them."""
    return [row for told in _disputes for row in told(application)]


def under_dispute(applications: Collection[int]) -> set[int]:
    """Which of these applications must be kept whole, because a dispute over them is open."""
    return {pk for told in _holding for pk in told(applications)}


@dataclass(frozen=True, slots=True)
class Button:
    """Something that may be done with an application in another room."""

    label: str
    url: str


ButtonsOf = Callable[[Application, "User"], list[Button]]
_buttons: list[ButtonsOf] = []


def register_buttons(buttons_of: ButtonsOf) -> None:
    """Have the page of a case offer what another room can do with it. Told once, when the program starts."""
    if buttons_of not in _buttons:
        _buttons.append(buttons_of)


def buttons_of(application: Application, user: User) -> list[Button]:
    """Everything that other rooms offer this person for an application."""
    return [button for told in _buttons for button in told(application, user)]
