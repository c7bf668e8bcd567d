from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


def _lend_functions(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """The triggers that keep the index on SQLite cut text into tokens by our own function."""
    if connection.vendor == "sqlite":
        from .analyse import tokens

        connection.connection.create_function("portal_search_tokens", 3, tokens, deterministic=True)


class SearchConfig(AppConfig):
    name = "gongkai.portal.search"
    label = "portal_search"
    verbose_name = "全文检索"

    def ready(self) -> None:
        connection_created.connect(_lend_functions, dispatch_uid="portal_search.functions")
