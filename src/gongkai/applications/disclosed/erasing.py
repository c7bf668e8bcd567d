"""An entry of the log that never became public is erased with the applicant's data; of others the words are covered."""

from __future__ import annotations

from ..keeping import Cover, OfCase
from ..models import Application
from .models import Disclosed, Status

_WORDS = ("title", "wanted", "answered")
_PASSED = (Status.APPROVED, Status.DRAFTED)  # somebody saw that nothing in it names anybody


def _erase(application: Application, cover: Cover) -> None:
    for entry in Disclosed.objects.filter(application=application):
        for name in _WORDS:
            setattr(entry, name, cover(getattr(entry, name)) if entry.status in _PASSED else "")
        entry.save(update_fields=_WORDS)


RECORD = OfCase("公开目录：没有公开的条目", "清除；审核同意公开的，遮盖其中的个人信息", _erase)
