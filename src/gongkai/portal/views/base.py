"""What the public pages share: whose site, how they may be kept by browsers, pages of a list, structured data."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from gongkai.bureau.models import Agency

from ..site import portal_of

PER_PAGE = 20
View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """A page for GET and HEAD that browsers keep but ask for again, and get again only when it has changed.

    The tag is that of the content: whatever changes a page, be it a footer or the day on which a document lapses,
    changes its tag.
    """

    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code != 200:
            return response
        response.headers.setdefault("Cache-Control", "no-cache")
        response.headers.setdefault("ETag", f'"{sha256(response.content).hexdigest()[:32]}"')
        return get_conditional_response(request, response.headers["ETag"], None, response) or response

    return shown  # type: ignore[return-value]


def agency_of(request: HttpRequest) -> Agency:
    """The agency of the site; 404 before one is registered."""
    found = portal_of(request).bureau
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a list. ``base`` is the address of the list, ``query`` what its filters add to every address."""

    number: int
    pages: int
    total: int
    base: str
    query: str = ""

    @classmethod
    def of(cls, total: int, number: int, base: str, query: str = "") -> Leaf:
        """The page of that number; 404 beyond the last."""
        pages = max(1, -(-total // PER_PAGE))
        if not 1 <= number <= pages:
            raise Http404
        return cls(number, pages, total, base, query)

    @property
    def slice(self) -> slice:
        """Its part of the list."""
        return slice((self.number - 1) * PER_PAGE, self.number * PER_PAGE)

    def address(self, number: int) -> str:
        """The address of another page of the list."""
        return f"{self.base}{f'index_{number}.html' if number > 1 else ''}{self.query}"

    @property
    def before(self) -> str:
        """The address of the page before; empty on the first."""
        return self.address(self.number - 1) if self.number > 1 else ""

    @property
    def after(self) -> str:
        """The address of the page after; empty on the last."""
        return self.address(self.number + 1) if self.number < self.pages else ""

    @property
    def numbers(self) -> list[tuple[int, str]]:
        """Page numbers to show with their addresses; ``(0, "")`` where some are left out."""
        near = {1, self.pages, *range(max(1, self.number - 2), min(self.pages, self.number + 2) + 1)}
        shown: list[tuple[int, str]] = []
        for number in sorted(near):
            if shown and number - shown[-1][0] > 1:
                shown.append((0, ""))
            shown.append((number, self.address(number)))
        return shown


def linked_data(data: Mapping[str, Any]) -> SafeString:
    """JSON-LD as a script element that holds data: no policy forbids it, and no text in it can end it."""
    written = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False, separators=(",", ":"))
    for sign, code in {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"}.items():
        written = written.replace(sign, code)
    return mark_safe(f'<script type="application/ld+json">{written}</script>')  # noqa: S308  escaped above
