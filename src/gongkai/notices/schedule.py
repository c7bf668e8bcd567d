"""Work done on a schedule: each app declares its jobs in the tuple ``JOBS`` of its ``tasks.py``.

No statutory period depends on whether a job ran: due dates are reckoned from stored dates, a job only tells people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib import import_module
from zoneinfo import ZoneInfo

from django.apps import apps
from django.utils.module_loading import module_has_submodule

# The law's days begin and end in it.
ZONE = ZoneInfo("Asia/Shanghai")
_EPOCH = datetime(2000, 1, 1, tzinfo=ZONE).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do again and again: either ``every`` so often or ``at`` these times of every day in Shanghai.

    ``run`` gets the moment at which it was due and may give a line for the history (at most 200 characters, no
    personal data). It must be idempotent: a run is repeated after an error, or when its worker was killed. Runs that
    were missed are caught up by one run, for the latest moment at which it was due; so a job looks at how things
    stand, not at what happened since it last ran. It works in transactions of its own, as short as they can be.

    ``limit``: how long a run may take; after that its worker is taken for dead. ``attempts``: how often it is tried.
    Raises ``ValueError`` when it is not said when to run.
    """

    name: str
    title: str
    run: Callable[[datetime], str | None]
    every: timedelta | None = None
    at: tuple[time, ...] = ()
    limit: timedelta = timedelta(minutes=15)
    attempts: int = 5

    def __post_init__(self) -> None:
        if (self.every is None) == (not self.at):
            raise ValueError(f"{self.name}: either every or at")
        if self.every is not None and self.every < timedelta(seconds=1):
            raise ValueError(f"{self.name}: every {self.every}")
        if any(moment.tzinfo is not None for moment in self.at):
            raise ValueError(f"{self.name}: times of day are those of Shanghai")

    def last_due(self, now: datetime) -> datetime:
        """The latest moment, ``now`` included, at which it was due (UTC)."""
        if self.every is not None:
            return _EPOCH + (now - _EPOCH) // self.every * self.every
        today = now.astimezone(ZONE).date()
        moments = (self._moment(today - timedelta(days=back), each) for back in (0, 1) for each in self.at)
        return max(moment for moment in moments if moment <= now)

    def next_due(self, now: datetime) -> datetime:
        """The first moment after ``now`` at which it is due (UTC)."""
        if self.every is not None:
            return self.last_due(now) + self.every
        today = now.astimezone(ZONE).date()
        moments = (self._moment(today + timedelta(days=on), each) for on in (0, 1) for each in self.at)
        return min(moment for moment in moments if moment > now)

    @staticmethod
    def _moment(day: date, at: time) -> datetime:
        return datetime.combine(day, at, tzinfo=ZONE).astimezone(UTC)


@cache
def jobs() -> Mapping[str, Job]:
    """Every job that an installed app declares, by name. Raises ``ValueError`` when two share a name."""
    found: dict[str, Job] = {}
    for config in apps.get_app_configs():
        if not config.name.startswith("gongkai.") or not module_has_submodule(config.module, "tasks"):
            continue
        declared: tuple[Job, ...] = import_module(f"{config.name}.tasks").JOBS
        for job in declared:
            if found.setdefault(job.name, job) is not job:
                raise ValueError(f"two jobs are named {job.name}")
    return found
