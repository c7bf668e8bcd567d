"""Projections held against the ledger: the columns that repeat what the events of a case say, said again from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db import models, transaction

from gongkai.bureau.models import Agency

from .models import Entry
from .services import lock

# An event as the ledger tells it: its kind, the day it happened, its payload.
Told = tuple[str, date, Mapping[str, Any]]

_CHUNK = 1000
_UPDATED = 250  # rows in one UPDATE


@dataclass(frozen=True)
class Projection:
    """What the cases of a stream leave in their records.

    ``columns`` gives the columns that the events of a case determine, ``number`` among them. ``bulky`` are columns
    that no event determines and that need not be read. ``noun`` and ``unit`` name a case in what people read.
    """

    stream: str
    model: type[models.Model]
    columns: Callable[[Iterable[Told]], Mapping[str, Any]]
    noun: str
    unit: str
    bulky: tuple[str, ...] = ()

    def rebuild(self, agency: Agency, *, write: bool = True) -> list[str]:
        """Project every case of an agency again and say, in Chinese, what differed; with ``write`` set it right.

        A record that the ledger tells of and nobody has, or the other way round, is told and left as it is.
        """
        manager: Any = self.model._default_manager
        differences: list[str] = []
        with transaction.atomic():
            lock(agency.pk)  # nobody appends while the two are compared
            stored = manager.filter(agency=agency).defer(*self.bulky).order_by("pk")
            unseen = {record.pk: record for record in stored.iterator(_CHUNK)}
            wrong: list[models.Model] = []
            names: set[str] = set()
            for pk, events in cases(agency, self.stream):
                columns = self.columns(events)
                record = unseen.pop(pk, None)
                if record is None:
                    differences.append(f"台账中的{self.noun} {columns['number']} 没有对应的登记，须从备份恢复。")
                elif differing := [name for name, should in columns.items() if getattr(record, name) != should]:
                    differences.append(self._mend(record, columns, differing))
                    wrong.append(record)
                    names.update(differing)
            if unseen:
                differences.append(f"{agency.name}：有 {len(unseen)} {self.unit}{self.noun}在台账中没有记录。")
            if write and wrong:
                manager.bulk_update(wrong, sorted(names), batch_size=_UPDATED)
        return differences

    def _mend(self, record: models.Model, columns: Mapping[str, Any], differing: list[str]) -> str:
        """Set the columns of a record to what they should be; says what they were."""
        told = []
        for name in differing:
            label = getattr(self.model._meta.get_field(name), "verbose_name", name)
            was, should = getattr(record, name), columns[name]
            told.append(f"{label}存为“{_words(was)}”，按台账应为“{_words(should)}”")
            setattr(record, name, should)
        return f"{self.noun} {columns['number']}：{'；'.join(told)}。"


def cases(agency: Agency, stream: str) -> Iterator[tuple[int, Iterator[Told]]]:
    """The events of every case of a stream, by the id of its record, in order of id; each is read before the next."""
    entries = Entry.objects.filter(agency=agency, stream=stream).order_by("stream_id", "position")
    for stream_id, found in groupby(entries.iterator(_CHUNK), key=lambda entry: entry.stream_id):
        yield stream_id, ((entry.kind, entry.occurred_on, entry.data) for entry in found)


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)
