from __future__ import annotations

from django.apps import AppConfig


class VolumeConfig(AppConfig):
    name = "gongkai.applications.volume"
    label = "volume"
    verbose_name = "申请数量"

    def ready(self) -> None:
        """Tell the page of a case when its applicant made many."""
        from ..beside import register
        from .panel import much_of

        register(much_of)
