"""The columns that repeat what the events say, recreated from the events."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.db import transaction

from gongkai.bureau.models import Agency
from gongkai.ledger.models import Entry

from .case import Case
from .events import STREAM
from .models import Inquiry

_CHUNK = 1000
_LABELS = {field.name: str(field.verbose_name) for field in Inquiry._meta.concrete_fields}


def cases(agency: Agency) -> Iterator[tuple[int, Case]]:
    """Every message of an agency as its events leave it, by the id of its record, in order of id."""
    entries = Entry.objects.filter(agency=agency, stream=STREAM).order_by("stream_id", "position")
    for stream_id, events in groupby(entries.iterator(_CHUNK), key=lambda entry: entry.stream_id):
        case = Case()
        for entry in events:
            case.apply(entry.kind, entry.occurred_on, entry.data)
        yield stream_id, case


def rebuild(agency: Agency, *, write: bool = True) -> list[str]:
    """Project every message again and say, in Chinese, what differed; with ``write`` set it right."""
    differences: list[str] = []
    with transaction.atomic():
        stored = Inquiry.objects.filter(agency=agency).defer("text", "reply").order_by("pk")
        unseen = {inquiry.pk: inquiry for inquiry in stored.iterator(_CHUNK)}
        wrong: list[Inquiry] = []
        for pk, case in cases(agency):
            inquiry = unseen.pop(pk, None)
            if inquiry is None:
                differences.append(f"台账中的留言 {case.number} 没有对应的登记，须从备份恢复。")
            elif found := _difference(inquiry, case):
                differences.append(found)
                wrong.append(inquiry)
        if unseen:
            differences.append(f"{agency.name}：有 {len(unseen)} 条留言在台账中没有记录。")
        if write and wrong:
            Inquiry.objects.bulk_update(wrong, list(Case().columns()), batch_size=_CHUNK // 4)
    return differences


def _difference(inquiry: Inquiry, case: Case) -> str:
    """Set the columns of a message to what they should be; says which were not."""
    wrong = []
    for name, should in case.columns().items():
        found = getattr(inquiry, name)
        if should != found:
            wrong.append(
                f"{_LABELS[name]}存为“{'' if found is None else found}”，按台账应为“{'' if should is None else should}”"
            )
            setattr(inquiry, name, should)
    return f"留言 {case.number}：{'；'.join(wrong)}。" if wrong else ""
