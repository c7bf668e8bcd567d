from __future__ import annotations

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class PortalConfig(AppConfig):
    name = "gongkai.portal"
    label = "portal"
    verbose_name = "主动公开"

    def ready(self) -> None:
        """Refuse to start with a transition table that contradicts itself; give SQLite what its gate asks; tell
        Wagtail who may open which editor, and charts which figures there are.
        """
        from . import gate, series
        from .blocks import register_indicators
        from .staff.access import register_policies
        from .transitions import check_table

        check_table()
        register_policies()
        register_indicators(series.indicator_choices, series.series_of)
        connection_created.connect(gate.give_functions, dispatch_uid="portal-gate")
