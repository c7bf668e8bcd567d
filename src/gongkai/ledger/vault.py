"""Files on disk: encrypted each with a key of its own, so that one can be erased for good."""

from __future__ import annotations

import mimetypes
import os
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import Any, TypeVar
from uuid import uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from gongkai.bureau.models import User

from .sealed import SealedFile

File = TypeVar("File", bound=SealedFile)
_NONCE = 12


class LostFileError(OSError):
    """A file cannot be read: it was erased, is gone, or is not what was put in. The message is Chinese."""


def put_away(content: bytes, folder: str) -> tuple[str, str]:
    """Encrypt some content with a new key and put it on the disk: the key, and where it is."""
    key, nonce = AESGCM.generate_key(256), os.urandom(_NONCE)
    sealed = nonce + AESGCM(key).encrypt(nonce, content, None)
    return b64encode(key).decode(), default_storage.save(f"{folder}/{uuid4().hex}", ContentFile(sealed))


def take_out(key: str, path: str) -> bytes:
    """The content again. Raises ``OSError``, or ``InvalidTag`` or ``ValueError`` when it was altered."""
    with default_storage.open(path, "rb") as stored:
        sealed = stored.read()
    return AESGCM(b64decode(key)).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)


def seal(model: type[File], content: bytes, name: str, folder: str, user: User | None, **columns: Any) -> File:
    """Put a file away, encrypted. When its row cannot be made it is taken off the disk again."""
    key, path = put_away(content, folder)
    manager: Any = model._default_manager
    try:
        made: File = manager.create(
            name=name,
            key=key,
            path=path,
            digest=sha256(content).hexdigest(),
            size=len(content),
            media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
            added_by=user,
            **columns,
        )
    except BaseException:
        default_storage.delete(path)
        raise
    return made


def unseal(file: SealedFile) -> bytes:
    """The content of a file, as it was put away. Raises :class:`LostFileError`."""
    if file.erased_at is not None:
        raise LostFileError(f"{file.label}已按保存期限清除。")
    try:
        content = take_out(file.key, file.path)
    except OSError as error:
        raise LostFileError(f"{file.label}不在服务器上，请从备份恢复。") from error
    except (InvalidTag, ValueError) as error:
        raise LostFileError(f"{file.label}已被改动，不能打开，请从备份恢复。") from error
    if sha256(content).hexdigest() != file.digest:
        raise LostFileError(f"{file.label}与存入时不同，请从备份恢复。")
    return content


def erase(file: SealedFile) -> None:
    """Erase a file for good: without its key what is left on disks and in backups says nothing."""
    file.key, file.name, file.erased_at = "", "", timezone.now()
    file.save(update_fields=["key", "name", "erased_at"])
    path = file.path
    transaction.on_commit(lambda: default_storage.delete(path))
