"""The desk as the home of Wagtail's back office: its panel, its look, its menu."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.http import Http404, HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem, SubmenuMenuItem, settings_menu
from wagtail.admin.search import admin_search_areas
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.components import Component

from gongkai.applications.wagtail_hooks import register as register_applications_page
from gongkai.bureau.models import User
from gongkai.bureau.queries import sees_an_agency, visible_agencies
from gongkai.bureau.requests import agency_for
from gongkai.notices.queries import first_unread, unread_count

from .home import NOTICES, home_of
from .roles import may_import
from .views import handling, importing, lists

# Wagtail's pages and what belongs to them: what the site publishes are items of the portal.
WITHOUT_PAGES = {"explorer", "snippets", "forms", "reports"}
SETTINGS_WITHOUT_PAGES = {"workflows", "workflow-tasks", "sites", "collections", "redirects", "api-tokens"}

urlpatterns = [
    path("records/<slug:kind>/", lists.RecordsView.as_view(), name="records"),
    path("records/<slug:kind>/results/", lists.RecordsView.as_view(results_only=True), name="records_results"),
    path("handling/", handling.HandlingView.as_view(), name="handling"),
    path("import/", importing.ImportView.as_view(), name="import"),
    path("import/<slug:kind>/", importing.TemplateDownloadView.as_view(), name="import_template"),
]


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern | URLResolver]:
    return [path("", include((urlpatterns, "desk")))]


@hooks.register("insert_global_admin_css")
def style() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("desk/desk.css"))


# --- The first screen -----------------------------------------------------------------------------


class HomePanel(Component):
    """The whole first screen; what it says is known when it is made, so that a wrong address is a 404."""

    name = "desk"
    template_name = "desk/home.html"
    order = 0

    def __init__(self, request: HttpRequest) -> None:
        self.user = cast("User", request.user)
        self.bodies = list(visible_agencies(self.user).order_by("path"))
        asked = request.GET.get("agency", "")
        if asked and not self.bodies:
            raise Http404
        self.home = home_of(agency_for(request), self.user, asked=asked) if self.bodies else None
        self.may_import = self.home is not None and may_import(self.user, self.home.agency)

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        found = self.home
        return {
            "home": found,
            "agency": found.agency if found else None,
            "bodies": self.bodies,
            "user": self.user,
            "may_import": self.may_import,
            "notices": first_unread(self.user, NOTICES),
            "unread": unread_count(self.user),
        }


@hooks.register("construct_homepage_panels")
def home_panels(request: HttpRequest, panels: list[Component]) -> None:
    panels[:] = [HomePanel(request)]


# --- The menu -------------------------------------------------------------------------------------


class ImportItem(MenuItem):
    """台账导入: for the clerks of the body that the pages open on."""

    def is_shown(self, request: HttpRequest) -> bool:
        user = cast("User", request.user)
        return may_import(user, user.agency) if user.agency else user.is_superuser and sees_an_agency(user)


register_applications_page("办理时间", "desk:handling", "time", 70)


@hooks.register("register_admin_menu_item")
def import_item() -> MenuItem:
    return ImportItem("台账导入", reverse("desk:import"), name="import", icon_name="upload", order=400)


@hooks.register("construct_main_menu")
def main_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    """Only what leads somewhere; the settings without the name and version of Wagtail under them."""
    items[:] = [_plain(item) for item in items if item.name not in WITHOUT_PAGES]


def _plain(item: MenuItem) -> MenuItem:
    if item.name != "settings":
        return item
    return SubmenuMenuItem(item.label, settings_menu, name=item.name, icon_name=item.icon_name, order=item.order)


@hooks.register("construct_settings_menu")
def settings_items(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name not in SETTINGS_WITHOUT_PAGES]


@hooks.register("construct_help_menu")
def help_items(request: HttpRequest, items: list[MenuItem]) -> None:
    """The keyboard shortcuts; what links to the outside is left out."""
    items[:] = [item for item in items if item.name == "keyboard-shortcuts-trigger"]


# Wagtail's search of pages, images, documents and users: there is nothing in the first three to find. The hook
# ``construct_search`` comes too late for the field in the sidebar, which asks this registry; it has no other way out.
admin_search_areas.registered_search_areas = []
