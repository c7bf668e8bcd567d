"""提醒 in the back office: the bell, the list, what one chooses; the background work for the administrator."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from gongkai.bureau.models import User

from .queries import unread_count
from .views import jobs, notices

urlpatterns = [
    path("", notices.NoticesView.as_view(), name="list"),
    path("results/", notices.NoticesView.as_view(results_only=True), name="list_results"),
    path("read/", notices.read_view, name="read"),
    path("settings/", notices.SettingsView.as_view(), name="settings"),
    path("jobs/", jobs.JobsView.as_view(), name="jobs"),
    path("<uuid:pk>/", notices.open_view, name="open"),
]


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern | URLResolver]:
    return [path("notices/", include((urlpatterns, "notices")))]


@hooks.register("register_icons")
def icons(known: list[str]) -> list[str]:
    return [*known, "notices/icons/bell.svg"]


class Bell(MenuItem):
    """The bell with how many notices one has not read; one query a page."""

    def render_component(self, request: HttpRequest) -> Any:
        unread = unread_count(cast("User", request.user))
        label = f"{self.label}（{unread}）" if unread else self.label
        return LinkMenuItem(
            self.name, label, self.url, icon_name=self.icon_name, classname=self.classname, attrs=self.attrs
        )


@hooks.register("register_admin_menu_item")
def bell() -> MenuItem:
    return Bell("提醒", reverse("notices:list"), name="notices", icon_name="bell", order=50)


class JobsItem(MenuItem):
    """后台任务: for the administrator of the installation."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(cast("User", request.user).is_superuser)


@hooks.register("register_settings_menu_item")
def jobs_item() -> MenuItem:
    return JobsItem("后台任务", reverse("notices:jobs"), name="background", icon_name="tasks", order=900)
