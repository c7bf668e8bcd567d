"""Addresses under ``/api/``: the OpenAPI document at its head, everything read-only."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from ninja.openapi.views import openapi_json

from .answering import fault, open_to_all
from .catalogue import catalogue
from .routes import api


def missing(request: HttpRequest) -> HttpResponse:
    return fault(404, "接口没有这个地址。", "有哪些地址见 /api/ 的 OpenAPI 文档。")


app_name = "api"
_OWN = [path("", partial(openapi_json, api=api), name="api-root"), path("catalog.jsonld", catalogue, name="catalogue")]
_ROUTES = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern) and pattern.name != "api-root"]
urlpatterns = [open_to_all(pattern) for pattern in (*_OWN, *_ROUTES, re_path(r"", missing))]
