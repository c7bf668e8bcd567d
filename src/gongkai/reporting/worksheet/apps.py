from __future__ import annotations

from django.apps import AppConfig


class WorksheetConfig(AppConfig):
    name = "gongkai.reporting.worksheet"
    label = "worksheet"
    verbose_name = "政府网站工作年度报表"

    def ready(self) -> None:
        """Refuse to start with a field that is bound to a figure that nobody keeps."""
        from .forms import check_bindings

        check_bindings()
