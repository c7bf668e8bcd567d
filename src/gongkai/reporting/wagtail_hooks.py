"""年度报告 in the back office."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.bureau.queries import sees_an_agency

from .views import base, drill, prose, rollup, staff

# Of a cell and the like: the list, and its results alone for the filters of the page.
_LISTS = [
    ("cell/<str:cell>/", "cell", drill.CellView),
    ("figure/<str:name>/", "figure", drill.FigureView),
    ("sum/<str:names>/", "sum", drill.SumView),
    ("rollup/cell/<str:cell>/", "rollup_cell", drill.RollupCellView),
]

urlpatterns = [
    path("", staff.IndexView.as_view(), name="index"),
    path("style.css", base.style_view, name="style"),
    path("<int:year>/", staff.ReportView.as_view(), name="report"),
    path("<int:year>/prose/", prose.ProseView.as_view(), name="prose"),
    path("<int:year>/publish/", staff.PublishView.as_view(), name="publish"),
    path("<int:year>/download/<str:ending>/", staff.DownloadView.as_view(), name="download"),
    path("<int:year>/versions/<int:version>/", staff.VersionView.as_view(), name="version"),
    path(
        "<int:year>/versions/<int:version>/download/<str:ending>/",
        staff.DownloadView.as_view(),
        name="version_download",
    ),
    path("<int:year>/rollup/", rollup.RollupView.as_view(), name="rollup"),
    path("<int:year>/rollup/download/<str:ending>/", rollup.RollupDownloadView.as_view(), name="rollup_download"),
    *(path(f"<int:year>/{route}", view.as_view(), name=name) for route, name, view in _LISTS),
    *(
        path(f"<int:year>/{route}results/", view.as_view(results_only=True), name=f"{name}_results")
        for route, name, view in _LISTS
    ),
]


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern | URLResolver]:
    return [path("annual-reports/", include((urlpatterns, "annual_reports")))]


class AnnualReportsItem(MenuItem):
    """Shown to whoever may see an agency's records."""

    def is_shown(self, request: HttpRequest) -> bool:
        return sees_an_agency(request.user)


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    return AnnualReportsItem("年度报告", reverse("annual_reports:index"), icon_name="doc-full", order=300)
