"""What an agency decides about its examination: words, its own telephones, hosts and addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from gongkai.law.calendar import WorkingCalendar, national_calendar
from gongkai.law.parameters import Parameter, Parameters, standard_parameters

from .words import Matcher, Word, matcher_of

# Parameters of gongkai.law.
CELL_UNITS = "survey_cell_units"
ADULT_AGE = "adult_age"


def not_checked(url: str) -> str | None:
    """The link checker where there is none: finds nothing."""
    return None


@dataclass(frozen=True, slots=True)
class Settings:
    """``today`` is the day of the examination.

    ``check_link`` is asked about links into the agency's own site only, and answers ``None`` when a link is fine or
    says in Chinese why it is not; nothing here makes a connection. ``office_numbers`` are telephone numbers that
    belong to an office though they look like a person's; ``office_addresses`` are the agency's own.
    """

    today: date
    words: tuple[Word, ...] = ()
    office_numbers: frozenset[str] = frozenset()
    office_addresses: tuple[str, ...] = ()
    own_hosts: frozenset[str] = frozenset()
    check_link: Callable[[str], str | None] = not_checked
    calendar: WorkingCalendar = field(default_factory=national_calendar)
    parameters: Parameters = field(default_factory=standard_parameters)
    matcher: Matcher = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "matcher", matcher_of(self.words))

    @property
    def cell_units(self) -> Parameter:
        """The fewest units that a published cell may stand for, with its article."""
        return self.parameters.on(CELL_UNITS, self.today)

    @property
    def adult_age(self) -> int:
        """Full years from which a person is no minor."""
        return self.parameters.on(ADULT_AGE, self.today).number
