"""How every answer goes out: errors in Chinese, a digest so that what is known is not sent again, open to any site."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern
from django.utils.cache import get_conditional_response
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError

from .paging import CursorError

READING = ("GET", "HEAD", "OPTIONS")


class Fault(Schema):
    """What was wrong, and what to do."""

    error: str
    hint: str = ""


def fault(status: int, error: str, hint: str = "") -> JsonResponse:
    return JsonResponse({"error": error, "hint": hint}, status=status, json_dumps_params={"ensure_ascii": False})


def speak_chinese(api: NinjaAPI) -> None:
    """Faults of a call, each with what to do."""

    @api.exception_handler(ValidationError)
    def refuse(request: HttpRequest, error: ValidationError) -> HttpResponse:
        names = "、".join(dict.fromkeys(str(each["loc"][-1]) for each in error.errors))
        return fault(422, f"参数不对：{names}。", "各参数的写法和范围见 /api/ 的 OpenAPI 文档。")

    @api.exception_handler(CursorError)
    def lost(request: HttpRequest, error: CursorError) -> HttpResponse:
        return fault(422, "参数不对：after。", "请照抄上一页给出的 next，或者不写，从第一页开始。")


def open_to_all(pattern: URLPattern) -> URLPattern:
    """The same address for reading only, with ETag and 304, readable from pages of other sites."""
    view: Callable[..., HttpResponse] = pattern.callback

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in READING:
            response: HttpResponse = fault(405, "接口只供读取。", "请用 GET。")
        elif request.method == "OPTIONS":
            response = HttpResponse(status=204)
        else:
            response = _read(request, view, *args, **kwargs)
        if response.status_code in {204, 405}:
            response.headers["Allow"] = ", ".join(READING)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    pattern.callback = answered
    return pattern


def _read(request: HttpRequest, view: Callable[..., HttpResponse], *args: Any, **kwargs: Any) -> HttpResponse:
    asked, request.method = request.method, "GET"  # the server leaves out the body of an answer to HEAD
    response = view(request, *args, **kwargs)
    request.method = asked
    if response.status_code != 200:
        return response
    response.headers["Cache-Control"] = "no-cache"  # asked for again, so that what is withdrawn is gone at once
    response.headers["ETag"] = f'"{sha256(response.content).hexdigest()[:32]}"'
    known = get_conditional_response(request, response.headers["ETag"], None, response)
    return known if isinstance(known, HttpResponse) else response
