from __future__ import annotations

from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    name = "gongkai.applications.coordination"
    label = "coordination"
    verbose_name = "会商"

    def ready(self) -> None:
        """Refuse to start with a transition table that contradicts itself; tell the page of a case what there is."""
        from .. import keeping
        from ..beside import register
        from .erasing import RECORD
        from .panel import coordinations_of
        from .transitions import check_table

        check_table()
        register(coordinations_of)
        keeping.register(RECORD)
