"""What goes into the bundle of a case, in the order in which a tribunal reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from gongkai.applications.letters.filling import text_of
from gongkai.applications.letters.points import TO_OTHERS
from gongkai.applications.letters.printing import pdf_from
from gongkai.applications.models import Application, CaseFile, Evidence, FileKind, Letter
from gongkai.bureau.roles import NotPermittedError
from gongkai.disputes.models import Dispute, DisputeFile
from gongkai.ledger.vault import LostFileError, unseal

from . import pages
from .beside import Beside
from .container import Content, WithheldOf
from .masking import Mask
from .paper import Part, as_pdf, pages_of

INTAKE, COURSE = "01-登记与收件", "02-办理过程"
LETTERS, PROOFS, RECORDS, DISPUTES = (
    f"{COURSE}/{name}" for name in ("3-文书", "4-送达凭证", "5-办理材料", "6-复议诉讼材料")
)
_INTAKE_KINDS = (FileKind.REQUEST, FileKind.ID_PROOF, FileKind.CORRECTION)
# Files that are letters or the proofs of letters come with their letters.
_WITH_LETTERS = (FileKind.LETTER, FileKind.SERVICE_PROOF)
_WHY_SCANNED = "可能含有个人信息，第三方版本不提供原件"
_WHY_OTHERS = "写给第三方或者其他机关，第三方版本不提供"
_ENDINGS = frozenset(
    [
        "pdf",
        "jpg",
        "jpeg",
        "png",
        "tif",
        "tiff",
        "bmp",
        "gif",
        "docx",
        "doc",
        "xlsx",
        "xls",
        "pptx",
        "ppt",
        "wps",
        "et",
        "ofd",
        "txt",
        "csv",
        "eml",
        "zip",
    ]
)


@dataclass
class Case:
    """A case as it is laid before a tribunal: the application, what stands beside it, its disputes, what is hidden."""

    application: Application
    disputes: list[Dispute]
    beside: Beside
    mask: Mask
    contents: list[Content] = field(default_factory=list)
    withheld: list[WithheldOf] = field(default_factory=list)

    @cached_property
    def files(self) -> list[CaseFile]:
        return list(self.application.files.order_by("pk"))

    @cached_property
    def letters(self) -> list[Letter]:
        """Letters that left the office, and the reply that was signed."""
        found = self.application.letters.select_related("file", "proof").order_by("sent_on", "pk")
        return [each for each in found if each.sent_on is not None or each.document_number]

    @cached_property
    def evidence(self) -> list[Evidence]:
        return list(self.application.evidence.select_related("file").order_by("pk"))

    def collect(self) -> None:
        """Everything but the list and the ledger. Raises :class:`NotPermittedError` for a file that is lost."""
        self._page(f"{INTAKE}/1-申请与收件.pdf", "申请与收件", pages.intake(self.application, self.mask))
        for number, file in enumerate((each for each in self.files if each.kind in _INTAKE_KINDS), 2):
            self._file(file, f"{INTAKE}/{number}-{file.label}")
        self._page(f"{COURSE}/1-办理经过.pdf", "办理经过", pages.course(self.application, self.disputes, self.mask))
        self._page(f"{COURSE}/2-期限计算.pdf", "期限计算", pages.clock(self.application, self.disputes))
        for number, letter in enumerate(self.letters, 1):
            self._letter(letter, number)
        self._page(f"{RECORDS}/0-办理材料.pdf", "办理材料", pages.records(self.application, self.evidence, self.mask))
        if told := self.beside.parts(self.mask):
            self._page(f"{RECORDS}/0-会商与转送.pdf", "会商与转送", told)
        taken = {each.file_id for each in self.letters} | {each.proof_id for each in self.letters}
        others = [each for each in self.files if each.kind not in (*_INTAKE_KINDS, *_WITH_LETTERS)]
        for number, file in enumerate((each for each in others if each.pk not in taken), 1):
            self._file(file, f"{RECORDS}/{number:02}-{file.label}")
        documents = DisputeFile.objects.filter(dispute__in=self.disputes).select_related("dispute").order_by("pk")
        for number, document in enumerate(documents, 1):
            self._file(document, f"{DISPUTES}/{number:02}-{document.label}")

    def _page(self, path: str, title: str, parts: list[Part]) -> None:
        made = as_pdf(title, self.application.agency.name, self.application.number, parts)
        self.contents.append(Content(path, title, made, pages_of(made)))

    def _file(self, file: CaseFile | DisputeFile, stem: str) -> None:
        title = PurePosixPath(stem).name
        if file.erased_at is not None:
            self.withheld.append(WithheldOf(title=title, reason="已按保存期限清除", sha256=file.digest))
        elif self.mask.is_on and not self._is_public(file):
            self.withheld.append(WithheldOf(title=title, reason=_WHY_SCANNED, sha256=file.digest))
        else:
            content = _content(file)
            path = f"{stem}{_ending(file.name)}"
            self.contents.append(Content(path, title, content, pages_of(content)))

    @staticmethod
    def _is_public(file: CaseFile | DisputeFile) -> bool:
        """What was given to the applicant as public information is so to others too."""
        return isinstance(file, CaseFile) and file.kind == FileKind.RELEASED

    def _letter(self, letter: Letter, number: int) -> None:
        stem = f"{LETTERS}/{number:02}-{letter.title}"
        title = f"{letter.title}{letter.document_number}"
        if letter.file is not None and letter.file.erased_at is None:
            if not self.mask.is_on:
                content = _content(letter.file)
                printed = pdf_from([content], letter.title, self.application.agency.name)
                self.contents.append(Content(f"{stem}.docx", f"{title}（原件）", content))
                self.contents.append(Content(f"{stem}.pdf", title, printed, pages_of(printed)))
            elif letter.code in TO_OTHERS:
                self.withheld.append(WithheldOf(title=title, reason=_WHY_OTHERS, sha256=letter.file.digest))
            else:
                words = self.mask(text_of(_content(letter.file))).splitlines()
                note = f"遮盖个人信息后的文字；原件的 SHA-256 摘要：{letter.file.digest}"
                parts = [Part("", [note]), Part("", [line for line in words if line.strip()])]
                self._page(f"{stem}（遮盖）.pdf", f"{title}（遮盖）", parts)
        elif letter.file is not None:
            reason = "已按保存期限清除"
            self.withheld.append(WithheldOf(title=title, reason=reason, sha256=letter.file.digest))
        if letter.proof is not None:
            self._file(letter.proof, f"{PROOFS}/{number:02}-{letter.title}的送达凭证")


def _content(file: CaseFile | DisputeFile) -> bytes:
    try:
        return unseal(file)
    except LostFileError as error:
        raise NotPermittedError(f"{file.label} #{file.pk}：{error}恢复之后再生成证据包。") from error


def _ending(name: str) -> str:
    """The ending of a file's name, where it is one that is known; the name itself may name somebody."""
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower().removeprefix(".")
    return f".{ending}" if ending in _ENDINGS else ".bin"


def titles(contents: list[Content]) -> Iterator[tuple[str, ...]]:
    """The rows of the list."""
    for number, each in enumerate(contents, 1):
        described = each.described()
        pages_ = str(each.pages) if each.pages else "—"
        yield str(number), each.path, pages_, described.sha256
