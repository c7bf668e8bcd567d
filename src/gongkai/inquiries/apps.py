from __future__ import annotations

from django.apps import AppConfig


class InquiriesConfig(AppConfig):
    name = "gongkai.inquiries"
    label = "inquiries"
    verbose_name = "群众留言"

    def ready(self) -> None:
        """Refuse to start with a transition table that contradicts itself."""
        from .reviewed.transitions import check_table as check_reviewed
        from .transitions import check_table

        check_table()
        check_reviewed()
