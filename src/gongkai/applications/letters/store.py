"""The templates of an agency: its own where it has one, else those that come with the program; versions kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from django.db import transaction

from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError, Role, roles_of
from gongkai.law.letters import letters
from gongkai.ledger.services import lock

from ..models import LetterTemplate
from .building import FOLDER
from .checking import check

KEEPERS = frozenset({Role.CLERK, Role.LEADER})


@dataclass(frozen=True, slots=True)
class Template:
    """A template to fill. ``version`` of 0 is the one that comes with the program."""

    code: str
    version: int
    content: bytes
    digest: str


@cache
def built_in(code: str) -> Template:
    """The template that comes with the program."""
    content = (FOLDER / f"{code}.docx").read_bytes()
    return Template(code, 0, content, sha256(content).hexdigest())


def current(agency: Agency, code: str) -> Template:
    """The template in use for new letters."""
    row = LetterTemplate.objects.filter(agency=agency, code=code).order_by("-version").first()
    return built_in(code) if row is None else _of(row)


def of_digest(agency: Agency, code: str, digest: str) -> Template:
    """The template that a letter was drafted with, in use or not. Raises :class:`NotPermittedError` when it is gone."""
    if built_in(code).digest == digest:
        return built_in(code)
    row = LetterTemplate.objects.filter(agency=agency, code=code, digest=digest).order_by("-version").first()
    if row is None:
        raise NotPermittedError("拟稿所用的文书模板已经随软件更新，请重新拟稿后再送审。")
    return _of(row)


def _of(row: LetterTemplate) -> Template:
    content = bytes(row.content)
    return Template(row.code, row.version, content, row.digest) if content else built_in(row.code)


def may_keep(user: User, agency: Agency) -> bool:
    """Whether a user keeps the templates and numbers of an agency."""
    return user.is_superuser or (user.agency_id == agency.pk and bool(KEEPERS & roles_of(user)))


@transaction.atomic
def put(agency: Agency, code: str, content: bytes, note: str = "", *, actor: User | None = None) -> LetterTemplate:
    """Take a template of the agency's own into use. Raises :class:`TemplateRefusedError`."""
    _require(agency, code, actor)
    check(code, content)
    return _add(agency, code, content, note, actor)


@transaction.atomic
def revert(agency: Agency, code: str, version: int, *, actor: User | None = None) -> LetterTemplate:
    """Take an earlier version, or with 0 the one that comes with the program, into use again, as a new version.

    It is checked anew: what the law asks of a letter may have changed since.
    """
    _require(agency, code, actor)
    if version == 0:
        return _add(agency, code, b"", "恢复为内置模板", actor)
    row = LetterTemplate.objects.filter(agency=agency, code=code, version=version).first()
    if row is None:
        raise NotPermittedError(f"没有第 {version} 版模板。")
    content = bytes(row.content)
    if content:
        check(code, content)
    return _add(agency, code, content, f"恢复为第 {version} 版", actor)


def _require(agency: Agency, code: str, actor: User | None) -> None:
    if code not in letters():
        raise NotPermittedError("没有这种文书。")
    if actor is not None and not may_keep(actor, agency):
        raise NotPermittedError("文书模板由本机关的经办人员或者负责人维护。")


def _add(agency: Agency, code: str, content: bytes, note: str, actor: User | None) -> LetterTemplate:
    lock(agency.pk)
    latest = LetterTemplate.objects.filter(agency=agency, code=code).order_by("-version").first()
    return LetterTemplate.objects.create(
        agency=agency,
        code=code,
        version=1 + (latest.version if latest else 0),
        content=content,
        digest=sha256(content).hexdigest() if content else built_in(code).digest,
        note=note.strip()[:100],
        added_by=actor,
    )
