"""依申请公开 in the back office: its pages and its menu.

Other parts of this room add theirs to the menu by the hook ``register_applications_menu_item``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from gongkai.bureau.models import User
from gongkai.bureau.queries import sees_an_agency
from gongkai.bureau.roles import Role, actor_in

from .letters.staff.urls import urlpatterns as letter_urls
from .staff.urls import urlpatterns

May = Callable[[User], bool]


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern | URLResolver]:
    return [
        path("applications/", include((urlpatterns, "applications"))),
        path("applications/letters/", include((letter_urls, "letters"))),
    ]


class Item(MenuItem):
    """An entry for whoever may do something there."""

    def __init__(self, label: str, name: str, icon: str, order: int, may: May) -> None:
        self.may = may
        slug = name.replace(":", "-").replace("_", "-")
        super().__init__(label, reverse(name), name=slug, icon_name=icon, order=order)

    def is_shown(self, request: HttpRequest) -> bool:
        return self.may(cast("User", request.user))


def reads(user: User) -> bool:
    """Whoever may see an agency's records."""
    return sees_an_agency(user)


def with_role(*roles: Role) -> May:
    """Whoever has one of these roles in an agency."""

    def may(user: User) -> bool:
        return user.agency_id is not None and bool(actor_in(user).roles & set(roles))

    return may


applications_menu = Menu(register_hook_name="register_applications_menu_item")


@hooks.register("register_admin_menu_item")
def applications_item() -> MenuItem:
    return SubmenuMenuItem("依申请公开", applications_menu, name="applications", icon_name="form", order=100)


def register(label: str, name: str, icon: str, order: int, may: May = reads) -> None:
    """Put a page (by the name of its address) into the menu of this room."""
    hooks.register("register_applications_menu_item", lambda: Item(label, name, icon, order, may))


register("登记申请", "applications:register", "plus", 5, with_role(Role.CLERK))
register("全部申请", "applications:list", "list-ul", 10)
register("按申请人查找", "applications:find", "search", 20, with_role(Role.CLERK, Role.LEADER))
register("导入其他平台的申请", "applications:register_external", "download", 30, with_role(Role.CLERK))
register("文书模板", "letters:templates", "doc-full", 60)
register("文号", "letters:numbers", "order", 70)
register("查阅记录", "applications:accesses", "view", 80, with_role(Role.SECURITY_OFFICER, Role.LEADER))
register("保存期限", "applications:retention", "history", 90, with_role(Role.SECURITY_OFFICER))
