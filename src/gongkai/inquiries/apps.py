from __future__ import annotations

from django.apps import AppConfig


class InquiriesConfig(AppConfig):
    name = "gongkai.inquiries"
    label = "inquiries"
    verbose_name = "群众留言"
