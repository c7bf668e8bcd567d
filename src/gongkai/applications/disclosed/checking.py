"""Whether words may go out: nothing in them names the applicant or anybody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils import timezone

from gongkai.bureau.calendar import working_calendar
from gongkai.bureau.models import Agency
from gongkai.examination.finding import Finding, Severity, ordered
from gongkai.examination.personal.addresses import find_addresses
from gongkai.examination.personal.minors import find_minors
from gongkai.examination.personal.numbers import find_numbers
from gongkai.examination.personal.runs import without_invisible
from gongkai.examination.settings import Settings
from gongkai.examination.subject import Passage

from ..models import Applicant
from ..naming import named_in


def findings(agency: Agency, words: Mapping[str, str]) -> list[Finding]:
    """Personal data in some words (by what they are called), what must be mended first; excerpts are masked.

    The rest of the examination is made by the site, before anybody is asked to publish.
    """
    settings = Settings(
        today=timezone.localdate(),
        office_numbers=frozenset(number for number in (agency.telephone, agency.fax) if number),
        office_addresses=(agency.address,) if agency.address else (),
        calendar=working_calendar(),
    )
    return ordered(_found(words, settings))


def _found(words: Mapping[str, str], settings: Settings) -> Iterator[Finding]:
    for place, text in words.items():
        passage = Passage(place, without_invisible(text))
        yield from find_numbers(passage, settings)
        yield from find_addresses(passage, settings)
        yield from find_minors(passage, settings)


def faults(agency: Agency, applicant: Applicant, words: Mapping[str, str]) -> list[str]:
    """Why these words may not go out, in Chinese: the applicant named, or data that must not be public."""
    told = [
        f"{place}里写有申请人的{named}，公开目录不写是谁申请的，请删去。"
        for place, text in words.items()
        if (named := named_in(applicant, text))
    ]
    blocking = [each for each in findings(agency, words) if each.severity is Severity.BLOCK]
    return told + [f"{each.place}：{each.message}" for each in blocking]
