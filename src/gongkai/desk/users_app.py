"""Wagtail's management of people, with our form."""

from __future__ import annotations

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    user_viewset = "gongkai.desk.users.UserViewSet"
