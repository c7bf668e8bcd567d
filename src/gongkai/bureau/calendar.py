"""The working-day calendar of this installation: the announced years and the notices that the office added.

A notice of the State Council or a local order is a file in ``calendar/`` of the installation's folder, in the form
of :mod:`gongkai.law.calendar_override`. Due dates are reckoned by it from the moment the file is there.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from time import monotonic

from django.conf import settings

from gongkai.law.calendar import CalendarOverride, WorkingCalendar, parse_override

_ENDINGS = (".toml", ".json")
_FRESH = 1.0  # seconds for which the folder is not looked at again: an import asks a hundred thousand times

Signature = tuple[tuple[str, int, int], ...]


class _Latest:
    """What was found when the folder was last looked at."""

    at: float = 0.0
    folder: Path | None = None
    calendar: WorkingCalendar | None = None


def working_calendar() -> WorkingCalendar:
    """The calendar that binds this installation now. Raises :class:`LawError` for a notice that cannot be read."""
    folder, now = folder_of_notices(), monotonic()
    if _Latest.calendar is None or _Latest.folder != folder or now - _Latest.at >= _FRESH:
        _Latest.calendar = _load(folder, _signature(folder), settings.REGION)
        _Latest.at, _Latest.folder = now, folder
    return _Latest.calendar


def folder_of_notices() -> Path:
    """Where the notices of this installation are kept."""
    return Path(settings.HOME) / "calendar"


def add_notice(path: Path) -> CalendarOverride:
    """Take a notice into the calendar; one of the same reference replaces the earlier.

    Raises :class:`LawError` when it is not one, ``OSError`` when it cannot be read or kept.
    """
    text = path.read_text(encoding="utf-8-sig")
    notice = parse_override(text)
    folder = folder_of_notices()
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w〔〕-]+", "_", notice.reference)
    ending = ".json" if text.lstrip().startswith("{") else ".toml"
    for other in _ENDINGS:
        (folder / name).with_suffix(other).unlink(missing_ok=True)
    (folder / f"{name}{ending}").write_text(text, encoding="utf-8")
    _Latest.calendar = None
    return notice


def _signature(folder: Path) -> Signature:
    files = (path for path in folder.glob("*") if path.suffix in _ENDINGS)
    return tuple(sorted((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in files))


@lru_cache(maxsize=4)
def _load(folder: Path, signature: Signature, region: str | None) -> WorkingCalendar:
    notices = (parse_override((folder / name).read_text(encoding="utf-8-sig")) for name, _, _ in signature)
    return WorkingCalendar(tuple(notices), region)
