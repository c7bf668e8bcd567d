"""What the public pages of this room share: whose site, caching, the pages of a list, a list as CSV."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from hashlib import sha256
from io import StringIO
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from gongkai.bureau.models import Agency
from gongkai.bureau.queries import site_agency
from gongkai.bureau.requests import as_file

DOOR = {"label": "法定主动公开内容"}
ON_A_LEAF = 20
LONGEST = 60  # characters of a search
# Signs with which a spreadsheet begins a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
View = Callable[..., HttpResponse]


def agency_of_site() -> Agency:
    """The agency whose site this is; 404 before one is registered."""
    found = site_agency()
    if found is None:
        raise Http404
    return found


def public_page(view: View) -> View:
    """A page for GET and HEAD that browsers keep but ask for again, so that what is withdrawn is gone at once."""

    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code != 200:
            return response
        response.headers.setdefault("Cache-Control", "no-cache")
        response.headers["ETag"] = f'"{sha256(response.content).hexdigest()[:32]}"'
        return get_conditional_response(request, response.headers["ETag"], None, response) or response

    return shown  # type: ignore[return-value]


def searched(request: HttpRequest) -> str:
    """What somebody looks for; no sign that a database could not take."""
    return request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]


def leaf_of(request: HttpRequest, rows: QuerySet[Any]) -> Page[Any]:
    """The page of a list that the address asks for; the nearest that there is."""
    return Paginator(rows, ON_A_LEAF).get_page(request.GET.get("p"))


def as_csv(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Rows as a file that spreadsheets open as it is meant: with a mark of its encoding, without formulas."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return as_file(text.getvalue().encode("utf-8-sig"), f"{name}.csv", "text/csv; charset=utf-8")


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
