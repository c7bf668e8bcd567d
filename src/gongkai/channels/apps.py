from __future__ import annotations

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "gongkai.channels"
    label = "channels"
    verbose_name = "公开渠道"

    def ready(self) -> None:
        """Refuse to start with a transition table that contradicts itself."""
        from .transitions import check_table

        check_table()
