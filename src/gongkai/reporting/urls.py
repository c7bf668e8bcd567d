"""Public addresses under ``/zfxxgknb/`` (政府信息公开年报)."""

from __future__ import annotations

from django.urls import path

from .views import check, library

app_name = "annual_library"
urlpatterns = [
    path("", library.index, name="index"),
    path("hecha/", check.inspect, name="inspect"),
    path("<int:year>/", library.report, name="report"),
    path("<int:year>/download/<str:ending>/", library.report_download, name="download"),
    path("<int:year>/<str:code>/", library.report, name="report_of"),
    path("<int:year>/<str:code>/download/<str:ending>/", library.report_download, name="download_of"),
]
