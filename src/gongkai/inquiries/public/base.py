"""What the public pages share: whose site, the way between them, lists by the leaf."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongkai.bureau.models import Agency
from gongkai.bureau.queries import site_agency

ON_A_LEAF = 20
LONGEST_WORDS = 60
BESIDE = (
    ("hdjl:ask", "我要留言"),
    ("hdjl:status", "查询留言"),
    ("hdjl:answers", "答复公开"),
    ("hdjl:faqs", "常见问题"),
    ("hdjl:surveys", "征集调查"),
    ("hdjl:interviews", "在线访谈"),
)


def agency_of_site() -> Agency:
    """The agency whose site this is; 404 before one is registered."""
    found = site_agency()
    if found is None:
        raise Http404
    return found


def page(
    request: HttpRequest, name: str, context: dict[str, Any], status: int = 200, *, private: bool = False
) -> HttpResponse:
    """A page of this part. ``private``: no browser keeps it, since it may show what somebody wrote."""
    beside = [(reverse(address), label) for address, label in BESIDE]
    made = render(
        request, f"inquiries/public/{name}.html", {"beside": beside, "here": "hdjl", **context}, status=status
    )
    if private:
        made.headers["Cache-Control"] = "no-store, private"
    return made


def words_asked(request: HttpRequest) -> list[str]:
    """What a reader looks for, word by word."""
    return request.GET.get("q", "")[:LONGEST_WORDS].split()


def saying(rows: QuerySet[Any], words: list[str], *columns: str) -> QuerySet[Any]:
    """The rows that say every word in one of some columns."""
    for word in words:
        condition = Q()
        for column in columns:
            condition |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(condition)
    return rows


def leaf_of(request: HttpRequest, rows: QuerySet[Any]) -> Page[Any]:
    """The leaf of a list that ``?p=`` names; the nearest for a number that is none."""
    return Paginator(rows, ON_A_LEAF).get_page(request.GET.get("p"))


def narrowed(request: HttpRequest) -> str:
    """How a list is narrowed, for the addresses of its other leaves."""
    kept = request.GET.copy()
    kept.pop("p", None)
    return kept.urlencode()


def number_asked(request: HttpRequest, name: str) -> int | None:
    """A year that is asked for in the address, if it is one."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 and text >= "1900" else None
