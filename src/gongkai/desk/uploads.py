"""A ledger between its preview and its confirmation: kept encrypted, for its uploader alone, for an hour.

A ledger names applicants, so nothing of it lies readable on the disk once the request that brought it has ended.
"""

from __future__ import annotations

import base64
import json
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from django.conf import settings

from gongkai.bureau.models import Agency, User
from gongkai.ledger.fields import UnreadableError, keyring

SECONDS = 60 * 60
_TOKEN = re.compile(r"[\w-]{16,64}")


class ExpiredError(LookupError):
    """The upload is gone, was used, or is somebody else's."""

    def __init__(self) -> None:
        super().__init__("上传的台账已经登记过或者超过一小时，请重新上传。")


@dataclass(frozen=True, slots=True)
class Upload:
    """A workbook with the kind of ledger that it is."""

    kind: str
    name: str
    content: bytes

    @contextmanager
    def as_file(self) -> Iterator[Path]:
        """The workbook as a file under its own name, readable by this process' user, while it is read."""
        with TemporaryDirectory(prefix="gongkai-") as folder:
            path = Path(folder) / (PurePath(self.name.replace("\\", "/")).name or "台账.xlsx")
            path.write_bytes(self.content)
            yield path


def keep(upload: Upload, user: User, agency: Agency) -> str:
    """Keep an upload; returns the token that gives it back to the same user for the same body."""
    folder = _folder()
    _forget_old(folder)
    token = secrets.token_urlsafe(24)
    told = {"kind": upload.kind, "name": upload.name, "content": base64.b64encode(upload.content).decode()}
    path = folder / token
    path.touch(mode=0o600)
    path.write_text(keyring().encrypt(json.dumps(told), _context(user, agency)))
    return token


def take(token: str, user: User, agency: Agency) -> Upload:
    """Give an upload back, once. Raises :class:`ExpiredError`."""
    path = _folder() / token
    if not _TOKEN.fullmatch(token) or not path.is_file() or path.stat().st_mtime < time.time() - SECONDS:
        raise ExpiredError
    try:
        told = json.loads(keyring().decrypt(path.read_text(), _context(user, agency)))
    except UnreadableError as error:
        raise ExpiredError from error
    path.unlink(missing_ok=True)
    return Upload(told["kind"], told["name"], base64.b64decode(told["content"]))


def _context(user: User, agency: Agency) -> bytes:
    """What the token is bound to: it opens for nobody else."""
    return f"desk.upload:{user.pk}:{agency.pk}".encode()


def _folder() -> Path:
    folder = Path(settings.HOME) / "uploads"
    folder.mkdir(mode=0o700, exist_ok=True, parents=True)
    return folder


def _forget_old(folder: Path) -> None:
    for path in folder.iterdir():
        if path.stat().st_mtime < time.time() - SECONDS:
            path.unlink(missing_ok=True)
