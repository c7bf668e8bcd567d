from __future__ import annotations

from django.apps import AppConfig


class CorrectionsConfig(AppConfig):
    name = "gongkai.applications.corrections"
    label = "corrections"
    verbose_name = "更正"

    def ready(self) -> None:
        """Refuse to start with a transition table that contradicts itself; say what is erased on the schedule."""
        from .. import keeping
        from .erasing import RECORD
        from .transitions import check_table

        check_table()
        keeping.register(RECORD)
