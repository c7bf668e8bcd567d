"""长者版: larger type and targets on the same addresses. A link ``?style=elder`` chooses it and a cookie remembers.

Without cookies the page that the link leads to is large all the same. Nothing else is kept of a reader.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

PARAMETER = "style"
ELDER, STANDARD = "elder", "standard"
COOKIE = "style"
_A_YEAR = 365 * 24 * 60 * 60


def is_elder(request: HttpRequest) -> bool:
    """Whether this reader has chosen 长者版: by the address, else by the cookie."""
    return (request.GET.get(PARAMETER) or request.COOKIES.get(COOKIE)) == ELDER


def reading_style(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: remember what a reader chose; tell caches that public pages differ by it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith("/admin/") or not response.get("Content-Type", "").startswith("text/html"):
            return response
        patch_vary_headers(response, ["Cookie"])
        match request.GET.get(PARAMETER):
            case "elder":
                response.set_cookie(COOKIE, ELDER, max_age=_A_YEAR, samesite="Lax", secure=request.is_secure())
            case "standard":
                response.delete_cookie(COOKIE, samesite="Lax")
        return response

    return middleware
