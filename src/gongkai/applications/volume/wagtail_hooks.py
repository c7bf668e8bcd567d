"""申请数量 in the back office."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ..coordination.wagtail_hooks import OfAnAgency
from ..staff import volume

urlpatterns = [
    path("", volume.ManyView.as_view(), name="list"),
    path("case/<int:pk>/fee/", volume.FeeView.as_view(), name="fee"),
]


@hooks.register("register_admin_urls")
def volume_urls() -> list[URLPattern | URLResolver]:
    return [path("volume/", include((urlpatterns, "volume")))]


@hooks.register("register_applications_menu_item")
def volume_item() -> MenuItem:
    return OfAnAgency("申请数量", reverse("volume:list"), name="volume", icon_name="clipboard-list", order=60)
