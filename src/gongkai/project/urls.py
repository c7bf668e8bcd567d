"""Addresses: the back office under ``/admin/``, then what each app declares, then the columns of the site.

Wagtail's own pages have no address: what the public reads are items, which pass the gate of the portal.
"""

from __future__ import annotations

from django.urls import include, path
from django.views.i18n import JavaScriptCatalog
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from gongkai.portal.staff.media import media

from .joining import join

join()
handler404 = "gongkai.portal.views.standing.missing"
urlpatterns = [
    # Before Wagtail's own of this address: the words of its scripts, and those that it lacks.
    path("admin/jsi18n/", JavaScriptCatalog.as_view(packages=["wagtail.admin", "gongkai.desk"])),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:path>", media),  # the library, for staff; the public reads copies of it under /art/
    path("api/", include("gongkai.api.urls")),
    path("zfxxgknb/", include("gongkai.reporting.urls")),
    path("ysqgk/mulu/", include("gongkai.applications.disclosed.urls")),
    path("ysqgk/gengzheng/", include("gongkai.applications.corrections.urls")),
    path("ysqgk/", include("gongkai.applications.public.urls")),  # the page of that address itself is the portal's
    path("hdjl/", include("gongkai.inquiries.urls")),  # likewise
    path("fdzdgknr/xinyong/", include("gongkai.registers.credit.public")),
    path("fdzdgknr/mingxi/", include("gongkai.registers.public.urls")),
    path("xwfbh/", include("gongkai.channels.urls")),
    path("", include("gongkai.portal.urls")),  # last: it takes whatever may be a column
]
