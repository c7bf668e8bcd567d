"""Addresses under ``/xwfbh/``."""

from __future__ import annotations

from django.urls import re_path

from . import views

app_name = "press_conferences"
urlpatterns = [
    re_path(r"^$", views.conferences, name="list"),
    re_path(r"^(?P<pk>[0-9]{1,12})\.html$", views.conference, name="one"),
]
