"""Which body a request is about, and files in answer to it: what the staff pages of every room share."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from .models import Agency
from .queries import visible_agencies

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def agency_for(request: HttpRequest) -> Agency:
    """The body that a page is about: ``?agency=``, or the reader's own, or the first that they may see.

    Raises ``Http404`` for a body whose records the reader may not see: to them it does not exist.
    """
    visible = visible_agencies(request.user)
    code = request.GET.get("agency")
    if code is not None:
        found = visible.filter(code=code).first()
    else:
        own = getattr(request.user, "agency_id", None)
        found = visible.filter(pk=own).first() if own else visible.order_by("path").first()
    if found is None:
        raise Http404
    return found


def as_file(content: bytes, name: str, media_type: str) -> HttpResponse:
    """A response that the browser saves under a name, which may be Chinese (RFC 5987)."""
    disposition = content_disposition_header(as_attachment=True, filename=name.replace("/", "／"))
    headers = {"Content-Disposition": disposition or "attachment"}
    return HttpResponse(content, content_type=media_type, headers=headers)
