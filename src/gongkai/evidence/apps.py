from __future__ import annotations

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "gongkai.evidence"
    label = "evidence"
    verbose_name = "证据包"

    def ready(self) -> None:
        from . import related

        related.register()
