"""Rotate the keys of personal fields: everything is encrypted again with the first key."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models.functions import Cast

from .fields import BlindIndexField, EncryptedTextField, keyring

_CHUNK = 500


def rotate() -> dict[str, int]:
    """Encrypt every personal field again with the first key and renew its blind indexes; rows by model.

    Works while the system runs: each 500 rows are one transaction, and a row that is half way there is read by
    whichever key wrote it. Raises :class:`~gongkai.ledger.fields.UnreadableError` when a key is missing.
    """
    return {str(model._meta.verbose_name): _rotate_model(model, names) for model, names in _personal()}


def closed() -> list[str]:
    """Kinds of records whose oldest or newest personal value was encrypted with a key that is not there.

    One or two rows a column are looked at, however many there are. Raises ``django.db.DatabaseError``.
    """
    known = keyring().ciphers
    found = []
    for model, names in _personal():
        manager: Any = model._base_manager
        for name in names:
            # Cast, so that the token is read as it stands instead of being opened.
            tokens = (
                manager.exclude(**{name: ""}).annotate(_sealed=Cast(name, models.TextField())).values_list("_sealed")
            )
            ends = [end for order in ("pk", "-pk") if (end := tokens.order_by(order).first()) is not None]
            if any(token and token.partition(".")[0] not in known for (token,) in ends):
                found.append(str(model._meta.verbose_name))
                break
    return found


def _personal() -> list[tuple[type[models.Model], list[str]]]:
    """The models that hold personal data, each with its encrypted columns."""
    columns = {
        model: [field.name for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]
        for model in apps.get_models()
    }
    return [(model, names) for model, names in columns.items() if names]


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
