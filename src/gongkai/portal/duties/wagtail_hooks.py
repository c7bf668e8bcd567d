"""责任清单 and 栏目更新情况 in the menu. Taken up by :mod:`gongkai.portal.wagtail_hooks`."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.bureau.models import User

from . import views

urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("<int:year>/", views.ListView.as_view(), name="list_of_year"),
    path("<int:year>/download/<str:ending>/", views.DownloadView.as_view(), name="download"),
    path("columns/<int:pk>/", views.HistoryView.as_view(), name="history"),
    path("columns/<int:pk>/assign/", views.AssignView.as_view(), name="assign"),
    path("hand-over/", views.HandOverView.as_view(), name="hand_over"),
    path("watch/", views.WatchView.as_view(), name="watch"),
]


class StaffItem(MenuItem):
    """Shown to whoever may see an agency's records; asks the database nothing, being part of every page."""

    def is_shown(self, request: HttpRequest) -> bool:
        user = cast("User", request.user)
        return user.is_superuser or user.agency_id is not None


@hooks.register("register_admin_urls")
def duty_urls() -> list[URLPattern | URLResolver]:
    return [path("portal/duties/", include((urlpatterns, "portal_duties")))]


@hooks.register("register_publishing_menu_item")
def duties_item() -> MenuItem:
    return StaffItem("责任清单", reverse("portal_duties:list"), name="duties", icon_name="group", order=40)


@hooks.register("register_publishing_menu_item")
def watch_item() -> MenuItem:
    return StaffItem("栏目更新情况", reverse("portal_duties:watch"), name="watch", icon_name="time", order=45)
