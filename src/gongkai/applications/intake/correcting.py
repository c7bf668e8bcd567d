"""A correction that the applicant sends over the internet: on file, and the period starts afresh (Article 30)."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from .. import services, vault
from ..models import Application, CaseFile, FileKind
from .papers import Paper, UnusableFileError, checked
from .telling import tell_corrected

LONGEST = 4000


def receive(application: Application, text: str, content: bytes = b"", name: str = "") -> Application:
    """Take in what was written, a file, or both. Raises :class:`UnusableFileError`, :class:`NotPermittedError`."""
    written = text.replace("\x00", "").strip()
    if not written and not content:
        raise UnusableFileError("请写明补正的内容，或者上传文件。")
    if len(written) > LONGEST:
        raise UnusableFileError(f"补正的内容最多 {LONGEST} 字；较长的请作为文件上传。")
    papers = [Paper(written.encode(), "补正内容.txt", FileKind.CORRECTION)] if written else []
    if content or name:
        papers.append(Paper(content, checked(content, name), FileKind.CORRECTION))
    today, kept = timezone.localdate(), list[CaseFile]()
    try:
        with transaction.atomic():
            services.receive_correction(application, today)
            kept.extend(vault.keep(application, each.content, each.name, each.kind) for each in papers)
            tell_corrected(application, today)
    except BaseException:
        for file in kept:
            default_storage.delete(file.path)
        raise
    return application
