"""会商 in the back office: its addresses and its place in the menu."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.bureau.models import User

from ..staff import coordination, coordination_incoming, other_bodies

urlpatterns = [
    path("", coordination.ListView.as_view(), name="list"),
    path("incoming/", coordination.IncomingView.as_view(), name="incoming"),
    path("incoming/<int:pk>/", coordination_incoming.IncomingOneView.as_view(), name="incoming_one"),
    path("incoming/<int:pk>/<slug:verb>/", coordination_incoming.IncomingVerbView.as_view(), name="incoming_verb"),
    path("bodies/", other_bodies.BodiesView.as_view(), name="bodies"),
    path("bodies/new/", other_bodies.BodyView.as_view(), name="body_new"),
    path("bodies/<int:pk>/", other_bodies.BodyView.as_view(), name="body"),
    path("case/<int:pk>/open/", coordination.OpenView.as_view(), name="open"),
    path("case/<int:pk>/body/", other_bodies.RightBodyView.as_view(), name="right_body"),
    path("file/<int:pk>/", coordination.FileView.as_view(), name="file"),
    path("<int:pk>/", coordination.OneView.as_view(), name="one"),
    path("<int:pk>/<slug:verb>/", coordination.VerbView.as_view(), name="verb"),
    path("<int:pk>/organ/<int:organ>/<slug:verb>/", coordination.OrganVerbView.as_view(), name="organ_verb"),
]


@hooks.register("register_admin_urls")
def coordination_urls() -> list[URLPattern | URLResolver]:
    return [path("coordination/", include((urlpatterns, "coordination")))]


class OfAnAgency(MenuItem):
    """For whoever works in an agency; asks the database nothing, being part of every page."""

    def is_shown(self, request: HttpRequest) -> bool:
        return cast("User", request.user).agency_id is not None


@hooks.register("register_applications_menu_item")
def coordination_item() -> MenuItem:
    return OfAnAgency("会商", reverse("coordination:list"), name="coordination", icon_name="group", order=40)
