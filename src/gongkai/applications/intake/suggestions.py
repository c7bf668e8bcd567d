"""Documents that are public already, suggested to whoever describes what they want; and what that did.

What finds them belongs to another room: the project registers it (:func:`register`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from gongkai.bureau.models import Agency
from gongkai.bureau.tokens import FormToken

from ..models import SuggestionUse

MOST = 5
_SHORTEST = 4  # characters: less describes nothing
_READ = 500  # characters of what was typed


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A public document: its title, its address on this site, the day it was published in words."""

    title: str
    address: str
    published: str = ""


Finder = Callable[[str, int, int], Sequence[Suggestion]]


class _Registry:
    finder: Finder | None = None


def register(finder: Finder | None) -> None:
    """Say what finds documents like a text: called with (text, agency id, how many at most)."""
    _Registry.finder = finder


def suggest(text: str, agency: Agency) -> Sequence[Suggestion]:
    """Documents like what was described; nothing for a text that says nothing, or where nothing can be found."""
    typed = text.replace("\x00", "").strip()[:_READ]
    if _Registry.finder is None or len(typed) < _SHORTEST:
        return ()
    return tuple(_Registry.finder(typed, agency.pk, MOST))


# --- What it did: counted without anybody's name -----------------------------------------------------


@transaction.atomic
def count_shown(agency: Agency, token: FormToken, number: int) -> None:
    """Some were shown in a form; the most that were ever shown at once counts."""
    if not number:
        return
    SuggestionUse.objects.bulk_create(
        [SuggestionUse(agency=agency, key=token.measure_key, day=timezone.localdate())], ignore_conflicts=True
    )
    SuggestionUse.objects.filter(key=token.measure_key, shown__lt=number).update(shown=number)


def count_opened(key: str) -> None:
    """One of those shown was opened; ``key`` is the token's ``measure_key``."""
    SuggestionUse.objects.filter(key=key, shown__gt=0).update(opened=F("opened") + 1)


def count_submitted(token: FormToken) -> None:
    """The application was sent all the same; nothing to count where nothing had been shown."""
    SuggestionUse.objects.filter(key=token.measure_key).update(submitted=True)
