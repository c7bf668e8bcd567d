"""Addresses of the public site that are not columns."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("site.css", views.style, name="style"),
]
