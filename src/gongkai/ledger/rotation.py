"""Rotate the keys of personal fields: everything is encrypted again with the first key."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models, transaction

from .fields import BlindIndexField, EncryptedTextField

_CHUNK = 500


def rotate() -> dict[str, int]:
    """Encrypt every personal field again with the first key and renew its blind indexes; rows by model.

    Works while the system runs: each 500 rows are one transaction, and a row that is half way there is read by
    whichever key wrote it. Raises :class:`~gongkai.ledger.fields.UnreadableError` when a key is missing.
    """
    done: dict[str, int] = {}
    for model in apps.get_models():
        names = [field.name for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]
        if names:
            done[str(model._meta.verbose_name)] = _rotate_model(model, names)
    return done


def _rotate_model(model: type[models.Model], names: list[str]) -> int:
    manager: Any = model._base_manager
    indexes = [field for field in model._meta.concrete_fields if isinstance(field, BlindIndexField)]
    last, count = 0, 0
    while True:
        with transaction.atomic():
            rows = list(manager.select_for_update().filter(pk__gt=last).order_by("pk")[:_CHUNK])
            if not rows:
                return count
            for row in rows:
                for index in indexes:
                    index.pre_save(row, add=False)
            manager.bulk_update(rows, [*names, *(index.name for index in indexes)])
        last, count = rows[-1].pk, count + len(rows)
