"""The columns that repeat what the events say, recreated from the events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from gongkai.bureau.models import Agency
from gongkai.ledger.rebuilding import Projection, Told, cases
from gongkai.ledger.services import lock

from .case import fold
from .events import STREAM
from .models import Asked, Coordination


def _columns(events: Iterable[Told]) -> Mapping[str, Any]:
    return fold(events).columns()


_columns_of = Projection(
    STREAM, Coordination, _columns, "会商", "件", bulky=("question", "shown", "conclusion", "dispute")
)


def rebuild(agency: Agency, *, write: bool = True) -> list[str]:
    """Project every 会商 of an agency again, with the bodies asked; says in Chinese what differed."""
    differences = _columns_of.rebuild(agency, write=write)
    with transaction.atomic():
        lock(agency.pk)
        known = {each.pk: each for each in Asked.objects.filter(coordination__agency=agency)}
        for _, events in cases(agency, STREAM):
            case = fold(events)
            for pk, organ in case.organs.items():
                record, should = known.get(pk), organ.columns()
                if record is None:
                    differences.append(f"会商 {case.number}：征求意见的机关 #{pk} 没有对应的登记，须从备份恢复。")
                elif differing := [name for name, value in should.items() if getattr(record, name) != value]:
                    differences.append(f"会商 {case.number}：{record.body_name}的答复情况与台账不符。")
                    if write:
                        Asked.objects.filter(pk=pk).update(**{name: should[name] for name in differing})
    return differences
