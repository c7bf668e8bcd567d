from __future__ import annotations

from django.apps import AppConfig


class CreditConfig(AppConfig):
    name = "gongkai.registers.credit"
    label = "credit"
    verbose_name = "统计信用公示"

    def ready(self) -> None:
        """Refuse to start with a transition table that contradicts itself."""
        from .transitions import check_table

        check_table()
