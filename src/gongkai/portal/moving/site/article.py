"""An article of a former site as it was read, whatever it was read from; and the limits of what is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

MAX_PAGE = 8 * 2**20  # bytes of HTML
MAX_FILE = 100 * 2**20  # bytes of an attachment or a picture
MAX_FILES = 200_000  # files of a folder
MAX_PIXELS = 60_000_000


class UnreadableArticleError(ValueError):
    """A page or a row is no article that can be taken in; the message says why, in Chinese."""


@dataclass(slots=True)
class Article:
    """One article. ``where`` names its file or row for messages; ``path`` is its address on the former site.

    ``blocks`` are those of the body, in which a picture is the path of its file; ``missing`` names files that the
    page speaks of and that were not saved with it.
    """

    where: str
    title: str
    published_at: datetime
    first: str
    second: str = ""
    path: str = ""
    source: str = ""
    summary: str = ""
    document_number: str = ""
    index_number: str = ""
    formed_on: date | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    document_class: str = ""
    blocks: list[tuple[str, Any]] = field(default_factory=list)
    attachments: list[tuple[str, Path]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What it is known by when it is imported again: its old address, or what it is."""
        told = self.path or "\x1f".join((self.first, self.second, self.title, self.published_at.date().isoformat()))
        return f"site:{sha256(told.encode()).hexdigest()[:48]}"
