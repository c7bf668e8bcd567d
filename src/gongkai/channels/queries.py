"""What the pages of channels read: a year in numbers, the course of readers and subscribers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from gongkai.bureau.figures import Figure, Scope
from gongkai.bureau.models import Agency

from . import figures
from .models import Adoption, Appearance, Channel, Level, PressConference, ReadsDefinition, SubscriberCount


@dataclass
class ChannelYear:
    """A channel in a year: items (条) and issues (期) apart, reads by what they count, adoptions by level."""

    channel: Channel
    items: int = 0
    issues: int = 0
    subscribers: int | None = None
    reads: dict[str, int] = field(default_factory=dict)
    adoptions: dict[str, int] = field(default_factory=dict)

    @property
    def reads_words(self) -> list[str]:
        """Each number with what it counts."""
        units = {ReadsDefinition.TIMES: "次", ReadsDefinition.READERS: "人"}
        return [f"{self.reads[each]:,} {unit}" for each, unit in units.items() if each in self.reads]

    @property
    def adoption_words(self) -> list[str]:
        return [f"{level.label} {self.adoptions[level]} 篇" for level in Level if level in self.adoptions]


def year_of(agency: Agency, year: int) -> list[ChannelYear]:
    """Every channel in a year, from the figures of the annual report; a fixed number of queries."""
    scope = Scope.of(agency, year)
    channels = Channel.objects.filter(agency=agency).select_related("wechat").order_by("kind", "name")
    found = {each.pk: ChannelYear(each) for each in channels}
    for pk, value in _by_channel(figures.APPEARANCES, scope):
        found[pk].items = value
    for pk, value in _by_channel(figures.ISSUES, scope):
        found[pk].issues = value
    counts = figures.SUBSCRIBERS.records(scope).values_list("channel", "count")
    for pk, value in counts:
        found[pk].subscribers = value
    for key, reads in figures.READS.evaluate(scope).items():
        found[key[2]].reads[key[3]] = int(reads or 0)
    for pk, level, value in (
        figures.ADOPTIONS.records(scope)
        .order_by()
        .values_list("appearance__channel", "level")
        .annotate(value=Count("*"))
    ):
        found[pk].adoptions[level] = value
    return list(found.values())


def _by_channel(figure: Figure, scope: Scope) -> list[tuple[int, int]]:
    return [(key[2], int(value or 0)) for key, value in figure.evaluate(scope).items()]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a channel."""

    first: date
    items: int
    times: int | None
    readers: int | None
    subscribers: int | None

    @property
    def label(self) -> str:
        return f"{self.first.month}月"


def months(channel: Channel, year: int) -> list[Month]:
    """The months of a year in which something is known: items, subscribers at its end, and how often, and by how many
    persons, what appeared then was read: two numbers, which are never added."""
    within = Q(published_on__year=year)
    appeared = (
        Appearance.objects.filter(within, channel=channel)
        .annotate(month=TruncMonth("published_on"))
        .values("month")
        .annotate(
            items=Count("*"),
            **{each.value: Sum("reads", filter=Q(reads_definition=each)) for each in ReadsDefinition},
        )
        .order_by("month")
    )
    by_month: dict[date, dict[str, Any]] = {row["month"]: {**row} for row in appeared}
    last: dict[date, int] = {}
    counts = SubscriberCount.objects.filter(channel=channel, counted_on__year=year).order_by("counted_on")
    for day, count in counts.values_list("counted_on", "count"):
        last[day.replace(day=1)] = count
    empty: dict[str, Any] = {"items": 0, "times": None, "readers": None}
    return [
        Month(first, row["items"], row["times"], row["readers"], last.get(first))
        for first in sorted(by_month.keys() | last.keys())
        for row in (by_month.get(first, empty),)
    ]


def years(agency: Agency) -> list[int]:
    """The years in which something appeared, the latest first."""
    dates = Appearance.objects.filter(agency=agency).dates("published_on", "year", order="DESC")
    return [each.year for each in dates]


def adoptions_of(appearances: list[Appearance]) -> dict[int, list[Adoption]]:
    """Who adopted each of some items; one query."""
    found: defaultdict[int, list[Adoption]] = defaultdict(list)
    for each in Adoption.objects.filter(appearance__in=[one.pk for one in appearances]).order_by("level", "adopter"):
        found[each.appearance_id].append(each)
    return found


def public_conferences(agency_id: int) -> QuerySet[PressConference]:
    """What anybody may read of press conferences, the latest first."""
    return PressConference.objects.filter(agency_id=agency_id, is_public=True).order_by(F("held_on").desc(), "-pk")
