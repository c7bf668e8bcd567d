"""What programs read: feeds, the maps for search engines, what robots may fetch."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from xml.sax.saxutils import escape

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from ..models import Publication
from ..queries import public
from ..site import Portal, portal_of
from .base import agency_of

_OF_A_FEED = 30
OF_A_PART = 10_000
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # no XML can hold them; old titles do
_FIELDS = ("item_id", "title", "live_from", "edition__submitted_at")


@require_safe
def site_feed(request: HttpRequest) -> HttpResponseBase:
    """The newest of the whole site."""
    portal, agency = portal_of(request), agency_of(request)
    return _feed(request, portal, f"{agency.name}最新发布", "/", public(agency.pk), "本网站最新发布的信息")


@require_safe
def column_feed(request: HttpRequest, path: str) -> HttpResponseBase:
    """The newest of a column and of those below it."""
    portal, agency = portal_of(request), agency_of(request)
    place = portal.by_path.get(path)
    if place is None:
        raise Http404
    field = "first_column_id" if place.parent_id is None else "column_id"
    found = public(agency.pk).filter(**{field: place.id})
    title = f"{agency.name} - {place.name}"
    return _feed(request, portal, title, place.url, found, place.description or f"{place.name}栏目最新发布的信息")


def _feed(
    request: HttpRequest, portal: Portal, title: str, path: str, found: QuerySet[Publication], description: str
) -> HttpResponseBase:
    """RSS 2.0. Only what was approved is in it: titles, from the rows that the lists show."""
    rows = list(found.values_list(*_FIELDS)[:_OF_A_FEED])
    feed = Rss201rev2Feed(
        title=title,
        link=portal.root + path,
        description=description,
        language="zh-CN",
        feed_url=portal.root + request.path,
    )
    for item, heading, moment, _ in rows:
        address = f"{portal.root}/art/{item}.html"
        heading = _UNWRITABLE.sub("", heading)
        feed.add_item(heading, address, heading, pubdate=moment, unique_id=address, unique_id_is_permalink=True)
    return _answer(request, feed.writeString("utf-8").encode(), "application/rss+xml; charset=utf-8", _newest(rows))


@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """The index of the maps: the columns, then the items ten thousand a part."""
    portal, agency = portal_of(request), agency_of(request)
    parts = -(-public(agency.pk).count() // OF_A_PART)
    names = ["sitemap-columns.xml", *(f"sitemap-{number}.xml" for number in range(1, parts + 1))]
    listed = "".join(f"<sitemap><loc>{escape(portal.root)}/{name}</loc></sitemap>" for name in names)
    return _answer(request, _xml("sitemapindex", listed), "application/xml; charset=utf-8", None)


@require_safe
def sitemap_columns(request: HttpRequest) -> HttpResponseBase:
    """The pages that are no items."""
    portal = portal_of(request)
    agency_of(request)
    fixed = ["/", *(address for address, _ in portal.doors_menu), "/fbrc/", "/map/"]
    addresses = dict.fromkeys([*fixed, *(place.url for place in portal.places)])
    listed = "".join(f"<url><loc>{escape(portal.root + address)}</loc></url>" for address in addresses)
    return _answer(request, _xml("urlset", listed), "application/xml; charset=utf-8", None)


@require_safe
def sitemap_part(request: HttpRequest, number: int) -> HttpResponseBase:
    """One part of the items, the oldest first so that parts that are full stay as they are."""
    portal, agency = portal_of(request), agency_of(request)
    found = public(agency.pk).order_by("live_from", "pk").values_list(*_FIELDS)
    rows = list(found[(number - 1) * OF_A_PART : number * OF_A_PART]) if number > 0 else []
    if not rows:
        raise Http404
    root = escape(portal.root)
    listed = "".join(
        f"<url><loc>{root}/art/{item}.html</loc><lastmod>{max(moment, submitted).isoformat(timespec='seconds')}"
        "</lastmod></url>"
        for item, _, moment, submitted in rows
    )
    return _answer(request, _xml("urlset", listed), "application/xml; charset=utf-8", _newest(rows))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything but the back office and the results of searches may be read by robots."""
    root = portal_of(request).root
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /search/", f"Sitemap: {root}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _xml(name: str, listed: str) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<{name} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</{name}>\n'.encode()


def _newest(rows: Iterable[tuple[int, str, datetime, datetime]]) -> datetime | None:
    """When the newest of them changed last."""
    return max((max(row[2], row[3]) for row in rows), default=None)


def _answer(request: HttpRequest, content: bytes, media_type: str, changed: datetime | None) -> HttpResponseBase:
    """The document with its tag and date, or 304 when the program has it already."""
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    seconds = int(changed.timestamp()) if changed is not None else None
    response = HttpResponse(content, content_type=media_type, headers={"Cache-Control": "no-cache", "ETag": etag})
    if seconds is not None:
        response.headers["Last-Modified"] = http_date(seconds)
    return get_conditional_response(request, etag, seconds, response) or response
