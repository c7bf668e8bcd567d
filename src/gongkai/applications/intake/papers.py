"""Files that come with an application: what is taken, and what waits while the form comes back."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath

from cryptography.exceptions import InvalidTag
from django.core import signing
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from .. import vault
from ..models import CaseFile, FileKind, HeldFile

logger = logging.getLogger(__name__)

FOLDER = "held"
HELD_FOR = timedelta(hours=1)
LARGEST = 10_000_000  # bytes of a file
OWN = 48  # characters of a digest that tell forms apart; what follows them names a field
_LONGEST_NAME = 120
_SALT = "gongkai.applications.held"
_FORGOTTEN = timedelta(days=1)
# How the files that can be read at the counter begin, whatever they are called.
_BEGINNINGS = {
    ".pdf": (b"%PDF-",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
}
ENDINGS = tuple(_BEGINNINGS)
ACCEPTED = ",".join(ENDINGS)


class UnusableFileError(ValueError):
    """A file that is not taken; the message says why and what to do, in Chinese."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file on its way to the file of a case."""

    content: bytes
    name: str
    kind: FileKind


def checked(content: bytes, name: str) -> str:
    """The name to keep a file under. Raises :class:`UnusableFileError`."""
    plain = PurePath(name.replace("\\", "/").replace("\x00", "")).name
    ending = PurePath(plain).suffix.lower()
    if ending not in _BEGINNINGS:
        raise UnusableFileError("请上传 PDF、JPG 或者 PNG 文件；手机拍照即可。")
    if not content:
        raise UnusableFileError("这个文件是空的，请重新选择。")
    if len(content) > LARGEST:
        raise UnusableFileError(f"文件超过 {LARGEST // 1_000_000} MB，请缩小后再上传。")
    if not content.startswith(_BEGINNINGS[ending]):
        raise UnusableFileError("文件内容与扩展名不符，打不开；请重新拍照、扫描或者另存后再上传。")
    return plain[-_LONGEST_NAME:]


# --- Between two steps of a form ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Held:
    """A file that waits: ``token`` goes into the form."""

    token: str
    name: str
    size: int
    record: HeldFile


def hold(content: bytes, name: str, form: str) -> Held:
    """Keep a file for the form of that digest; what waited for it before goes. Raises :class:`UnusableFileError`."""
    plain = checked(content, name)
    forget(HeldFile.objects.filter(token_digest=form))
    key, path = vault.put_away(content, FOLDER)
    try:
        record = HeldFile.objects.create(token_digest=form, name=plain, key=key, path=path, size=len(content))
    except BaseException:
        default_storage.delete(path)
        raise
    return _held(record)


def find(token: str, form: str) -> Held | None:
    """What waits for the form; ``None`` when the hour is over or it is not the form's."""
    try:
        number = int(signing.Signer(salt=_SALT).unsign_object(token)["held"])
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return None
    waiting = HeldFile.objects.filter(pk=number, token_digest=form, created_at__gt=timezone.now() - HELD_FOR)
    record = waiting.first()
    return None if record is None else _held(record)


def content_of(held: Held, kind: FileKind) -> Paper:
    """The file itself. Raises :class:`UnusableFileError` when it cannot be read any more."""
    try:
        return Paper(vault.take_out(held.record.key, held.record.path), held.name, kind)
    except (OSError, InvalidTag, ValueError) as error:
        raise UnusableFileError("暂存的文件打不开了，请重新选择。") from error


def _held(record: HeldFile) -> Held:
    token = signing.Signer(salt=_SALT).sign_object({"held": record.pk})
    return Held(token, record.name, record.size, record)


def forget(files: QuerySet[HeldFile]) -> int:
    """Take files that waited off the records at once, and off the disk when that is certain. Gives how many."""
    found = list(files)
    HeldFile.objects.filter(pk__in=[each.pk for each in found]).delete()
    paths = [each.path for each in found]

    def delete() -> None:
        for path in paths:
            default_storage.delete(path)

    transaction.on_commit(delete)
    return len(found)


def forget_form(form: str) -> int:
    """Forget everything that waited for the form of that digest, under whatever field."""
    return forget(HeldFile.objects.filter(token_digest__startswith=form[:OWN]))


def purge(now: datetime) -> int:
    """Forget what has waited for longer than an hour."""
    return forget(HeldFile.objects.filter(created_at__lte=now - HELD_FOR))


def sweep(now: datetime) -> int:
    """Delete files that belong to nothing: their process was killed between the disk and the database. Without a
    key, which is in the database, they say nothing; they only take room. Gives how many."""
    swept = 0
    for folder, model in ((vault.FOLDER, CaseFile), (FOLDER, HeldFile)):
        if not default_storage.exists(folder):
            continue
        names = [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
        for start in range(0, len(names), 500):
            block = names[start : start + 500]
            known = set(model.objects.filter(path__in=block).values_list("path", flat=True))
            for path in block:
                if path not in known and default_storage.get_modified_time(path) < now - _FORGOTTEN:
                    default_storage.delete(path)
                    swept += 1
    if swept:
        logger.info("%d files of no case were swept", swept)
    return swept
