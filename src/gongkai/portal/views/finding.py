"""Search, and the suggestions while somebody types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from gongkai.law.categories import categories

from ..models import ItemType
from ..search.finding import Found, Order, Query, find, suggest
from ..site import Portal, portal_of
from .base import PER_PAGE, Leaf, agency_of, public_page

_LONGEST = 200
_MOST_CHOICES = 12
_ORDERS: tuple[tuple[Order, str], ...] = (("relevance", "按相关度"), ("date", "按日期"))


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to narrow what was found, or to undo it. ``count`` is ``None`` where it could not be counted."""

    label: str
    url: str
    count: int | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """Ways to narrow by one property."""

    label: str
    choices: list[Choice]


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """What was found for ``q``; without words, how to search."""
    agency, portal = agency_of(request), portal_of(request)
    query = _read(request.GET, agency.pk)
    found = find(query)
    context: dict[str, Any] = {"query": query, "found": found, "here": ""}
    if found.asked:
        context |= {
            "facets": _facets(portal, query, found),
            "leaf": _SearchLeaf(found.page, found.pages, found.total, "/search/", _address(query)),
            "orders": [
                (label, _address(replace(query, order=order, page=1)), query.order == order) for order, label in _ORDERS
            ],
            "in_force": _address(replace(query, in_force_only=not query.in_force_only, page=1)),
            "everything": _address(Query(query.words, agency.pk)),
            "is_narrowed": _address(replace(query, order="relevance", page=1))
            != _address(Query(query.words, agency.pk)),
        }
    return render(request, "portal/search.html", context)


@require_safe
@cache_control(public=True, max_age=60)
def suggestions(request: HttpRequest) -> HttpResponse:
    """Titles that contain what was typed so far, as JSON for the search field."""
    agency, portal = agency_of(request), portal_of(request)
    typed = request.GET.get("q", "")[:_LONGEST]
    names = [place.name for place in portal.places]
    return JsonResponse({"titles": suggest(typed, agency.pk, names=names)}, json_dumps_params={"ensure_ascii": False})


@dataclass(frozen=True, slots=True)
class _SearchLeaf(Leaf):
    """Pages of results: the number stands in the query string."""

    def address(self, number: int) -> str:
        return f"{self.query}&page={number}" if number > 1 else self.query


def _read(given: Mapping[str, str], agency: int) -> Query:
    """The question of an address. What cannot be a value of a filter is as if it were not there."""
    return Query(
        words=given.get("q", "").replace("\x00", "")[:_LONGEST].strip(),
        agency_id=agency,
        column=_number(given.get("column", "")),
        item_type=given.get("type", "") if given.get("type", "") in ItemType.values else "",
        topic=given.get("topic", "").replace("\x00", "")[:40],
        category=given.get("category", "").replace("\x00", "")[:40],
        year=_number(given.get("year", "")),
        in_force_only=given.get("in_force") == "1",
        order="date" if given.get("order") == "date" else "relevance",
        page=_number(given.get("page", "")) or 1,
        per_page=PER_PAGE,
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


def _address(query: Query) -> str:
    """The address of a question, without its page."""
    asked = {
        "q": query.words,
        "column": query.column,
        "type": query.item_type,
        "topic": query.topic,
        "category": query.category,
        "year": query.year,
        "in_force": "1" if query.in_force_only else "",
        "order": "date" if query.order == "date" else "",
    }
    return f"/search/?{urlencode({name: value for name, value in asked.items() if value})}"


def _facets(portal: Portal, query: Query, found: Found) -> list[Facet]:
    """What narrows the answer. Of more hits than are counted, all columns, kinds and years are offered uncounted."""
    this_year = timezone.localdate().year
    names: list[tuple[str, str, str, dict[Any, str]]] = [
        ("栏目", "column", "first_column_id", {place.id: place.name for place, _ in portal.menu}),
        ("信息类型", "item_type", "item_type", dict(ItemType.choices)),
        ("年份", "year", "formed_year", {year: f"{year}年" for year in range(this_year, this_year - 10, -1)}),
        ("主题", "topic", "topic", {}),
        ("公开依据", "category", "category", {each.code: each.text for each in categories(local=True)}),
    ]
    shown = []
    for label, name, counted, known in names:
        counts = found.facets.get(counted)
        chosen = getattr(query, name)
        values: list[tuple[Any, int | None]] = (
            [(value, count) for value, count in counts.most_common(_MOST_CHOICES)]
            if counts is not None
            else [(value, None) for value in known if name != "category"]
        )
        if name == "year":
            values.sort(key=lambda each: -each[0])
        if chosen and chosen not in dict(values):
            values.insert(0, (chosen, None))
        choices = [_choice(query, name, value, known, count, is_chosen=value == chosen) for value, count in values]
        if len(choices) > 1 or any(choice.is_chosen for choice in choices):
            shown.append(Facet(label, choices))
    return shown


def _choice(
    query: Query, name: str, value: Any, known: Mapping[Any, str], count: int | None, *, is_chosen: bool
) -> Choice:
    """A value; the address of a chosen one undoes it."""
    empty = None if name in {"column", "year"} else ""
    changed: dict[str, Any] = {name: empty if is_chosen else value}
    narrowed = replace(query, page=1, **changed)
    return Choice(
        known.get(value, f"{value}年" if name == "year" else str(value)), _address(narrowed), count, is_chosen
    )
