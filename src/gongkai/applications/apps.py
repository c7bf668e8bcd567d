from __future__ import annotations

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "gongkai.applications"
    label = "applications"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        """Refuse to start with a transition table that contradicts itself; say what pages of cases show."""
        from .beside import register
        from .staff.arrival_panel import alike_of, arrival_of
        from .transitions import check_table

        check_table()
        register(arrival_of)
        register(alike_of)
