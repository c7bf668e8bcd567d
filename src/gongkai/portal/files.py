"""Files that editions name, kept under the digest of their content."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from .models import StoredFile

FOLDER = "published"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as an edition names it."""

    digest: str
    size: int
    media_type: str


def keep(content: bytes, name: str, *, store: bool = True) -> Kept:
    """Keep a file under its digest, once; with ``store`` false only say what it would be kept as.

    Safe to repeat and to race: the same content has the same place.
    """
    digest = sha256(content).hexdigest()
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    kept = Kept(digest, len(content), media_type)
    if store and not StoredFile.objects.filter(pk=digest).exists():
        place = f"{FOLDER}/{digest[:2]}/{digest}{PurePath(name).suffix.lower()[:10]}"
        if not default_storage.exists(place):
            place = default_storage.save(place, ContentFile(content))
        StoredFile.objects.bulk_create(
            [StoredFile(digest=digest, path=place, size=len(content), media_type=media_type)], ignore_conflicts=True
        )
    return kept


class AlteredFileError(OSError):
    """A stored file is not what its digest says."""


def open_kept(stored: StoredFile) -> File[bytes]:
    """The file, opened to be read, without a look at what it says. Raises ``OSError`` when it is gone."""
    return default_storage.open(stored.path, "rb")


def read_kept(digest: str) -> bytes:
    """The content of a kept file, held against its digest.

    Raises ``StoredFile.DoesNotExist``, ``OSError`` when it is gone, :class:`AlteredFileError` when it was changed.
    """
    stored = StoredFile.objects.get(pk=digest)
    with open_kept(stored) as file:
        content = file.read()
    if sha256(content).hexdigest() != digest:
        raise AlteredFileError(f"{stored.path} 的内容与摘要不符")
    return content
