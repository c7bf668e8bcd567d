from __future__ import annotations

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "gongkai.reporting"
    label = "reporting"
    verbose_name = "年度报告"

    def ready(self) -> None:
        """Refuse to start with a cell that is not bound to a figure, or bound to one that does not exist."""
        from .bindings import check_bindings

        check_bindings()
