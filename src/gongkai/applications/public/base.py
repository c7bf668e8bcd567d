"""What the public pages of applying share: whose site, how often, files that never lie readable on the disk."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.bureau.models import Agency
from gongkai.bureau.queries import site_agency

from ..intake.papers import LARGEST

DOOR = {"label": "依申请公开"}
# What a form with one file may weigh; more is refused before it is read.
MOST_BYTES = LARGEST + 500_000


def agency_of_site() -> Agency:
    """The agency whose site this is; 404 before one is registered."""
    found = site_agency()
    if found is None:
        raise Http404
    return found


def page(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of this part, which no browser keeps: it may show who somebody is."""
    response = render(request, f"applications/public/{name}.html", {"door": DOOR, **context}, status=status)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def other_channels(agency: Agency) -> str:
    """By which other ways an application can be made, in a sentence."""
    ways = [f"当面提交（{agency.address or agency.name}）", "邮寄"]
    ways += [f"传真（{agency.fax}）"] if agency.fax else []
    words = "、".join(ways)
    return f"也可以{words}" + (f"，或者致电 {agency.telephone}。" if agency.telephone else "。")


class _InMemory(MemoryFileUploadHandler):
    """Keeps an upload in memory whatever its size: Django would put a larger one into a readable file.

    What is larger than any file that is taken is not kept at all, and ``oversized`` of the request says so.
    """

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True
        self.kept = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.kept += len(raw_data)
        if self.kept > LARGEST:
            self.request.oversized = True  # type: ignore[union-attr]
            raise SkipFile
        return super().receive_data_chunk(raw_data, start)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.kept = 0
        super().new_file(*args, **kwargs)


def read_in_memory(request: HttpRequest) -> None:
    """Say how the body will be read; before anything has read it."""
    request.upload_handlers = [_InMemory(request)]


def is_too_large(request: HttpRequest) -> bool:
    """Whether a body says that it is larger than any form of ours."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return not said.isdecimal() or int(said) > MOST_BYTES


def is_oversized(request: HttpRequest) -> bool:
    """Whether a file was left out because of its size; after the body has been read."""
    return getattr(request, "oversized", False)
