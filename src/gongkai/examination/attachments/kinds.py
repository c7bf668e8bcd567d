"""What a file is, by its first bytes; by its name only where those say nothing."""

from __future__ import annotations

from enum import Enum, auto
from io import BytesIO
from zipfile import BadZipFile, ZipFile


class Kind(Enum):
    """What decides how a file is read."""

    DOCX = auto()
    XLSX = auto()
    PPTX = auto()
    OFD = auto()
    PDF = auto()
    XLS = auto()
    ZIP = auto()
    IMAGE = auto()
    TEXT = auto()
    RECORDING = auto()
    ARCHIVE = auto()
    DOC = auto()
    ENCRYPTED = auto()
    ODF = auto()
    RTF = auto()
    EMPTY = auto()
    UNKNOWN = auto()


_STARTS: tuple[tuple[bytes, Kind], ...] = (
    (b"{\\rtf", Kind.RTF),
    (b"Rar!", Kind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Kind.ARCHIVE),
    (b"\x1f\x8b", Kind.ARCHIVE),
    (b"BZh", Kind.ARCHIVE),
    (b"\xfd7zXZ", Kind.ARCHIVE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"\x89PNG", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"BM", Kind.IMAGE),
    (b"II*\x00", Kind.IMAGE),
    (b"MM\x00*", Kind.IMAGE),
    (b"ID3", Kind.RECORDING),
    (b"\xff\xfb", Kind.RECORDING),
    (b"OggS", Kind.RECORDING),
    (b"FLV", Kind.RECORDING),
    (b"\x1aE\xdf\xa3", Kind.RECORDING),
)
_PARTS = (
    ("word/document.xml", Kind.DOCX),
    ("xl/workbook.xml", Kind.XLSX),
    ("xl/workbook.bin", Kind.XLS),
    ("ppt/presentation.xml", Kind.PPTX),
    ("OFD.xml", Kind.OFD),
    ("META-INF/manifest.xml", Kind.ODF),
)
_PICTURES = (b"avif", b"avis", b"heic", b"heix", b"mif1", b"hevc")
_TEXTS = ("txt", "csv", "tsv", "htm", "html", "xml", "json", "md", "svg", "log")


def kind_of(name: str, data: bytes) -> Kind:
    """The kind of a file."""
    ending = name.lower().rpartition(".")[2]
    if not data:
        return Kind.EMPTY
    if data[:4] == b"PK\x03\x04" or data[:4] == b"PK\x05\x06":
        return _packed(data)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _compound(data)
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data[4:8] == b"ftyp":
        return Kind.IMAGE if data[8:12] in _PICTURES else Kind.RECORDING
    if data[:4] == b"RIFF":
        return Kind.IMAGE if data[8:12] == b"WEBP" else Kind.RECORDING
    # Two letters begin a text as easily as a picture.
    for start, kind in _STARTS:
        if data.startswith(start) and not (start == b"BM" and ending in _TEXTS):
            return kind
    return Kind.TEXT if ending in _TEXTS else Kind.UNKNOWN


def _packed(data: bytes) -> Kind:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return Kind.ZIP  # its reader says that it is damaged
    return next((kind for part, kind in _PARTS if part in names), Kind.ZIP)


def _compound(data: bytes) -> Kind:
    """An OLE file: names of its streams are UTF-16 in its directory."""
    for stream, kind in (
        ("EncryptedPackage", Kind.ENCRYPTED),
        ("WordDocument", Kind.DOC),
        ("Workbook", Kind.XLS),
        ("Book", Kind.XLS),
    ):
        if stream.encode("utf-16-le") in data:
            return kind
    return Kind.UNKNOWN
