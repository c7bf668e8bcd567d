"""What rooms above offer for a dispute: they register it here, and its page shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gongkai.bureau.models import User

from .models import Dispute


@dataclass(frozen=True, slots=True)
class Button:
    """Something that may be done with a dispute in another room."""

    label: str
    url: str


ButtonsOf = Callable[[Dispute, User], list[Button]]
_buttons: list[ButtonsOf] = []


def register_buttons(buttons_of: ButtonsOf) -> None:
    """Have the page of a dispute offer what another room can do with it. Told once, when the program starts."""
    if buttons_of not in _buttons:
        _buttons.append(buttons_of)


def buttons_of(dispute: Dispute, user: User) -> list[Button]:
    """Everything that other rooms offer this person for a dispute."""
    return [button for told in _buttons for button in told(dispute, user)]
