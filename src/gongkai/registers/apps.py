from __future__ import annotations

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "gongkai.registers"
    label = "registers"
    verbose_name = "第二十条各项"

    def ready(self) -> None:
        """Refuse to start with a transition table that contradicts itself."""
        from .transitions import check_table

        check_table()
