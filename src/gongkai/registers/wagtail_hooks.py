"""第二十条各项 in the back office: addresses and menu."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem, SubmenuMenuItem

from .staff import entries, lists
from .staff.kinds import REGISTERS, Register
from .staff.menu import OfAnAgency, registers_menu


def _addresses(register: Register) -> Iterator[URLPattern]:
    code, of = register.code, {"register": register}
    yield path(f"{code}/", lists.ListView.as_view(**of), name=code)
    yield path(f"{code}/results/", lists.ListView.as_view(results_only=True, **of), name=f"{code}_results")
    yield path(f"{code}/review/", lists.ReviewView.as_view(**of), name=f"{code}_review")
    yield path(f"{code}/new/", entries.NewView.as_view(**of), name=f"{code}_new")
    yield path(f"{code}/<int:pk>/", entries.EntryView.as_view(**of), name=f"{code}_entry")
    yield path(f"{code}/<int:pk>/edit/", entries.EditView.as_view(**of), name=f"{code}_edit")


urlpatterns = [
    *(address for register in REGISTERS.values() for address in _addresses(register)),
    path("decisions/<int:pk>/do/<slug:verb>/", entries.VerbView.as_view(), name="decisions_verb"),
    path("tables/", lists.TablesView.as_view(), name="tables"),
]


@hooks.register("register_admin_urls")
def registers_urls() -> list[URLPattern | URLResolver]:
    return [path("registers/", include((urlpatterns, "registers")))]


@hooks.register("register_admin_menu_item")
def registers_item() -> MenuItem:
    return SubmenuMenuItem("法定公开台账", registers_menu, name="registers", icon_name="list-ul", order=108)


def _entry(label: str, name: str, icon: str, order: int) -> None:
    """Put a page into the menu of this room."""

    def make() -> MenuItem:
        return OfAnAgency(label, reverse(f"registers:{name}"), name=f"registers-{name}", icon_name=icon, order=order)

    hooks.register("register_registers_menu_item", make)


for _place, _register in enumerate(REGISTERS.values(), 1):
    _entry(_register.title, _register.code, _register.icon, _place * 10)
_entry("表二和跨年核对", "tables", "table", 50)
