"""Letters on paper: PDF of a letter, receipts, envelopes, 送达回证; set by typst, without an office program."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from importlib import resources
from typing import Any, Literal

import typst
from django.db.models import prefetch_related_objects
from django.utils import timezone

from gongkai.annual.write.pdf import fonts_of
from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError
from gongkai.law.errors import LawError
from gongkai.law.letters import letters as kinds
from gongkai.law.wording import chinese_date

from .. import vault
from ..events import MODES
from ..models import Access, Application, Letter
from .context import context_of
from .drafting import values_of
from .filling import fill
from .points import TO_OTHERS
from .reading import read
from .store import current

MOST = 200  # letters in one print
Size = Literal["DL", "C5"]
# Millimetres: width and height, as GB/T 1416 has them.
SIZES: dict[Size, tuple[int, int]] = {"DL": (220, 110), "C5": (229, 162)}
_MARK = "政府信息公开"


def pdf_of(letter: Letter, user: User | None = None) -> bytes:
    """A letter as PDF; who had it is recorded. Raises :class:`~gongkai.applications.vault.LostFileError`, and
    :class:`NotPermittedError` for a letter that has no file.
    """
    if letter.file is None:
        raise NotPermittedError("文书还没有生成。")
    return pdf_from([vault.read(letter.file, user)], letter.title, letter.application.agency.name)


def pdf_from(documents: Sequence[bytes], title: str, agency: str) -> bytes:
    """Filled letters one after the other, each with its own page numbers."""
    return _compile("letter.typ", letters=[read(document) for document in documents], title=title, agency=agency)


def envelopes(letters: Iterable[Letter], size: Size = "DL", user: User | None = None) -> bytes:
    """An envelope for each letter as a page of a PDF. Raises :class:`NotPermittedError` that names those without
    an address by the number of their application.
    """
    chosen = _chosen(letters)
    drawn, lacking = [], []
    for letter in chosen:
        name, address, postcode = addressee(letter)
        if not name or not address:
            lacking.append(letter.application.number)
            continue
        drawn.append(_sender(letter.application.agency) | {"name": name, "address": address, "postcode": postcode})
    if lacking:
        raise NotPermittedError(f"下列申请的收件人或者收件地址没有填写，不能打印信封：{'、'.join(lacking)}。")
    width, height = SIZES[size]
    _record(chosen, "打印信封", user)
    agency = chosen[0].application.agency.name
    return _compile("envelope.typ", letters=drawn, title="信封", agency=agency, width=width, height=height, mark=_MARK)


def service_proofs(letters: Iterable[Letter], user: User | None = None) -> bytes:
    """A 送达回证 for each letter, to be signed on delivery, by the agency's template."""
    chosen = _chosen(letters)
    agencies = {each.application.agency for each in chosen}
    templates = {agency.pk: current(agency, "service_proof").content for agency in agencies}
    documents = [fill(templates[each.application.agency_id], _proof(each)) for each in chosen]
    _record(chosen, "打印送达回证", user)
    return pdf_from(documents, kinds()["service_proof"].title, chosen[0].application.agency.name)


def receipts(applications: Iterable[Application], user: User | None = None) -> bytes:
    """A 接收回执 for each application, of today, by the agency's template. It decides nothing: nothing is kept of it.

    Raises :class:`NotPermittedError`.
    """
    chosen = list(applications)
    _require_some(chosen)
    prefetch_related_objects(chosen, "agency", "applicant")
    agencies = {each.agency for each in chosen}
    templates = {agency.pk: current(agency, "receipt").content for agency in agencies}
    officer = (user.get_full_name() or user.username) if user is not None else ""
    today = timezone.localdate()
    try:
        documents = [
            fill(templates[each.agency_id], context_of(each, "receipt", "", {"officer": officer}, today))
            for each in chosen
        ]
    except LawError as error:
        raise NotPermittedError(str(error)) from error
    if user is not None:
        Access.objects.bulk_create(Access(application=each, user=user, what="打印接收回执") for each in chosen)
    return pdf_from(documents, kinds()["receipt"].title, chosen[0].agency.name)


def addressee(letter: Letter) -> tuple[str, str, str]:
    """Name, address and postcode of whom a letter is for: the applicant, or whom the drafter named."""
    if letter.code in TO_OTHERS:
        told = values_of(letter)
        return tuple(str(told.get(name) or "") for name in ("recipient", "recipient_address", "recipient_postcode"))  # type: ignore[return-value]
    applicant = letter.application.applicant
    return applicant.name, applicant.address, applicant.postcode


def _proof(letter: Letter) -> dict[str, Any]:
    application = letter.application
    name, _, _ = addressee(letter)
    return {
        "title": kinds()["service_proof"].title,
        "agency": application.agency.name,
        "office": application.agency.office,
        "application_number": application.number,
        "officer": "",
        "contact": "",
        "date": "",
        "document": letter.title,
        "document_number": letter.document_number or "　",
        "recipient": name or "申请人",
        "mode": dict(MODES).get(letter.mode, "") or "□当面送达　□邮寄　□电子邮件　□自行领取",  # type: ignore[call-overload]
        "sent_on": chinese_date(letter.sent_on) if letter.sent_on else "　　　年　　月　　日",
        "tracking": letter.tracking or "　",
        "served_on": chinese_date(letter.served_on) if letter.served_on else "　　　年　　月　　日",
    }


def _sender(agency: Agency) -> dict[str, str]:
    return {
        "sender": f"{agency.name}{agency.office}",
        "sender-address": agency.address,
        "sender-postcode": agency.postcode,
        "sender-telephone": agency.telephone,
    }


def _chosen(letters: Iterable[Letter]) -> list[Letter]:
    found = list(letters)
    _require_some(found)
    prefetch_related_objects(found, "application__agency", "application__applicant")
    return found


def _require_some(papers: Sequence[object]) -> None:
    if not papers:
        raise NotPermittedError("请先选择要打印的文书。")
    if len(papers) > MOST:
        raise NotPermittedError(f"一次最多打印 {MOST} 份，请分几次打印。")


def _record(letters: Iterable[Letter], what: str, user: User | None) -> None:
    """Names and addresses are personal data: who printed whose is on record."""
    if user is not None:
        Access.objects.bulk_create(
            Access(application_id=letter.application_id, user=user, what=f"{what} #{letter.pk}") for letter in letters
        )


def _compile(template: str, **content: Any) -> bytes:
    fonts, faces = fonts_of(os.environ.get("GONGKAI_FONTS", ""))
    printed: Callable[..., Any] = partial(
        typst.compile,
        _template(template),
        font_paths=fonts,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"letters": json.dumps(content | {"fonts": faces})},
        timestamp=0,
    )
    made: bytes
    try:
        made = printed(pdf_standards="ua-1")
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        # A sign that no font has (a picture sign, a rare character of a name): printed as a box, and in the text
        # of the PDF all the same; the standard of accessible PDF does not admit that.
        made = printed()
    return made


@lru_cache(maxsize=4)
def _template(name: str) -> bytes:
    return resources.files(__package__).joinpath(name).read_bytes()
