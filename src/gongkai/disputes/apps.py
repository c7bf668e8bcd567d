from __future__ import annotations

from django.apps import AppConfig


class DisputesConfig(AppConfig):
    name = "gongkai.disputes"
    label = "disputes"
    verbose_name = "复议诉讼"

    def ready(self) -> None:
        """Refuse to start with a transition table that contradicts itself."""
        from .transitions import check_table

        check_table()
