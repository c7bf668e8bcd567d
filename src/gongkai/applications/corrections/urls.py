"""Addresses under ``/ysqgk/gengzheng/``."""

from __future__ import annotations

from django.urls import path

from . import status, views

app_name = "correct"
urlpatterns = [
    path("", views.ask, name="ask"),
    path("huizhi/", views.receipt, name="receipt"),
    path("chaxun/", status.status, name="status"),
]
