from __future__ import annotations

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "gongkai.oversight.assessment"
    label = "assessment"
    verbose_name = "网站自评"

    def ready(self) -> None:
        """Refuse to start with an indicator that names a measure that nobody takes."""
        from .measures import check_measures

        check_measures()
