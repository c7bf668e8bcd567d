"""Addresses of the public site. The last ones take whatever may be the name of a column."""

from __future__ import annotations

from django.urls import path, re_path, register_converter
from django.urls.converters import IntConverter, StringConverter

from .views import columns, data, feeds, files, finding, home, items, platform, standing


class DigestConverter(StringConverter):
    """The beginning of a digest, as :func:`gongkai.portal.snapshot.file_address` writes it."""

    regex = "[0-9a-f]{16}"


class KeyConverter(IntConverter):
    """The number of a record; one that no database could hold is no address of anything."""

    regex = "[0-9]{1,12}"


class LeafConverter(StringConverter):
    """The number of a page of a list."""

    regex = "[1-9][0-9]{0,5}"


register_converter(DigestConverter, "digest")
register_converter(KeyConverter, "key")
register_converter(LeafConverter, "leaf")

_COLUMN = r"^(?P<path>[a-z][a-z0-9-]*(?:/[a-z][a-z0-9-]*)?)"

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("site.css", standing.style, name="style"),
    path("site.js", standing.script, name="script"),
    path("site/wza/", standing.accessibility, name="accessibility"),
    path("site/yssm/", standing.privacy, name="privacy"),
    path("map/", standing.site_map, name="map"),
    path("search/", finding.search, name="search"),
    path("search/suggest", finding.suggestions, name="suggest"),
    path("art/<key:item>.html", items.article, name="article"),
    path("art/<key:item>/data/<str:block>.csv", files.figures, name="figures"),
    path("art/<key:item>/<digest:digest>/<str:name>", files.file, name="file"),
    path("fbrc/", data.calendar, name="calendar"),
    path("fbrc/fbrc.ics", data.calendar_file, name="calendar_file"),
    path("zb/<key:indicator>/", data.series, name="series"),
    path("zb/<key:indicator>/data.csv", data.series_file, name="series_file"),
    path("rss.xml", feeds.site_feed, name="feed"),
    path("robots.txt", feeds.robots, name="robots"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("sitemap-columns.xml", feeds.sitemap_columns, name="sitemap_columns"),
    path("sitemap-<key:number>.xml", feeds.sitemap_part, name="sitemap_part"),
    # The parts of the disclosure platform, at the addresses that all sites give them.
    path("zfxxgkzn/", platform.guide, name="guide"),
    path("zfxxgkzd/", platform.policies, name="policies"),
    path("zfxxgkzd/index_<leaf:number>.html", platform.policies),
    path("fdzdgknr/", platform.statutory, name="statutory"),
    path("fdzdgknr/<slug:code>/", platform.under_heading, name="heading"),
    path("fdzdgknr/<slug:code>/index_<leaf:number>.html", platform.under_heading),
    path("ysqgk/", platform.application, name="application"),
    # After everything that has a fixed address: a column is whatever the bureau calls one.
    re_path(_COLUMN + r"/$", columns.column, name="column"),
    re_path(_COLUMN + r"/index_(?P<number>[1-9][0-9]{0,5})\.html$", columns.column_leaf, name="column_leaf"),
    re_path(_COLUMN + r"/rss\.xml$", feeds.column_feed, name="column_feed"),
]
