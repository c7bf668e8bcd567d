"""Attachments: what kind of file each is, and everything in it for the rules to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gongkai.annual.read.encoding import decode_raw

from ..finding import Severity
from ..subject import Attachment
from . import archive, docx, ofd, pdf, slides, xlsx
from .content import Budget, Content, Embedded, ReadError, shown_name
from .kinds import Kind, kind_of

__all__ = ["Content", "contents"]

MAX_BYTES = 100_000_000
_READERS: dict[Kind, Callable[[bytes, Content], None]] = {
    Kind.DOCX: docx.read,
    Kind.XLSX: xlsx.read,
    Kind.PPTX: slides.read,
    Kind.OFD: ofd.read,
    Kind.PDF: pdf.read,
    Kind.XLS: pdf.read_xls,
    Kind.ZIP: archive.read,
}
_UNREADABLE = {
    Kind.DOC: "旧格式的 Word 文件（.doc、.wps）没有办法自动查看。请另存为 docx 或者 PDF 后重新上传。",
    Kind.ENCRYPTED: "文件有密码，没有查看。请去除密码后重新上传。",
    Kind.ODF: "ODF 文件没有办法自动查看。请另存为 docx、xlsx 或者 PDF 后重新上传。",
    Kind.RTF: "RTF 文件没有办法自动查看。请另存为 docx 或者 PDF 后重新上传。",
    Kind.EMPTY: "文件是空的。请重新上传。",
    Kind.UNKNOWN: "不认识这种文件，没有办法自动查看。请换成 docx、xlsx、PDF、OFD、图片或者纯文本后重新上传。",
}
_PARAGRAPHS = 5_000  # characters of plain text taken together at most


def contents(attachment: Attachment, budget: Budget) -> Iterator[Content]:
    """What is in the attachment and, one by one, in the files inside it. A file that cannot be opened is a finding,
    never an error: nobody could look into it, so it must not go out unseen."""
    place = f"附件《{shown_name(attachment.name)}》"
    try:
        with attachment.open() as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError:
        content = Content(place)
        content.find("ATTACHMENT-UNREADABLE", Severity.BLOCK, "文件不在服务器上或者读不出来。请重新上传。")
        yield content
        return
    yield from _contents(Embedded(attachment.name, data), place, budget, 0)


def _contents(file: Embedded, place: str, budget: Budget, depth: int) -> Iterator[Content]:
    content = Content(place)
    content.say(file.name, "的文件名")
    try:
        budget.spend(file.data, depth)
        _read(file, content)
    except ReadError as error:
        content.find("ATTACHMENT-UNREADABLE", Severity.BLOCK, f"没有查看内容：{error}")
    yield content
    for inside in content.files:
        yield from _contents(inside, f"{place}中的《{shown_name(inside.name)}》"[:120], budget, depth + 1)


def _read(file: Embedded, content: Content) -> None:
    if len(file.data) > MAX_BYTES:
        raise ReadError(f"文件超过{MAX_BYTES // 1_000_000}兆字节；请拆成几个文件。")
    kind = kind_of(file.name, file.data)
    if reader := _READERS.get(kind):
        reader(file.data, content)
    elif kind is Kind.IMAGE:
        content.pictures.append(Embedded("", file.data))
    elif kind is Kind.TEXT:
        _read_text(file.data, content)
    elif kind is Kind.RECORDING:
        message = "录音、录像没有办法自动查看。请人工从头到尾看一遍、听一遍。"
        content.find("ATTACHMENT-RECORDING", Severity.WARN, message)
    elif kind is Kind.ARCHIVE:
        message = "这种压缩包打不开，里面的文件没有查看。请解开后分别上传，或者改用 zip。"
        content.find("ATTACHMENT-ARCHIVE", Severity.BLOCK, message)
    else:
        content.find("ATTACHMENT-UNREADABLE", Severity.BLOCK, _UNREADABLE[kind])


def _read_text(data: bytes, content: Content) -> None:
    for number, line in enumerate(decode_raw(data).splitlines(), 1):
        for start in range(0, len(line), _PARAGRAPHS):
            # Overlapping, so that nothing is cut in two.
            content.say(line[max(0, start - 40) : start + _PARAGRAPHS].replace(",", "\t"), f"第{number}行")
