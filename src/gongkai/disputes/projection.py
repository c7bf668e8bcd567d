"""Project events onto the columns of a dispute: used by the services, by import and by ``gongkai rebuild``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from django.db import transaction

from gongkai.bureau.models import Agency
from gongkai.ledger.models import Entry

from .events import STREAM
from .models import Dispute

FIELDS = ("number", "application_number", "kind", "filed_on", "concluded_on", "result")


def project(events: Iterable[tuple[str, date, Mapping[str, Any]]]) -> dict[str, Any]:
    """The columns that a stream of (kind, date, payload) leaves."""
    columns: dict[str, Any] = {"concluded_on": None, "result": ""}
    for kind, day, payload in events:
        match kind:
            case "filed":
                columns["number"] = payload["number"]
                columns["application_number"] = payload["application_number"]
                columns["kind"] = payload["group"]
                columns["filed_on"] = day
            case "concluded":
                columns["concluded_on"] = day
                columns["result"] = payload["result"]
            case _:
                raise ValueError(f"a dispute has no event {kind}")
    return columns


def rebuild(agency: Agency, *, write: bool = True) -> list[str]:
    """Project every dispute again and say, in Chinese, what differed; with ``write`` set it right."""
    differences: list[str] = []
    with transaction.atomic():
        stored = {dispute.pk: dispute for dispute in Dispute.objects.filter(agency=agency)}
        entries = Entry.objects.filter(agency=agency, stream=STREAM).order_by("stream_id", "position")
        wrong = []
        for pk, events in groupby(entries.iterator(), key=lambda entry: entry.stream_id):
            columns = project((event.kind, event.occurred_on, event.data) for event in events)
            dispute = stored.pop(pk, None)
            if dispute is None:
                differences.append(f"台账中的案件 {columns['number']} 没有对应的登记，须从备份恢复。")
                continue
            differing = [name for name in FIELDS if getattr(dispute, name) != columns[name]]
            if differing:
                labels = "、".join(
                    str(getattr(Dispute._meta.get_field(name), "verbose_name", name)) for name in differing
                )
                differences.append(f"案件 {columns['number']}：{labels}与台账不同。")
                for name in differing:
                    setattr(dispute, name, columns[name])
                wrong.append(dispute)
        differences += [f"案件 {dispute.number} 在台账中没有记录。" for dispute in stored.values()]
        if write and wrong:
            Dispute.objects.bulk_update(wrong, FIELDS, batch_size=200)
    return differences
