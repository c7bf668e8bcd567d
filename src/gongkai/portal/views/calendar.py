"""The calendar of releases as iCalendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.utils import timezone

from ..models import ReleasePlan

_LINE = 75  # octets


def calendar_of(name: str, domain: str, plans: Iterable[ReleasePlan]) -> bytes:
    """The plans as a calendar file. ``domain`` makes the identifiers unique in the world."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//gongkai//release calendar//ZH", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{_text(name)}数据发布日程")
    stamp = _moment(timezone.now().replace(hour=0, minute=0, second=0, microsecond=0))
    for plan in plans:
        lines += [
            "BEGIN:VEVENT",
            f"UID:release-{plan.pk}@{domain}",
            f"DTSTAMP:{stamp}",
            f"DTSTART:{_moment(plan.release_at)}",
            f"SUMMARY:{_text(plan.title)}",
            *([f"DESCRIPTION:{_text(plan.note)}"] if plan.note else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    """Text with the signs escaped that separate values."""
    for sign in ("\\", ";", ","):
        value = value.replace(sign, f"\\{sign}")
    return "\\n".join(value.splitlines())


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of 75 octets at most, of which every further one begins with a space; no character is cut."""
    piece, length = "", 0
    for character in line:
        size = len(character.encode())
        if length + size > _LINE:
            yield piece
            piece, length = " ", 1
        piece, length = piece + character, length + size
    yield piece
