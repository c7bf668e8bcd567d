"""What the imitation refuses of an article or a picture, by the rules of WeChat's documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

_KINDS = {"image": (10_000_000, ("png", "jpg", "jpeg", "gif", "bmp")), "body": (1_000_000, ("png", "jpg", "jpeg"))}
_IMG = re.compile(r'<img[^>]*\bsrc="([^"]*)"')


class RefusedError(Exception):
    """The errcode of an answer."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(str(code))


def refuse_article(article: Mapping[str, Any], materials: Mapping[str, bytes], base: str) -> None:
    """Raise :class:`RefusedError` for what draft/add does not take."""
    if article.get("thumb_media_id") not in materials:
        raise RefusedError(40007)
    if not 0 < len(article["title"]) <= 32:
        raise RefusedError(45003)
    if len(article.get("author", "")) > 16:
        raise RefusedError(45110)
    if len(article.get("digest", "")) > 128:
        raise RefusedError(45004)
    content = article["content"]
    if len(content) >= 20_000 or len(content.encode()) >= 1_000_000:
        raise RefusedError(45002)
    # WeChat filters pictures from elsewhere and scripts; here it is an error, so that a test notices.
    if "<script" in content or any(not src.startswith(f"{base}/pictures/") for src in _IMG.findall(content)):
        raise RefusedError(45166)


def picture_refused(content: bytes, name: str, kind: str) -> int | None:
    """The errcode for a picture that is too large or of a kind that is not taken."""
    if kind not in _KINDS:
        return 40004
    most, endings = _KINDS[kind]
    if name.rpartition(".")[2].lower() not in endings:
        return 40005
    return 40009 if len(content) >= most else None


def counting(first: date, last: date) -> Iterator[date]:
    """The days from the first to the last."""
    return (first + timedelta(days=at) for at in range((last - first).days + 1))
