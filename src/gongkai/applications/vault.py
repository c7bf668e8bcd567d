"""Files of applications on disk (:mod:`gongkai.ledger.vault`); who reads one is recorded."""

from __future__ import annotations

from gongkai.bureau.models import User
from gongkai.ledger.vault import LostFileError, erase, put_away, seal, take_out, unseal

from .models import Access, Application, CaseFile, FileKind

__all__ = ["FOLDER", "LostFileError", "erase", "keep", "put_away", "read", "take_out"]

FOLDER = "cases"


def keep(application: Application, content: bytes, name: str, kind: FileKind, user: User | None = None) -> CaseFile:
    """Put a file of an application away, encrypted."""
    return seal(CaseFile, content, name, FOLDER, user, application=application, kind=kind)


def read(file: CaseFile, user: User | None) -> bytes:
    """The content of a file; who read it is recorded. Raises :class:`LostFileError`.

    ``user`` of ``None`` is the system itself: a letter that is printed, a bundle that is verified.
    """
    content = unseal(file)
    if user is not None:
        Access.objects.create(application_id=file.application_id, user=user, what=f"{file.label} #{file.pk}")
    return content
