"""The columns that repeat what the events say, recreated from the events."""

from __future__ import annotations

from django.db import transaction

from gongkai.bureau.models import Agency
from gongkai.ledger.rebuilding import cases
from gongkai.ledger.services import lock

from .case import fold
from .events import STREAM
from .models import Disclosed


def rebuild(agency: Agency, *, write: bool = True) -> list[str]:
    """Project every entry of an agency again and say, in Chinese, what differed; with ``write`` set it right."""
    differences = []
    with transaction.atomic():
        lock(agency.pk)
        known = {each.pk: each for each in Disclosed.objects.filter(agency=agency).defer("title", "wanted", "answered")}
        for pk, events in cases(agency, STREAM):
            record, should = known.pop(pk, None), fold(events).columns()
            if record is None:
                differences.append(f"台账中的公开目录 #{pk} 没有对应的登记，须从备份恢复。")
            elif differing := {name: value for name, value in should.items() if getattr(record, name) != value}:
                differences.append(f"公开目录 #{pk}：状态与台账不符。")
                if write:
                    Disclosed.objects.filter(pk=pk).update(**differing)
        differences += [f"公开目录 #{pk} 在台账中没有记录。" for pk in known]
    return differences
