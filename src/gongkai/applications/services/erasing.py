"""Personal data of applicants that has been kept long enough is erased; what happened, and every figure, stays."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError
from gongkai.law.retention import Kept

from .. import keeping, vault
from ..events import Erased
from ..models import Access, Applicant, Application, CaseFile, Dispatch, Evidence, FileKind, Letter
from ..related import under_dispute
from .acting import act
from .intake import Person

# Files that name people. What was released, and what the office itself held, does not.
FILES: dict[Kept, tuple[FileKind, ...]] = {
    Kept.ID_PROOF: (FileKind.ID_PROOF,),
    Kept.APPLICANT: (
        FileKind.ID_PROOF,
        FileKind.REQUEST,
        FileKind.CORRECTION,
        FileKind.ANSWER,
        FileKind.LETTER,
        FileKind.SERVICE_PROOF,
        FileKind.DISPUTE,
    ),
}
# Records that may say who applied or who was asked; the files they stand on go with them.
_EVIDENCE = ("third_party_record", "public_interest_grounds", "withdrawal", "correction_received")
# Letters to third parties, and what is filled in them that says who these are.
_TO_THIRD_PARTIES = ("third_party_consultation", "third_party_disclosure")
_NAMES_PEOPLE = ("recipient", "recipient_address")
_WRITTEN = ("title", "reference", "requested")
_NUMBER = re.compile(r"\d{5,}[\dXx]?|[\w.+-]+@[\w.-]+")


def files_to_erase(application: Application, what: Kept) -> list[CaseFile]:
    """The files of a case that go with ``what``."""
    chosen = Q(kind__in=FILES[what])
    if what is Kept.APPLICANT:
        said = Evidence.objects.filter(application=application, kind__in=_EVIDENCE).exclude(file=None)
        chosen |= Q(pk__in=said.values("file"))
    return list(CaseFile.objects.filter(chosen, application=application, erased_at=None))


@transaction.atomic
def erase(
    application: Application, day: date, what: Kept, *, keeps_request: bool = True, actor: User | None = None
) -> Application:
    """Erase an applicant's proof of identity, or everything that says who applied.

    With ``keeps_request`` the text of the request stays, with names and numbers of the applicant covered. Raises
    :class:`NotPermittedError` while the case is open or under dispute, and for what was erased before.
    """
    if under_dispute([application.pk]):
        raise NotPermittedError(f"{application.number} 有没有审结的复议诉讼，案卷须完整保存。")
    files = files_to_erase(application, what)
    act(application, Erased(what=what, files=tuple(file.pk for file in files)), day, actor)
    for file in files:
        vault.erase(file)
    if what is Kept.APPLICANT:
        _anonymise(application, keeps_request=keeps_request)
    return application


def _anonymise(application: Application, *, keeps_request: bool) -> None:
    applicant = Applicant.objects.get(pk=application.applicant_id)
    known = [getattr(applicant, field.name) for field in fields(Person) if field.name != "kind"]
    known += _third_parties(application)
    known += [name for each in keeping.of_case() if each.names is not None for name in each.names(application)]
    cover = partial(without, values=known)
    for name in _WRITTEN:  # the applicant's own words
        setattr(application, name, cover(getattr(application, name)) if keeps_request else "")
    application.note = cover(application.note)
    application.save(update_fields=[*_WRITTEN, "text_index", "note"])
    for field in fields(Person):
        if field.name != "kind":
            setattr(applicant, field.name, "")
    applicant.erased_at = timezone.now()
    applicant.save()
    Letter.objects.filter(application=application).update(fields="", tracking="")
    Dispatch.objects.filter(letter__application=application).update(address="", last_error="")
    for record in Evidence.objects.filter(application=application).exclude(text=""):
        record.text = "" if record.kind in _EVIDENCE else cover(record.text)
        record.save(update_fields=["text"])
    # What the office held and gave stays; its name may still say whose it was.
    for file in CaseFile.objects.filter(application=application, erased_at=None):
        file.name = cover(file.name)
        file.save(update_fields=["name"])
    for access in Access.objects.filter(application=application):
        access.what = cover(access.what)
        access.save(update_fields=["what"])
    for each in keeping.of_case():
        each.erase(application, cover)


def _third_parties(application: Application) -> list[str]:
    """The third parties that letters of the case were written to."""
    written = Letter.objects.filter(application=application, code__in=_TO_THIRD_PARTIES).exclude(fields="")
    filled = [json.loads(letter.fields) for letter in written.only("fields")]
    return [str(values[name]) for values in filled for name in _NAMES_PEOPLE if values.get(name)]


def without(text: str, values: Iterable[str]) -> str:
    """A text in which these values, and whatever looks like a number or address of a person, are covered."""
    for value in sorted({each for each in values if len(each) > 1}, key=len, reverse=True):
        text = text.replace(value, "＊＊")
    return _NUMBER.sub("＊＊", text)
