"""公开目录 in the back office."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ..coordination.wagtail_hooks import OfAnAgency
from ..staff import demands, disclosed

urlpatterns = [
    path("", disclosed.ListView.as_view(), name="list"),
    path("case/<int:pk>/", disclosed.ProposeView.as_view(), name="propose"),
    path("demands/", demands.ListView.as_view(), name="demands"),
    path("demands/<int:pk>/", demands.OneView.as_view(), name="demand"),
    path("<int:pk>/", disclosed.OneView.as_view(), name="one"),
    path("<int:pk>/do/<slug:verb>/", disclosed.VerbView.as_view(), name="verb"),
]


@hooks.register("register_admin_urls")
def disclosed_urls() -> list[URLPattern | URLResolver]:
    return [path("disclosed/", include((urlpatterns, "disclosed")))]


@hooks.register("register_applications_menu_item")
def disclosed_item() -> MenuItem:
    return OfAnAgency("公开目录", reverse("disclosed:list"), name="disclosed", icon_name="globe", order=70)
