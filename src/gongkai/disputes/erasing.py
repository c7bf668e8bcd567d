"""What people wrote in reviews and suits is erased once it was kept long enough; table 四 and the ledger stay."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.bureau.models import Agency
from gongkai.ledger import vault

from .models import Dispute, DisputeFile, FileAccess, Status
from .queries import OPEN
from .services import Challenged

_AT_ONCE = 500


def held(applications: Collection[int], cutoff: date) -> set[int]:
    """Of which of these cases a dispute is open, to be performed still, or was concluded after the day."""
    needed = Q(status__in=(*OPEN, Status.PERFORMING)) | Q(concluded_on__gt=cutoff)
    found = Dispute.objects.filter(needed, application__in=applications)
    return {pk for pk in found.values_list("application_id", flat=True) if pk is not None}


def erase_of(application: Challenged, cover: Callable[[str], str]) -> None:
    """Erase what the disputes over a case hold."""
    for dispute in Dispute.objects.filter(application=application.pk):
        _erase(dispute, cover(dispute.note))


def erase_alone(agency: Agency, cutoff: date) -> int:
    """The same for disputes over applications that are not registered here; how many."""
    found = alone(agency, cutoff)[:_AT_ONCE]
    for dispute in found:
        _erase(dispute, "")
    return len(found)


def alone(agency: Agency, cutoff: date) -> QuerySet[Dispute]:
    """Disputes that hang on no case of ours, over for long enough, of which something is left."""
    over = Dispute.objects.filter(agency=agency, application=None, concluded_on__lte=cutoff)
    over = over.exclude(status__in=(*OPEN, Status.PERFORMING))
    left = over.filter(~Q(claims="") | ~Q(note="") | Q(files__isnull=False, files__erased_at=None))
    return left.order_by("pk").distinct()


def _erase(dispute: Dispute, note: str) -> None:
    for file in DisputeFile.objects.filter(dispute=dispute, erased_at=None):
        vault.erase(file)
    dispute.claims, dispute.note = "", note
    dispute.save(update_fields=["claims", "note"])
    FileAccess.objects.filter(dispute=dispute).exclude(what__startswith="证据包").update(what="材料")
