"""Reading and checking a file from anywhere: in a process of its own, with bounded time and memory, kept nowhere."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from threading import BoundedSemaphore
from typing import Any

from gongkai.annual.checks import Finding, Verdict
from gongkai.annual.forms import Cell
from gongkai.annual.read import ReadError, read_bytes
from gongkai.annual.report import Report
from gongkai.annual.write.json import encode

# Files that are read as reports, by their endings.
ENDINGS = (".docx", ".pdf", ".html", ".htm", ".xlsx", ".txt", ".md", ".json")
TIME_LIMIT = 60  # seconds
AT_ONCE = 2  # files read at the same time in one process of the server
PATIENCE = 20  # seconds a reader waits for their turn

COMMAND = [sys.executable, "-m", "gongkai.reporting.worker"]

_turns = BoundedSemaphore(AT_ONCE)


class UnreadablePreviousError(ReadError):
    """Last year's file cannot be read; this year's could."""


class BusyError(Exception):
    """Too many files are being read."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent; ``name`` only helps to tell formats apart."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Inspected:
    """What was read and found. ``result`` is the object that ``gongkai check --json`` prints."""

    report: Report
    findings: tuple[Finding, ...]
    result: dict[str, Any]


def inspect(upload: Upload, previous: Upload | None = None) -> Inspected:
    """Read and check a report, with last year's when it is given.

    Raises `ReadError` with a Chinese message for a file that is no report or costs too much, and
    :class:`BusyError` when it is nobody's turn.
    """
    if not _turns.acquire(timeout=PATIENCE):
        raise BusyError
    try:
        answer = _ask([upload, *([previous] if previous else [])])
    finally:
        _turns.release()
    if "error" in answer:
        raise (UnreadablePreviousError if answer.get("of") == 1 else ReadError)(answer["error"])
    report = read_bytes(encode(answer["report"]).encode(), "report.json")
    return Inspected(report, tuple(map(_finding, answer["result"]["findings"])), answer["result"])


def _ask(uploads: Sequence[Upload]) -> dict[str, Any]:
    """One question to a worker: everything it starts ends with it."""
    question = json.dumps([{"name": each.name, "content": base64.b64encode(each.content).decode()} for each in uploads])
    worker = subprocess.Popen(  # noqa: S603  our own program
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        output, _ = worker.communicate(question.encode(), timeout=TIME_LIMIT)
    except subprocess.TimeoutExpired:
        return {"error": f"文件在 {TIME_LIMIT} 秒内没有读完，可能过于复杂；请提供 Word 版，或者只保留年度报告本身。"}
    finally:
        _end(worker)
    try:
        answer: dict[str, Any] = json.loads(output, parse_float=Decimal)
    except ValueError:
        return {"error": "文件过大、已损坏或者过于复杂，不能读取；请提供 Word 版。"}
    return answer


def _end(worker: subprocess.Popen[bytes]) -> None:
    """End the worker and what it started; ended ones are gone already."""
    try:
        os.killpg(worker.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        worker.wait()


def _finding(content: dict[str, Any]) -> Finding:
    cells = tuple(map(Cell.parse, content["cells"]))
    return Finding(**content | {"verdict": Verdict(content["verdict"]), "cells": cells})
