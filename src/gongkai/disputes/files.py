"""Documents of disputes: read, which is recorded, and those on the disk that belong to nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.files.storage import default_storage

from gongkai.bureau.models import User
from gongkai.ledger.vault import LostFileError, unseal

from .models import Dispute, DisputeFile, FileAccess
from .services import FOLDER

__all__ = ["LostFileError", "read", "record", "sweep"]

_FORGOTTEN = timedelta(days=1)


def read(file: DisputeFile, user: User | None) -> bytes:
    """The content of a document; who read it is recorded. Raises :class:`LostFileError`.

    ``user`` of ``None`` is the system itself.
    """
    content = unseal(file)
    if user is not None:
        FileAccess.objects.create(dispute_id=file.dispute_id, user=user, what=f"{file.label} #{file.pk}")
    return content


def record(dispute: Dispute, user: User, what: str) -> None:
    """Keep on record who took what of a dispute."""
    FileAccess.objects.create(dispute=dispute, user=user, what=what)


def sweep(now: datetime) -> int:
    """Delete files whose transaction never came about; their keys never were. Gives how many."""
    if not default_storage.exists(FOLDER):
        return 0
    swept = 0
    names = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    for start in range(0, len(names), 500):
        block = names[start : start + 500]
        known = set(DisputeFile.objects.filter(path__in=block).values_list("path", flat=True))
        for path in block:
            if path not in known and default_storage.get_modified_time(path) < now - _FORGOTTEN:
                default_storage.delete(path)
                swept += 1
    return swept
