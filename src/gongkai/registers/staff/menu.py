"""The menu of this room. Its parts add their entries by the hook ``register_registers_menu_item``."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from wagtail.admin.menu import Menu, MenuItem

from gongkai.bureau.models import User

registers_menu = Menu(register_hook_name="register_registers_menu_item")


class OfAnAgency(MenuItem):
    """For whoever works in an agency; asks the database nothing, being part of every page."""

    def is_shown(self, request: HttpRequest) -> bool:
        return cast("User", request.user).agency_id is not None
