"""A page around the boxes, as a case has one: shows a file, takes the form, answers with the file covered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from gongkai.applications.redaction import Entered, boxes_from, page_image, pages_of, redact, workbench
from gongkai.project import urls

from ..applications.redaction.files import OPEN, SECRET, pdf, text

NAME = "会议纪要.pdf"
FILE = pdf(text(SECRET, 100, 200) + text(OPEN, 50, 350), text(SECRET, 100, 300))
PAGE = """{% load static %}<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8"><title>遮盖</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="{% static 'applications/redact.css' %}">
<script src="{% static 'applications/redact.js' %}" defer></script></head>
<body><main><h1>遮盖</h1><h2>会议纪要</h2><form method="post" action="/redact/">{% csrf_token %}
{% include "applications/staff/redact.html" %}<button type="submit">生成</button></form></main></body></html>"""


def cover(request: HttpRequest) -> HttpResponse:
    """GET shows the pages; POST answers with the file, or with the form as it was filled in (422)."""
    pages = pages_of(FILE, NAME)
    form = boxes_from(request.POST, len(pages)) if request.method == "POST" else Entered([], [], [])
    if form.boxes and "more" not in request.POST:
        made = redact(FILE, NAME, form.boxes)
        headers = {"Content-Disposition": 'attachment; filename="covered.pdf"'}
        return HttpResponse(made.data, content_type=made.media_type, headers=headers)
    shown = workbench(pages, form, lambda number: f"/redact/{number}.png", blank=8 if "more" in request.POST else 3)
    body = engines["django"].from_string(PAGE).render({"workbench": shown}, request)
    return HttpResponse(body, status=422 if form.errors else 200)


def picture(request: HttpRequest, number: int) -> HttpResponse:
    return HttpResponse(page_image(FILE, NAME, number - 1), content_type="image/png")


urlpatterns = [path("redact/", cover), path("redact/<int:number>.png", picture), *urls.urlpatterns]
