from __future__ import annotations

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "gongkai.reporting"
    label = "reporting"
    verbose_name = "年度报告"

    def ready(self) -> None:
        """Refuse to start with a cell that is not bound to a figure, or bound to one that does not exist.

        The registers show table 二 as the report counts it, and hold it against the report of the year before.
        """
        from gongkai.bureau.figures import Scope
        from gongkai.registers import tables

        from .bindings import check_bindings
        from .cells import compute
        from .queries import last_years

        check_bindings()
        tables.register(lambda agency, year, form: compute(agency, Scope.of(agency, year), form), last_years)
