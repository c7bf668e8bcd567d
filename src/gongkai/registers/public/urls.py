"""Addresses under ``/fdzdgknr/mingxi/``."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "registers_public"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:code>/", views.entries, name="list"),
    path("<slug:code>/mingxi.csv", views.table, name="csv"),
    path("<slug:code>/<int:pk>.html", views.entry, name="entry"),
]
