"""网站自评 in the back office."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.bureau.queries import sees_an_agency

from . import views

urlpatterns = [
    path("", views.PageView.as_view(), name="page"),
    path("download/<str:ending>/", views.DownloadView.as_view(), name="download"),
    path("state/<str:number>/", views.StateView.as_view(), name="state"),
]


@hooks.register("register_admin_urls")
def assessment_urls() -> list[URLPattern | URLResolver]:
    return [path("assessment/", include((urlpatterns, "assessment")))]


class AssessmentItem(MenuItem):
    """Shown to whoever may see an agency's records."""

    def is_shown(self, request: HttpRequest) -> bool:
        return sees_an_agency(request.user)


@hooks.register("register_admin_menu_item")
def assessment_item() -> MenuItem:
    return AssessmentItem(
        "网站自评", reverse("assessment:page"), name="assessment", icon_name="tick-inverse", order=320
    )
