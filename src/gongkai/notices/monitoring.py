"""Whether the background work goes on, for ``gongkai doctor`` and the administrator's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q
from django.utils import timezone

from .models import Channel, Delivery, Heartbeat, ScheduledRun
from .outgoing import OPEN
from .transports import TRANSPORTS

# A worker says that it is alive every half a minute, but not while it runs a job.
SILENCE = timedelta(minutes=5)
# What is due and has not gone out for so long is stuck.
STUCK = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Way:
    """What waits to go out by one way. ``missing`` says in Chinese what is not configured."""

    channel: Channel
    missing: str
    waiting: int
    failed: int
    given_up: int
    stuck: int

    @property
    def label(self) -> str:
        return str(self.channel.label)


def ways() -> list[Way]:
    """Every way out and what waits there; one query."""
    state = Delivery.State
    waiting = Delivery.objects.filter(state__in=[*OPEN, state.GIVEN_UP])
    rows = waiting.values_list("channel").annotate(
        waiting=Count("pk", filter=Q(state=state.WAITING)),
        failed=Count("pk", filter=Q(state=state.FAILED)),
        given_up=Count("pk", filter=Q(state=state.GIVEN_UP)),
        stuck=Count("pk", filter=Q(state__in=OPEN, next_try_at__lt=timezone.now() - STUCK)),
    )
    counted = {channel: numbers for channel, *numbers in rows}
    return [
        Way(transport.channel, transport.missing(), *counted.get(transport.channel.value, (0, 0, 0, 0)))
        for transport in TRANSPORTS
    ]


def seen_at() -> datetime | None:
    """When any worker was last alive; nothing when none ever was."""
    seen: datetime | None = Heartbeat.objects.aggregate(last=Max("seen_at"))["last"]
    return seen


def is_working(seen: datetime | None, now: datetime) -> bool:
    """Whether a worker is alive: it said so lately, or it is at a job within the job's limit."""
    if seen is not None and now - seen < SILENCE:
        return True
    return ScheduledRun.objects.filter(state=ScheduledRun.State.RUNNING, lease_until__gt=now).exists()


def last_runs() -> list[ScheduledRun]:
    """The last run of each job; two queries."""
    latest = ScheduledRun.objects.values("job").annotate(latest=Max("due_at"))
    moments = {(row["job"], row["latest"]) for row in latest}
    runs = ScheduledRun.objects.filter(due_at__in={moment for _, moment in moments})
    return [run for run in runs if (run.job, run.due_at) in moments]
