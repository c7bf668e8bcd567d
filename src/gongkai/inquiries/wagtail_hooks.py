"""群众留言 in the back office: its pages and its menu."""

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

from .staff import lists, page, pieces, verbs

urlpatterns = [
    path("", lists.InquiriesView.as_view(), name="list"),
    path("results/", lists.InquiriesView.as_view(results_only=True), name="list_results"),
    path("saved/", lists.SaveListView.as_view(), name="list_save"),
    path("saved/<int:pk>/delete/", lists.DeleteListView.as_view(), name="list_delete"),
    path("register/", verbs.RegisterView.as_view(), name="register"),
    path("find/", verbs.FindView.as_view(), name="find"),
    path("write/<slug:kind>/", pieces.ListView.as_view(), name="pieces"),
    path("write/<slug:kind>/new/", pieces.NewView.as_view(), name="piece_new"),
    path("write/<slug:kind>/<int:pk>/", pieces.PieceView.as_view(), name="piece"),
    path("write/<slug:kind>/<int:pk>/do/<slug:deed>/", pieces.DeedView.as_view(), name="piece_deed"),
    path("write/<slug:kind>/<int:pk>/sent/", pieces.GatheredView.as_view(), name="gathered_new"),
    path("write/<slug:kind>/<int:pk>/sent/<int:number>/", pieces.GatheredView.as_view(), name="gathered"),
    path("<int:pk>/", page.CaseView.as_view(), name="case"),
    path("<int:pk>/do/<slug:verb>/", verbs.VerbView.as_view(), name="verb"),
]

May = Callable[[User], bool]


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern | URLResolver]:
    return [path("inquiries/", include((urlpatterns, "inquiries")))]


class Item(MenuItem):
    """An entry for whoever may do something there."""

    def __init__(self, label: str, name: str, icon: str, order: int, may: May, arguments: tuple[str, ...] = ()) -> None:
        self.may = may
        slug = "-".join((name.replace(":", "-").replace("_", "-"), *arguments))
        super().__init__(label, reverse(name, args=arguments), name=slug, icon_name=icon, order=order)

    def is_shown(self, request: HttpRequest) -> bool:
        return self.may(cast("User", request.user))


def _is_clerk(user: User) -> bool:
    return user.agency_id is not None and Role.CLERK in actor_in(user).roles


def _register(label: str, name: str, icon: str, order: int, may: May = sees_an_agency, *arguments: str) -> None:
    hooks.register("register_inquiries_menu_item", lambda: Item(label, name, icon, order, may, arguments))


inquiries_menu = Menu(register_hook_name="register_inquiries_menu_item")


@hooks.register("register_admin_menu_item")
def inquiries_item() -> MenuItem:
    return SubmenuMenuItem("互动交流", inquiries_menu, name="interaction", icon_name="comment", order=110)


_register("群众留言", "inquiries:list", "list-ul", 10)
_register("按留言人查找", "inquiries:find", "search", 20, _is_clerk)
for _order, (_slug, _kind) in enumerate(pieces.KINDS.items()):
    _register(_kind.title, "inquiries:pieces", ("help", "form", "group")[_order], 30 + _order, sees_an_agency, _slug)
