from __future__ import annotations

from django.apps import AppConfig


class BureauConfig(AppConfig):
    name = "gongkai.bureau"
    label = "bureau"
    verbose_name = "机构与人员"
