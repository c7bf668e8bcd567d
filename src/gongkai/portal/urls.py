"""Addresses of the public site; the last takes any column."""

from __future__ import annotations

from django.urls import path, re_path

from .views import columns, home, items, standing

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("site.css", standing.style, name="style"),
    path("site.js", standing.script, name="script"),
    path("art/<int:item>.html", items.article, name="article"),
    # After everything else that has a fixed address: a column is whatever the bureau calls one.
    re_path(r"^(?P<path>[a-z][a-z0-9-]*(?:/[a-z][a-z0-9-]*)?)/$", columns.column, name="column"),
    re_path(
        r"^(?P<path>[a-z][a-z0-9-]*(?:/[a-z][a-z0-9-]*)?)/index_(?P<number>[1-9][0-9]{0,5})\.html$",
        columns.column_leaf,
        name="column_leaf",
    ),
]
