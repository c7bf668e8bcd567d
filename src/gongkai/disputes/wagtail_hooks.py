"""复议诉讼 in the back office: its pages and its place in the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.bureau.queries import sees_an_agency

from .staff import lists, page, verbs

urlpatterns = [
    path("", lists.DisputesView.as_view(), name="list"),
    path("results/", lists.DisputesView.as_view(results_only=True), name="list_results"),
    path("lessons/", lists.LessonsView.as_view(), name="lessons"),
    path("file/", verbs.FileView.as_view(), name="file"),
    path("<int:pk>/", page.CaseView.as_view(), name="case"),
    path("<int:pk>/do/<slug:verb>/", verbs.VerbView.as_view(), name="verb"),
    path("<int:pk>/documents/<int:file>/", page.DocumentView.as_view(), name="document"),
]


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern | URLResolver]:
    return [path("disputes/", include((urlpatterns, "disputes")))]


class DisputesItem(MenuItem):
    """For whoever may see an agency's records."""

    def is_shown(self, request: HttpRequest) -> bool:
        return sees_an_agency(request.user)


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    return DisputesItem("复议诉讼", reverse("disputes:list"), name="disputes", icon_name="doc-empty-inverse", order=105)
