"""What appeared in channels other than the site (annual report, section 一; website work sheet, group 移动新媒体).

Each figure by channel has the channel's kind, name and key as dimensions, so that one answer gives the line for
every account and, summed, the line for every kind.
"""

from __future__ import annotations

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum

from gongkai.bureau.figures import Figure, Scope

from .models import Adoption, Appearance, PressConference, SubscriberCount

_CHANNEL = ("channel__kind", "channel__name", "channel")


def _appeared(scope: Scope) -> QuerySet[Appearance]:
    return Appearance.objects.filter(scope.of_agencies(), scope.during("published_on"))


def _in_issues(scope: Scope) -> QuerySet[Appearance]:
    return _appeared(scope).exclude(issue="")


def _counted_reads(scope: Scope) -> QuerySet[Appearance]:
    return _appeared(scope).filter(reads__isnull=False)


def _adopted(scope: Scope) -> QuerySet[Adoption]:
    """Adoptions of what appeared in the year, whenever the higher body took it over."""
    return Adoption.objects.filter(
        scope.of_agencies("appearance__agency"), scope.during("appearance__published_on")
    ).select_related("appearance")


def _last_count(scope: Scope) -> QuerySet[SubscriberCount]:
    """The last count of the year for each channel; a count of an earlier year says nothing about this one."""
    counts = SubscriberCount.objects.filter(scope.of_agencies(), scope.during("counted_on"))
    last = (
        SubscriberCount.objects.filter(scope.during("counted_on"), channel=OuterRef("channel"))
        .order_by("-counted_on")
        .values("counted_on")[:1]
    )
    return counts.alias(last=Subquery(last)).filter(counted_on=F("last"))


def _press_conferences(scope: Scope) -> QuerySet[PressConference]:
    return PressConference.objects.filter(scope.of_agencies(), scope.during("held_on"))


APPEARANCES = Figure("channels.appearances", "各渠道本年发布信息数量（条）", _appeared, dimensions=_CHANNEL)
ISSUES = Figure(
    "channels.issues", "各渠道本年发布期数（期）", _in_issues, Count("issue", distinct=True), dimensions=_CHANNEL
)
READS = Figure(
    "channels.reads",
    "各渠道本年发布信息的阅读量",
    _counted_reads,
    Sum("reads"),
    dimensions=(*_CHANNEL, "reads_definition"),
)
SUBSCRIBERS = Figure("channels.subscribers", "各渠道年末订阅数", _last_count, Sum("count"), dimensions=_CHANNEL)
ADOPTIONS = Figure(
    "channels.adoptions", "本年发布信息被上级转发录用数量（篇）", _adopted, dimensions=("level", "adopter")
)
PRESS_CONFERENCES = Figure("channels.press_conferences", "本年新闻发布会（场）", _press_conferences)
