"""Addresses under ``/ysqgk/mulu/``."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "disclosure_log"
urlpatterns = [path("", views.log, name="log")]
