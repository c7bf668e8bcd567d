"""What the site has published, as channels take it. The site is another room of this floor: the project joins them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that the public reads now and that may be sent on. ``address`` is on the site."""

    item: int
    title: str
    address: str
    column: str
    published_on: date


@dataclass(frozen=True, slots=True)
class Article:
    """The published edition: its digest, its body as rendered, its summary. ``address`` is whole, or "" without one."""

    item: int
    title: str
    summary: str
    html: str
    edition: str
    address: str
    published_on: date
    picture: Callable[[str], bytes | None]


# What was published since a day, the newest first, at most so many; one item, by its number.
Recent = Callable[[int, date, int], Sequence[Offer]]
Find = Callable[[int, int], "Article | None"]
# Draws the lines of some series over days: title, unit, labels, name and values of each series. SVG and table.
Draw = Callable[[str, str, Sequence[str], Sequence[tuple[str, Sequence[int | None]]], str], str]


class _Site:
    recent: Recent | None = None
    find: Find | None = None
    draw: Draw | None = None


def register(recent: Recent | None, find: Find | None, draw: Draw | None) -> None:
    """Say where published items are found and how charts are drawn. Told once, by the project."""
    _Site.recent, _Site.find, _Site.draw = recent, find, draw


def recent(agency_id: int, since: date, most: int) -> Sequence[Offer]:
    """What may be sent on; nothing where no site is installed."""
    return _Site.recent(agency_id, since, most) if _Site.recent is not None else ()


def article(agency_id: int, item: int) -> Article | None:
    """What the public reads of an item now; ``None`` for what it does not."""
    return _Site.find(agency_id, item) if _Site.find is not None else None


def chart(
    title: str, unit: str, labels: Sequence[str], series: Sequence[tuple[str, Sequence[int | None]]], key: str
) -> str:
    """A chart as SVG that may go into a page as it is; "" where nothing can be drawn."""
    return _Site.draw(title, unit, labels, series, key) if _Site.draw is not None and len(labels) > 1 else ""
