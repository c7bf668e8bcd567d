"""Run the jobs that are due: each run by one of the workers, again when it failed or its worker was killed."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from .models import ScheduledRun
from .schedule import Job

logger = logging.getLogger(__name__)

State = ScheduledRun.State
# After each failure, in minutes; the last holds from then on.
PAUSES = (1, 5, 15, 60)
OPEN = (State.WAITING, State.RUNNING, State.FAILED)
Clock = Callable[[], datetime]


def run_due(
    jobs: Iterable[Job],
    worker: str,
    *,
    clock: Clock = timezone.now,
    stopping: Callable[[], bool] = lambda: False,
) -> list[ScheduledRun]:
    """Run what is due and nobody runs. Gives the runs that this worker has brought to an end, good or bad."""
    due = {job: job.last_due(clock()) for job in jobs}
    # Looked at without a lock, so that a worker with nothing to do disturbs nobody.
    known = _runs([job.name for job in due], set(due.values()))
    ended = []
    for job, at in due.items():
        if stopping():
            break
        if not _can_start([run for run in known if run.job == job.name], at, clock()):
            continue
        run = _claim(job, at, worker, clock())
        if run is not None:
            ended.append(_carry_out(job, run, clock))
    return ended


def _runs(names: list[str], moments: set[datetime]) -> list[ScheduledRun]:
    """The runs of those moments, and every other that has not come to an end."""
    return list(ScheduledRun.objects.filter(Q(due_at__in=moments) | Q(state__in=OPEN), job__in=names))


def _can_start(runs: list[ScheduledRun], at: datetime, now: datetime) -> bool:
    """Whether the run of ``at`` can start, given the runs of its job: no two at the same time."""
    if any(run.state == State.RUNNING and run.lease_until and run.lease_until > now for run in runs):
        return False
    own = next((run for run in runs if run.due_at == at), None)
    if own is None or own.state == State.RUNNING:
        return True  # new, or its worker is taken for dead
    return own.state in OPEN and (own.next_try_at is None or own.next_try_at <= now)


@transaction.atomic
def _claim(job: Job, at: datetime, worker: str, now: datetime) -> ScheduledRun | None:
    """The run, now this worker's; nothing when another was faster or it has been tried often enough."""
    ScheduledRun.objects.bulk_create([ScheduledRun(job=job.name, due_at=at)], ignore_conflicts=True)
    known = ScheduledRun.objects.filter(Q(due_at=at) | Q(state__in=OPEN), job=job.name)
    runs = list(known.order_by("pk").select_for_update())
    if not _can_start(runs, at, now):
        return None
    # What was missed is caught up by the latest run.
    earlier = [run.pk for run in runs if run.due_at < at]
    ScheduledRun.objects.filter(pk__in=earlier).update(
        state=State.GIVEN_UP, finished_at=now, note="由后一次运行补上", next_try_at=None
    )
    own = next(run for run in runs if run.due_at == at)
    if own.attempts >= job.attempts:
        own.state, own.finished_at = State.GIVEN_UP, now
        own.error = own.error or "每次都在运行中断掉"
        own.save()
        logger.error("job %s of %s is given up", job.name, at.isoformat())
        return None
    own.state, own.worker, own.attempts = State.RUNNING, worker, own.attempts + 1
    own.started_at, own.lease_until, own.next_try_at = now, now + job.limit, None
    own.save()
    return own


def _carry_out(job: Job, run: ScheduledRun, clock: Clock) -> ScheduledRun:
    try:
        run.note, run.error = (job.run(run.due_at) or "")[:200], ""
        run.state = State.DONE
    except Exception as error:  # noqa: BLE001  whatever a job does, the others are run
        over = run.attempts >= job.attempts
        run.state = State.GIVEN_UP if over else State.FAILED
        run.error = kind_and_place(error)[:200]
        run.next_try_at = None if over else clock() + timedelta(minutes=PAUSES[min(run.attempts, len(PAUSES)) - 1])
        logger.error("job %s failed (%d of %d): %s", job.name, run.attempts, job.attempts, run.error)
    run.finished_at = clock()
    mine = ScheduledRun.objects.filter(pk=run.pk, worker=run.worker, attempts=run.attempts, state=State.RUNNING)
    kept = mine.update(
        state=run.state, note=run.note, error=run.error, next_try_at=run.next_try_at, finished_at=run.finished_at
    )
    if not kept:
        logger.warning("job %s took longer than its limit of %s: another worker has taken it over", job.name, job.limit)
    return run


def kind_and_place(error: BaseException) -> str:
    """What went wrong and where, without the message: that may be about somebody."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "gongkai" in Path(frame.filename).parts] or frames
    place = f"（{Path(ours[-1].filename).name}:{ours[-1].lineno}）" if ours else ""
    return f"{type(error).__module__}.{type(error).__name__}{place}"
