"""Whether words may go out: personal data in them, found before anybody reads them in public."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from django.utils import timezone

from gongkai.examination.finding import Finding, ordered
from gongkai.examination.personal.addresses import find_addresses
from gongkai.examination.personal.minors import find_minors
from gongkai.examination.personal.numbers import find_numbers
from gongkai.examination.personal.runs import without_invisible
from gongkai.examination.settings import Settings
from gongkai.examination.subject import Passage

from .calendar import working_calendar
from .models import Agency


def personal_data(agency: Agency, words: Mapping[str, str]) -> list[Finding]:
    """Personal data in some words (by what they are called), what must be mended first; excerpts are masked."""
    settings = Settings(
        today=timezone.localdate(),
        office_numbers=frozenset(number for number in (agency.telephone, agency.fax) if number),
        office_addresses=(agency.address,) if agency.address else (),
        calendar=working_calendar(),
    )
    return ordered(_found(words, settings))


def says(value: str, words: str) -> bool:
    """Whether somebody's name or number stands in some words, however it is spaced."""
    return len(_plain(value)) > 1 and _plain(value) in _plain(words)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def _found(words: Mapping[str, str], settings: Settings) -> Iterator[Finding]:
    for place, text in words.items():
        passage = Passage(place, without_invisible(text))
        yield from find_numbers(passage, settings)
        yield from find_addresses(passage, settings)
        yield from find_minors(passage, settings)
