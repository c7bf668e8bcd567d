"""The worker: runs what is due, sends what is due, sleeps. Any number of them may work on one database."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, close_old_connections, connections
from django.db.models import Max
from django.utils import timezone

from .models import Heartbeat, ScheduledRun
from .outgoing import Outcome, send_due
from .running import OPEN, run_due
from .schedule import jobs

logger = logging.getLogger(__name__)

PAUSE = 5.0  # seconds between two passes
BEAT = 30.0  # seconds between two signs of life
_SLICE = 0.25  # seconds: how soon it notices that it is to stop


@dataclass(frozen=True, slots=True)
class Pass:
    """What one pass did."""

    runs: list[ScheduledRun]
    messages: Outcome


class Worker:
    """``alive`` is asked before each step; it stops when that says no, or after :meth:`stop`."""

    def __init__(self, *, pause: float = PAUSE, alive: Callable[[], bool] = lambda: True) -> None:
        self.name = f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(3)}"
        self.pause = pause
        self._alive = alive
        self._stopped = False
        self._last_beat = float("-inf")

    def stop(self, *_: object) -> None:
        """Stop after what is being done; may be called by a signal (an Event could lock itself out there)."""
        self._stopped = True

    def stopping(self) -> bool:
        return self._stopped or not self._alive()

    def once(self) -> Pass:
        """One pass: a sign of life, the jobs that are due, the messages that are due."""
        self._beat()
        runs = run_due(jobs().values(), self.name, stopping=self.stopping)
        return Pass(runs, send_due(stopping=self.stopping))

    def work(self) -> None:
        """Pass after pass until stopped. A database that is away or busy is tried again at the next one."""
        while not self.stopping():
            try:
                close_old_connections()
                self.once()
            except DatabaseError as error:
                logger.warning("database: %s; trying again", type(error).__name__)
                connections.close_all()
            self._sleep()

    def _beat(self) -> None:
        if time.monotonic() - self._last_beat >= BEAT:
            Heartbeat.objects.update_or_create(worker=self.name, defaults={"seen_at": timezone.now()})
            self._last_beat = time.monotonic()

    def _sleep(self) -> None:
        until = time.monotonic() + self.pause
        while not self.stopping() and time.monotonic() < until:
            time.sleep(min(_SLICE, self.pause))


def forget(now: datetime) -> str:
    """Delete the history of runs after a month, signs of life after a day, the last run and sign of each kept.

    Notices stay: they say what was told already.
    """
    latest = ScheduledRun.objects.values("job").annotate(latest=Max("pk"))
    old = ScheduledRun.objects.filter(due_at__lt=now - timedelta(days=30)).exclude(state__in=OPEN)
    runs, _ = old.exclude(pk__in=list(latest.values_list("latest", flat=True))).delete()
    last = Heartbeat.objects.aggregate(last=Max("seen_at"))["last"]
    Heartbeat.objects.filter(seen_at__lt=now - timedelta(days=1)).exclude(seen_at=last).delete()
    return f"清理 {runs} 条运行记录"
