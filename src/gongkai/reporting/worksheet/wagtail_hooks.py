"""网站工作报表 in the back office."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.bureau.queries import sees_an_agency

from . import views

urlpatterns = [
    path("", views.SheetView.as_view(), name="index"),
    path("<int:year>/", views.SheetView.as_view(), name="sheet"),
    path("<int:year>/answer/", views.AnswerView.as_view(), name="answer"),
    path("<int:year>/download/<str:ending>/", views.DownloadView.as_view(), name="download"),
]


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern | URLResolver]:
    return [path("website-sheet/", include((urlpatterns, "worksheet")))]


class WorkSheetItem(MenuItem):
    """Shown to whoever may see an agency's records."""

    def is_shown(self, request: HttpRequest) -> bool:
        return sees_an_agency(request.user)


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    return WorkSheetItem("网站工作报表", reverse("worksheet:index"), icon_name="table", order=310)
