"""统计信用公示 in the back office."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ..staff.menu import OfAnAgency
from .staff import pages, verbs

urlpatterns = [
    path("", pages.ListView.as_view(), name="list"),
    path("results/", pages.ListView.as_view(results_only=True), name="list_results"),
    path("new/", verbs.NewView.as_view(), name="new"),
    path("<int:pk>/", pages.RecordView.as_view(), name="record"),
    path("<int:pk>/do/<slug:verb>/", verbs.VerbView.as_view(), name="verb"),
]


@hooks.register("register_admin_urls")
def credit_urls() -> list[URLPattern | URLResolver]:
    return [path("credit/", include((urlpatterns, "credit")))]


@hooks.register("register_registers_menu_item")
def credit_item() -> MenuItem:
    return OfAnAgency("统计信用公示", reverse("credit:list"), name="credit", icon_name="warning", order=60)
