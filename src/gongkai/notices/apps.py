from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "gongkai.notices"
    label = "notices"
    verbose_name = "提醒"

    def ready(self) -> None:
        """Refuse to start with a schedule in which two jobs share a name."""
        from .schedule import jobs

        jobs()
