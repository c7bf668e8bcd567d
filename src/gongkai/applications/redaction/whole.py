"""Files that go out whole: Office's properties are taken away; anything else that is kept unseen stops the release."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from gongkai.annual.read import ReadError
from gongkai.annual.read.limits import open_zip, read_member
from gongkai.examination import Attachment, Finding, Severity
from gongkai.examination.attachments import contents
from gongkai.examination.attachments.content import Budget
from gongkai.examination.attachments.kinds import Kind, kind_of
from gongkai.examination.attachments.ooxml import parse
from gongkai.examination.finding import mask
from gongkai.examination.pictures import find_told

_OFFICE = (Kind.DOCX, Kind.XLSX, Kind.PPTX)
_STOPS = frozenset(
    (
        "ATTACHMENT-ARCHIVE",
        "ATTACHMENT-MACRO",
        "ATTACHMENT-OLD",
        "ATTACHMENT-UNREADABLE",
        "DOCUMENT-AUTHOR",
        "IMAGE-AUTHOR",
        "IMAGE-GPS",
        "IMAGE-UNREADABLE",
        "PDF-ANNOTATION",
        "PDF-ATTACHMENT",
    )
)
_OPENED = ("ATTACHMENT-ARCHIVE", Severity.WARN)  # the archive could be looked into
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_OFFICE_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EMPTY = {
    "docProps/core.xml": f'{_HEAD}<coreProperties xmlns="{_PACKAGE}"/>',
    "docProps/app.xml": f'{_HEAD}<Properties xmlns="{_OFFICE_DOCUMENT}/extended-properties"/>',
    "docProps/custom.xml": f'{_HEAD}<Properties xmlns="{_OFFICE_DOCUMENT}/custom-properties"/>',
}
_ROOT = "_rels/.rels"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say


@dataclass(frozen=True, slots=True)
class Whole:
    """``data``: what may go out when ``stops`` is empty. ``removed``: what was taken away, ``stops``: what somebody
    has to take out first; both in words for people, personal data masked."""

    data: bytes
    removed: list[str]
    stops: list[str]


def clean(data: bytes, name: str) -> Whole:
    """The file as it may be given to an applicant whole. Never raises for what the file contains."""
    removed: list[str] = []
    if kind_of(name, data) in _OFFICE:
        try:
            bare = _without_properties(data)
        except ReadError:
            bare = data  # damaged or locked: the examination says so
        if bare != data:
            data = bare
            removed.append("已去掉文档属性（作者、单位、最后修改人等）和缩略图。")
    stops = [_told(each) for each in _found(data, name) if _is_stop(each)]
    return Whole(data, removed, list(dict.fromkeys(stops)))


def refuse_hidden(data: bytes, name: str) -> list[str]:
    """What must be taken out of the file before it may go out whole; empty when nothing stands in the way."""
    return clean(data, name).stops


def _is_stop(found: Finding) -> bool:
    if (found.rule, found.severity) == _OPENED:
        return False
    return found.rule.startswith("HIDDEN-") or found.rule in _STOPS


def _found(data: bytes, name: str) -> Iterator[Finding]:
    for content in contents(Attachment(name, lambda: BytesIO(data), ""), Budget()):
        yield from content.findings
        for picture in content.pictures:
            place = f"{content.place}的图片" if picture.name else content.place
            yield from find_told(place, "", picture.name, picture.data)[0]


def _told(found: Finding) -> str:
    excerpt = f"（{mask(found.excerpt, 1, 0)}）" if found.rule.startswith("HIDDEN-") and found.excerpt else ""
    return f"{found.place}：{found.message}{excerpt}"


def _without_properties(data: bytes) -> bytes:
    """The package with its properties emptied. The parts stay: their types are declared elsewhere. Raises
    ``ReadError``."""
    out = BytesIO()
    with open_zip(data) as archive, ZipFile(out, "w", ZIP_DEFLATED) as bare:
        thumbnail, roots = _root(archive)
        for member in archive.infolist():
            if member.is_dir() or member.filename in thumbnail:
                continue
            if member.filename == _ROOT:
                body = roots
            elif empty := _EMPTY.get(member.filename):
                body = empty.encode()
            else:
                body = read_member(archive, member.filename)
            bare.writestr(ZipInfo(member.filename, _FIRST_DAY), body, ZIP_DEFLATED)
    return out.getvalue()


def _root(archive: ZipFile) -> tuple[set[str], bytes]:
    """The thumbnail's part, and the relations of the package without it."""
    from lxml import etree

    if _ROOT not in archive.namelist():
        return set(), b""
    root = parse(read_member(archive, _ROOT))
    gone = set()
    for relation in list(root):
        if str(relation.get("Type", "")).endswith("/thumbnail"):
            gone.add(str(relation.get("Target", "")).lstrip("/"))
            root.remove(relation)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return gone, written
