"""The bundle as a file: a ZIP whose bytes follow from its content, so that no byte of it can change unnoticed.

Pure: neither Django nor a database. Files are stored, not compressed: no two versions of a compressor agree, and
nothing can unpack to more than it is.
"""

from __future__ import annotations

import struct
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gongkai.ledger.chain import canonical

FORMAT = "gongkai-evidence/1"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
ENTRIES, CHAIN = "03-台账/本案记录.jsonl", "03-台账/机关摘要链.txt"
_BEGINNING = (1980, 1, 1, 0, 0, 0)
_MANY = 20_000  # files in a bundle
_LARGE = 32_000_000  # bytes of a manifest
_BLOCK = 1 << 20
_HEX = r"^[0-9a-f]{64}$"
# What zipfile raises of a file that is none.
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    OverflowError,
    struct.error,
)


class NotABundleError(ValueError):
    """The file is no bundle, or is damaged so that it cannot be read; the message says how, in Chinese."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class FileOf(_Part):
    """A file of the bundle; ``pages`` is 0 where there are none to count."""

    path: str
    title: str
    sha256: str = Field(pattern=_HEX)
    size: int = Field(ge=0)
    pages: int = Field(ge=0)


class WithheldOf(_Part):
    """A file of the case that is not in this bundle, and why."""

    title: str
    reason: str
    sha256: str


class AgencyOf(_Part):
    """Whose case it is; ``id`` is how the entries of its ledger name it."""

    id: int
    code: str
    name: str


class HeadOf(_Part):
    """The head of the agency's chain when the bundle was made."""

    position: int = Field(ge=0)
    digest: str = Field(pattern=_HEX)


class Manifest(_Part):
    """What the bundle says of itself; its bytes are what is signed. ``streams``: the cases whose entries it gives."""

    format: str
    program: str
    agency: AgencyOf
    number: str
    variant: str
    created_at: str
    streams: list[tuple[str, int]]
    chain: HeadOf
    files: list[FileOf]
    withheld: list[WithheldOf]
    public_key: str = Field(pattern=_HEX)

    def encoded(self) -> bytes:
        """The only way to write it."""
        return canonical(self.model_dump(mode="json")).encode()


@dataclass(frozen=True, slots=True)
class Content:
    """A file that goes in."""

    path: str
    title: str
    data: bytes
    pages: int = 0

    def described(self) -> FileOf:
        digest = sha256(self.data).hexdigest()
        return FileOf(path=self.path, title=self.title, sha256=digest, size=len(self.data), pages=self.pages)


def is_safe(path: str) -> bool:
    """Whether a name stays below the folder it is unpacked into, on every system."""
    parts = path.split("/")
    wrong = any(part in ("", ".", "..") or part != part.strip(" .") for part in parts)
    return not wrong and not set(path) & set('\\:*?"<>|\0') and path.isprintable() and len(path) <= 240


def write(out: IO[bytes], files: Iterable[tuple[str, bytes]]) -> None:
    """Write files as a ZIP of which nothing is left to chance: order, dates, rights, no compression."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for path, data in files:
            archive.writestr(_info(path), data)


def _info(path: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, _BEGINNING)
    info.create_system, info.external_attr, info.compress_type = 3, 0o644 << 16, zipfile.ZIP_STORED
    return info


class Opened:
    """A bundle that was opened: its manifest and its files, read one at a time. Use as a context manager."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Opened:
        try:
            self._file = self.path.open("rb")
        except OSError as error:
            raise NotABundleError(f"文件不能打开（{error.strerror}）") from error
        try:
            self._open()
        except BaseException:
            self._file.close()
            raise
        return self

    def _open(self) -> None:
        try:
            self._archive = zipfile.ZipFile(self._file)
            self.names = self._checked()
            self.manifest_bytes, self.signature = self.read(MANIFEST), self.read(SIGNATURE)
        except NotABundleError:
            raise
        except _BROKEN as error:
            raise NotABundleError("不是证据包，或者文件已经损坏") from error
        try:
            self.manifest = Manifest.model_validate_json(self.manifest_bytes)
        except (ValidationError, RecursionError) as error:
            raise NotABundleError("清单 manifest.json 不能读取") from error
        if self.manifest.format != FORMAT:
            raise NotABundleError(f"证据包的格式是 {self.manifest.format[:40]!r}，此版本只认识 {FORMAT}，请更新程序")

    def __exit__(self, *details: object) -> None:
        self._archive.close()
        self._file.close()

    def _checked(self) -> list[str]:
        """The names of what is in it, when nothing in it can do harm. Nothing is ever unpacked to the disk."""
        found = self._archive.infolist()
        if len(found) > _MANY:
            raise NotABundleError(f"文件超过 {_MANY} 个，不是本程序生成的证据包")
        names = [info.filename for info in found]
        if len(set(names)) != len(names):
            raise NotABundleError("有重名的文件，不是本程序生成的证据包")
        for info in found:
            if not is_safe(info.filename):
                raise NotABundleError("有不安全的文件名，不是本程序生成的证据包")
            if info.compress_type != zipfile.ZIP_STORED or info.flag_bits & 1 or info.file_size != info.compress_size:
                raise NotABundleError("有压缩或者加密的文件，不是本程序生成的证据包")
        if sum(info.file_size for info in found) > self.path.stat().st_size:
            raise NotABundleError("文件互相重叠，不是本程序生成的证据包")
        for name in (MANIFEST, SIGNATURE):
            if name not in names:
                raise NotABundleError(f"没有 {name}，不是证据包")
            if self._archive.getinfo(name).file_size > _LARGE:
                raise NotABundleError("清单过大，不是本程序生成的证据包")
        return names

    def read(self, name: str) -> bytes:
        """A file. Raises :class:`NotABundleError` when its bytes do not fit together."""
        try:
            return self._archive.read(name)
        except _BROKEN as error:
            raise NotABundleError(f"“{PurePosixPath(name).name}”不能读取，文件已经损坏") from error

    def is_as_written(self) -> bool:
        """Whether the file is, byte for byte, what the program writes of this content."""
        with tempfile.TemporaryFile() as again:
            write(again, ((name, self.read(name)) for name in self.names))
            again.seek(0)
            self._file.seek(0)
            return all(ours == theirs for ours, theirs in _blocks(again, self._file))


def _blocks(first: IO[bytes], second: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    while True:
        one, other = first.read(_BLOCK), second.read(_BLOCK)
        if not one and not other:
            return
        yield one, other


def chain_lines(digests: Iterable[str]) -> bytes:
    """The digests of a chain from its first entry on, a line each: position and digest."""
    return "".join(f"{position} {digest}\n" for position, digest in enumerate(digests, 1)).encode()


def entry_line(entry: Mapping[str, Any]) -> str:
    """An entry as a line: exactly the fields that its digest is of, and the digest."""
    return canonical(entry) + "\n"
