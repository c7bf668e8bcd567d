"""What a file contains, whatever its format: text and tables to examine, and what was found on the way."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.annual.read import ReadError

from ..finding import Finding, Severity, finding, mask_name, safe
from ..subject import Passage, Table

__all__ = ["Budget", "Content", "Embedded", "ReadError"]

_LONGEST_NAME = 40
# What programs write where nobody gave a name.
_NOBODY = frozenset(
    (
        "",
        "administrator",
        "admin",
        "user",
        "users",
        "pc",
        "lenovo",
        "dell",
        "hp",
        "microsoft",
        "windows",
        "用户",
        "微软用户",
    )
) | frozenset(
    ("微软中国", "unknown", "author", "root", "python-docx", "openpyxl", "xlsxwriter", "typst", "wps", "kingsoft")
)


@dataclass(frozen=True, slots=True)
class Embedded:
    """A file inside a file."""

    name: str
    data: bytes


@dataclass(slots=True)
class Content:
    """``place`` is how the file is called in findings: 附件《名单.xlsx》."""

    place: str
    passages: list[Passage] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    pictures: list[Embedded] = field(default_factory=list)
    files: list[Embedded] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def say(self, text: str, where: str = "", label: str = "") -> None:
        """A passage, unless it is empty."""
        if text and not text.isspace():
            self.passages.append(Passage(self.place + where, text, label=label))

    def find(
        self, rule: str, severity: Severity, message: str, *, where: str = "", value: str = "", excerpt: str = ""
    ) -> None:
        """A finding about the file itself."""
        self.findings.append(
            finding(
                rule,
                severity,
                self.place + where,
                message,
                value=value,
                excerpt=safe(excerpt),
            )
        )

    def authors(self, names: dict[str, str]) -> None:
        """Names of people in the document's properties; ``names`` by what they are (作者, 单位)."""
        told = {kind: name.strip() for kind, name in names.items() if name.strip().lower() not in _NOBODY}
        if told:
            shown = "，".join(f"{kind}：{mask_name(name)}" for kind, name in told.items())
            message = "文档属性里记着姓名等信息。不宜公开的，请用“检查文档”（文件→信息）删除文档属性和个人信息。"
            value = "\x1e".join(told.values())
            self.find("DOCUMENT-AUTHOR", Severity.NOTE, message, value=value, excerpt=shown)


class Budget:
    """What all files of one item together may cost; a nest of archives runs out of it."""

    def __init__(self, files: int = 300, size: int = 400_000_000, depth: int = 3) -> None:
        self.files, self.size, self.depth = files, size, depth

    def spend(self, data: bytes, depth: int) -> None:
        """Raises :class:`ReadError` when there is nothing left."""
        self.files -= 1
        self.size -= len(data)
        if self.files < 0 or self.size < 0:
            raise ReadError("附件里的文件太多或者太大，没有全部查看；请减少文件后再审查。")
        if depth > self.depth:
            raise ReadError("文件套文件的层数太多，没有查看；请把里面的文件单独上传。")


def shown_name(name: str) -> str:
    """A file's name as findings print it: short, and without the numbers that people put into names."""
    short = safe(name.replace("\\", "/").rsplit("/", 1)[-1])
    return short if len(short) <= _LONGEST_NAME else f"{short[:24]}…{short[-12:]}"
