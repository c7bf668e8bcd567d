"""A worker beside the web server, in a process of its own: what one of them does never holds up the other."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_AGAIN = 5.0  # seconds before one that ended by itself is started again
_PATIENCE = 15.0  # seconds it has to finish what it is at; what is cut off is taken over after its lease


class _Keeper:
    """Starts the worker, and starts it again while nobody has asked it to stop."""

    def __init__(self) -> None:
        program = "from gongkai.project.cli import main; main()"
        self._command = [sys.executable, "-c", program, "worker", "--beside", str(os.getpid())]
        self._over = threading.Event()
        self._process = self._start()
        self._thread = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)
        self._thread.start()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self._command, stdin=subprocess.DEVNULL)  # noqa: S603  our own program

    def _keep(self) -> None:
        while not self._over.is_set():
            self._process.wait()
            if not self._over.wait(_AGAIN):
                self._process = self._start()

    def stop(self) -> None:
        self._over.set()
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._thread.join(_PATIENCE)


@contextmanager
def worker_beside() -> Iterator[None]:
    """A worker runs as long as this context; it also ends when this process is killed."""
    keeper = _Keeper()
    try:
        yield
    finally:
        keeper.stop()
