"""更正 requests that were told long ago: who asked, and what, is erased; that there was one, and its end, stay."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone

from gongkai.bureau.models import Agency
from gongkai.law.retention import Kept
from gongkai.ledger import vault

from ..keeping import Own
from . import services
from .events import Erased
from .models import Correction, CorrectionAccess, CorrectionFile, CorrectionFileKind, Status

_AT_ONCE = 500
_PERSONAL = (
    "name",
    "id_number",
    "phone",
    "email",
    "address",
    "postcode",
    "contact",
    "representative",
    "record_name",
    "wrong",
    "right",
    "verification",
    "answer",
)


def _due(agency: Agency, cutoffs: Mapping[Kept, date], today: date) -> int:
    told = Correction.objects.filter(agency=agency, status=Status.DONE, erased_at=None).order_by("pk")
    proofs = CorrectionFile.objects.filter(correction=OuterRef("pk"), kind=CorrectionFileKind.ID_PROOF, erased_at=None)
    erased = 0
    with_proof = told.filter(Exists(proofs), told_on__lte=cutoffs[Kept.ID_PROOF])
    for correction in with_proof.select_related("agency")[:_AT_ONCE]:
        erase(correction, today, Kept.ID_PROOF)
        erased += 1
    for correction in told.filter(told_on__lte=cutoffs[Kept.APPLICANT]).select_related("agency")[:_AT_ONCE]:
        erase(correction, today, Kept.APPLICANT)
        erased += 1
    return erased


def erase(correction: Correction, day: date, what: Kept) -> Correction:
    """Erase the proof of identity, or everything personal. Raises :class:`NotPermittedError` before it was told."""
    files = CorrectionFile.objects.filter(correction=correction, erased_at=None)
    if what is Kept.ID_PROOF:
        files = files.filter(kind=CorrectionFileKind.ID_PROOF)
    chosen = list(files)
    services.record_erased(correction, Erased(what=what, files=tuple(file.pk for file in chosen)), day)
    for file in chosen:
        vault.erase(file)
    if what is Kept.APPLICANT:
        for name in _PERSONAL:
            setattr(correction, name, "")
        correction.erased_at = timezone.now()
        correction.save(update_fields=[*_PERSONAL, "id_index", "erased_at"])
        CorrectionAccess.objects.filter(correction=correction).update(what="申请人信息")
    return correction


RECORD = Own("更正：申请人信息、内容、核实和处理意见、材料", "告知", "清除，留类型、结果和日期", _due)
