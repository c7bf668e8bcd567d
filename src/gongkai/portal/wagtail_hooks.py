"""信息发布 in the back office: its menu, its pages, and the libraries behind a door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.snippets.models import register_snippet

from gongkai.bureau.models import User
from gongkai.bureau.queries import sees_an_agency

from .duties import wagtail_hooks as _duties  # noqa: F401
from .staff import media, wordbook
from .staff.keeping import may_keep
from .staff.tasks import TasksView
from .validity import wagtail_hooks as _validity  # noqa: F401
from .viewsets import VIEWSETS, ItemViewSet

register_snippet(ItemViewSet)

urlpatterns = [
    path("", TasksView.as_view(), name="tasks"),
    path("words-upload/", wordbook.UploadView.as_view(), name="words_upload"),
    path("words-starter/", wordbook.StarterView.as_view(), name="words_starter"),
]


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern | URLResolver]:
    return [path("portal/", include((urlpatterns, "portal_staff")))]


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    return list(VIEWSETS)


@hooks.register("insert_global_admin_css")
def style() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("portal/staff.css"))


@hooks.register("before_serve_document")
def guard_document(document: Any, request: HttpRequest) -> None:
    media.guard_document(document, request)


# --- The menu: other parts of the portal add theirs by the hook ``register_publishing_menu_item`` -----


def _reads(user: User) -> bool:
    return sees_an_agency(user)


class _Item(MenuItem):
    """An entry for whoever may do something there."""

    def __init__(self, *args: Any, may: Callable[[User], bool] = _reads, **kwargs: Any) -> None:
        self.may = may
        super().__init__(*args, **kwargs)

    def is_shown(self, request: HttpRequest) -> bool:
        return self.may(cast("User", request.user))


def _of_an_agency(user: User) -> bool:
    return user.agency_id is not None


publishing_menu = Menu(register_hook_name="register_publishing_menu_item")


@hooks.register("register_admin_menu_item")
def publishing_item() -> MenuItem:
    return SubmenuMenuItem("信息发布", publishing_menu, name="publishing", icon_name="globe", order=60)


def _register(label: str, name: str, icon: str, order: int, may: Callable[[User], bool] = _reads) -> None:
    def item() -> MenuItem:
        slug = name.replace(":", "-").replace("_", "-")
        return _Item(label, reverse(name), name=slug, icon_name=icon, order=order, may=may)

    hooks.register("register_publishing_menu_item", item)


_register("我的任务", "portal_staff:tasks", "tasks", 10, _of_an_agency)
_register("全部信息", "portal_items:list", "doc-full", 20)
_register("栏目", "portal_columns:index", "list-ul", 30)
_register("统计指标", "portal_indicators:index", "table", 60, may_keep)
_register("发布日程", "portal_plans:index", "calendar", 70, may_keep)
_register("词表", "portal_words:index", "tag", 80, may_keep)
