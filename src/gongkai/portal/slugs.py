"""Names of columns as parts of addresses: the first letters of the pinyin, as Chinese sites write them."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LONGEST = 30
# First parts of addresses that are not columns.
RESERVED = frozenset(
    {"admin", "art", "documents", "media", "static", "site", "search", "map", "api", "index", "rss", "fbrc", "zb"}
)


def slug_of(name: str) -> str:
    """政府信息公开指南 → ``zfxxgkzn``; letters and digits of the name are kept."""
    # Its dictionary takes a quarter of a second to load, and columns are seldom named.
    from pypinyin import Style, lazy_pinyin

    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER, errors=lambda rest: rest))
    slug = re.sub(r"[^a-z0-9]+", "", initials.lower())[:_LONGEST]
    return slug if slug[:1].isalpha() else f"c{slug}"


def free_slug(name: str, taken: Iterable[str]) -> str:
    """The slug of a name, with a number where it is taken or reserved."""
    used = {*taken, *RESERVED}
    slug = slug_of(name)
    return next(found for found in (slug, *(f"{slug}{n}" for n in range(2, len(used) + 3))) if found not in used)
