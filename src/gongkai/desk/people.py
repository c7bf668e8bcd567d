"""工作人员 in the settings: Wagtail's user pages with what our users have beside it. Loaded before any model."""

from __future__ import annotations

from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's own app of users, with our pages."""

    user_viewset = "gongkai.desk.views.people.PeopleViewSet"
