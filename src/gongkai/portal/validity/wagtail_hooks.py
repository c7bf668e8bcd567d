"""文件有效性 in the menu. Taken up by :mod:`gongkai.portal.wagtail_hooks`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ..duties.wagtail_hooks import StaffItem
from . import cleaning, views

urlpatterns = [
    path("", views.DocumentsView.as_view(), name="documents"),
    path("cleanups/", cleaning.CleanupsView.as_view(), name="cleanups"),
    path("cleanups/<int:pk>/", cleaning.CleanupView.as_view(), name="cleanup"),
    path("cleanups/<int:pk>/finish/", cleaning.FinishView.as_view(), name="finish"),
]


@hooks.register("register_admin_urls")
def validity_urls() -> list[URLPattern | URLResolver]:
    return [path("portal/validity/", include((urlpatterns, "portal_validity")))]


@hooks.register("register_publishing_menu_item")
def validity_item() -> MenuItem:
    url = reverse("portal_validity:documents")
    return StaffItem("文件有效性", url, name="validity", icon_name="calendar-check", order=50)
