"""What several people ask for (Article 44): like texts of different applicants, grouped around the first of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction

from gongkai.bureau.models import Agency
from gongkai.law.parameters import standard_parameters

from ..intake.duplicates import LIKE, likeness, trigrams
from ..models import Application
from .models import Demand, DemandState

LOOKED_BACK = timedelta(days=2 * 365)
MOST = 5000  # applications of an agency that are compared in one night, the newest
_CANDIDATES = 20  # groups whose first text shares most with a text
_COMMON = 400  # groups that share a trigram; one that more share tells nothing


@dataclass(slots=True)
class Group:
    """Applications with like texts. ``people`` are blind indexes of who applied."""

    first: Application
    text: str
    cases: list[Application] = field(default_factory=list)
    people: set[str] = field(default_factory=set)

    def take(self, application: Application) -> None:
        self.cases.append(application)
        applicant = application.applicant
        if known := applicant.id_index or applicant.name_index:
            self.people.add(known)

    @property
    def may_be_public(self) -> bool:
        """Not what was asked for several times and refused each time."""
        rows = [each.outcome_row for each in self.cases if each.outcome_row]
        return not rows or any(row.startswith("granted") for row in rows)


def groups_of(applications: Iterable[Application]) -> list[Group]:
    """Group applications, given from the earliest on, by the likeness of their texts; each is in one group."""
    found: list[Group] = []
    by_trigram: defaultdict[str, list[int]] = defaultdict(list)
    for application in applications:
        text = " ".join(filter(None, (application.title, application.requested))).strip()
        runs = trigrams(text)
        if not runs:
            continue
        shared = Counter(at for run in runs if len(by_trigram[run]) <= _COMMON for at in by_trigram[run])
        likely = (found[at] for at, _ in shared.most_common(_CANDIDATES))
        best = max(((likeness(text, group.text), group) for group in likely), key=lambda each: each[0], default=None)
        if best is not None and best[0] >= LIKE:
            best[1].take(application)
            continue
        for run in runs:
            by_trigram[run].append(len(found))
        found.append(Group(application, text))
        found[-1].take(application)
    return found


def look(agency: Agency, today: date) -> int:
    """Look for what several people ask for and keep it; gives how many matters are new or open again."""
    needed = standard_parameters().on("same_request_applicants", today).number
    since = today - LOOKED_BACK
    recent = Application.objects.filter(agency=agency, received_on__gte=since, received_on__lte=today)
    newest = list(recent.order_by("-received_on", "-pk").select_related("applicant")[:MOST])
    new = 0
    for group in groups_of(reversed(newest)):
        if len(group.people) >= needed and group.may_be_public:
            new += _keep(agency, group)
    return new


@transaction.atomic
def _keep(agency: Agency, group: Group) -> int:
    """Keep one; a matter that was decided is open again when more people ask for it."""
    # A group may have begun with an application that is out of sight by now: it is known by any of its cases.
    demand = Demand.objects.filter(agency=agency, cases__in=group.cases).order_by("pk").first()
    last_on, count = max(each.received_on for each in group.cases), len(group.people)
    is_new = demand is None
    if demand is None:
        demand = Demand.objects.create(agency=agency, first=group.first, applicants=count, last_on=last_on)
    is_again = demand.state != DemandState.OPEN and count > demand.decided_applicants
    demand.applicants, demand.last_on = count, last_on
    if is_again:
        demand.state = DemandState.OPEN
    demand.save()
    demand.cases.add(*group.cases)
    return int(is_new or is_again)
