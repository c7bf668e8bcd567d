"""Archives: what is inside a zip is examined as if it were attached; nobody can look into the others."""

from __future__ import annotations

from zipfile import ZipInfo

from gongkai.annual.read.limits import MAX_XML, open_zip, read_member

from ..finding import Severity
from .content import Content, Embedded, shown_name

MAX_FILES = 100
_UTF8 = 0x800


def read(data: bytes, content: Content) -> None:
    """Put the files inside into ``content``. Raises ``ReadError`` for a damaged, encrypted or oversized archive."""
    with open_zip(data) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) > MAX_FILES:
            message = f"压缩包里有{len(members)}个文件，超过{MAX_FILES}个，没有查看。请解开后分别上传。"
            content.find("ATTACHMENT-ARCHIVE", Severity.BLOCK, message, value=str(len(members)))
            return
        large = [member for member in members if member.file_size > MAX_XML]
        for member in members:
            if member not in large:
                content.files.append(Embedded(member_name(member), read_member(archive, member.filename)))
        for member in large:
            message = "压缩包里的这个文件太大，没有查看。请解开后单独上传。"
            content.find("ATTACHMENT-ARCHIVE", Severity.BLOCK, message, where=f"中的{shown_name(member_name(member))}")
    message = "附件是压缩包，公众在手机上打不开。请解开后分别上传；里面的文件已经逐个查看。"
    content.find("ATTACHMENT-ARCHIVE", Severity.WARN, message)


def member_name(member: ZipInfo) -> str:
    """The name as its maker wrote it: Chinese Windows writes GBK, which the library takes for code page 437."""
    if member.flag_bits & _UTF8:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename
