from __future__ import annotations

from django.apps import AppConfig


class DisclosedConfig(AppConfig):
    name = "gongkai.applications.disclosed"
    label = "disclosed"
    verbose_name = "依申请公开目录"

    def ready(self) -> None:
        """Refuse to start with a transition table that contradicts itself; tell the page of a case what there is."""
        from .. import keeping
        from ..beside import register
        from .erasing import RECORD
        from .panel import entry_of
        from .transitions import check_table

        check_table()
        register(entry_of)
        keeping.register(RECORD)
