"""Files of items: attachments, pictures, and the figures behind charts. Public exactly as long as the item is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.html import escape
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from ..files import open_kept
from ..models import StoredFile
from ..queries import public_edition
from ..snapshot import file_address
from .base import agency_of, public_page
from .items import gone

# What a browser shows by itself without running anything in it; everything else is saved.
_SHOWN = frozenset(
    {"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "text/plain", "text/csv"}
)


@require_safe
def file(request: HttpRequest, item: int, digest: str, name: str) -> HttpResponseBase:
    """A file that the public edition of an item names; asked for again each time, so that a withdrawal holds."""
    agency = agency_of(request)
    found = public_edition(agency.pk, item)
    if found is None:
        return gone(request, agency, item)
    whole = _named(found[1].data, item, digest, name)
    etag = f'"{whole}"'
    answer: HttpResponseBase | None = get_conditional_response(request, etag)
    return answer or served(whole, name, etag)


def served(digest: str, name: str, etag: str = "") -> HttpResponseBase:
    """A kept file under a name. Raises ``Http404`` when the file itself is gone."""
    stored = StoredFile.objects.defer("text").filter(pk=digest).first()
    if stored is None:
        raise Http404
    try:
        content = open_kept(stored)
    except FileNotFoundError as error:
        raise Http404 from error
    media_type = stored.media_type
    disposition = content_disposition_header(media_type not in _SHOWN, name) or "attachment"
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    response = FileResponse(content, content_type=media_type + charset)
    headers = {
        "Content-Disposition": disposition,
        "Content-Length": str(stored.size),
        "Cache-Control": "no-cache",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "ETag": etag or f'"{digest}"',
    }
    for header, value in headers.items():
        response.headers[header] = value
    return response


def _named(content: Mapping[str, Any], item: int, digest: str, name: str) -> str:
    """The digest of the file of that address; 404 unless the edition itself gives this very address."""
    whole = next((each for each in content["files"] if each.startswith(digest)), None)
    address = f'"{file_address(item, digest, name)}"'
    attached = any(each["url"] == address[1:-1] for each in content["attachments"])
    if whole is None or not (attached or address in content["html"] or escape(address[1:-1]) in content["html"]):
        raise Http404
    return str(whole)


@public_page
def figures(request: HttpRequest, item: int, block: str) -> HttpResponse:
    """The figures behind a chart or a table, as CSV."""
    agency = agency_of(request)
    found = public_edition(agency.pk, item)
    if found is None:
        return gone(request, agency, item)
    data = found[1].data["data"].get(block)
    if data is None:
        raise Http404
    name = f"{data['name'] or found[0].title}.csv".replace("/", "／")
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(data["csv"].encode(), content_type="text/csv; charset=utf-8", headers=headers)
