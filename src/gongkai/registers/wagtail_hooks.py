"""第二十条各项 in the back office: its menu."""

from __future__ import annotations

from wagtail import hooks
from wagtail.admin.menu import MenuItem, SubmenuMenuItem

from .staff.menu import registers_menu


@hooks.register("register_admin_menu_item")
def registers_item() -> MenuItem:
    return SubmenuMenuItem("法定公开台账", registers_menu, name="registers", icon_name="list-ul", order=108)
