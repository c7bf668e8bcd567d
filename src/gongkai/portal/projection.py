"""The columns that repeat what the events say: where an item stands, and its public face; recreated from the events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from gongkai.bureau.models import Agency
from gongkai.ledger.models import Entry
from gongkai.ledger.rebuilding import Told, cases
from gongkai.ledger.services import lock

from . import indexing
from .case import Case, Pass
from .duties import projection as duties
from .events import STREAM
from .models import Column, Edition, Item, Override, Publication
from .publishing import Face


def project(item: Item, case: Case) -> None:
    """Bring the item's own columns up to date with its events."""
    columns = case.columns()
    for name, value in columns.items():
        setattr(item, name, value)
    Item.objects.filter(pk=item.pk).update(**columns)


def project_overrides(item: Item, case: Case) -> None:
    """Make the overrides of an item those that its events leave: none once it is approved."""
    Override.objects.filter(item=item).exclude(fingerprint__in=case.overrides).delete()
    for fingerprint, signed in case.overrides.items():
        Override.objects.update_or_create(item=item, fingerprint=fingerprint, defaults=_signed(signed))


def _signed(signed: Pass) -> dict[str, Any]:
    return {
        "rule": signed.rule,
        "requested_by_id": signed.requested_by,
        "reason": signed.reason,
        "confirmed_by_id": signed.confirmed_by,
        "confirmed_reason": signed.confirmed_reason,
    }


def face_of(item: Item) -> Face:
    """The public face as the events leave it; one query."""
    face = Face()
    for entry in Entry.objects.of_stream(STREAM, item.pk):
        face.apply(entry.kind, entry.data)
    return face


def show(item: Item) -> Publication | None:
    """Bring the publication of an item, and what search knows of it, up to date with its events."""
    face = face_of(item)
    if face.edition is None:
        indexing.forget([item.pk])
        Publication.objects.filter(item=item).delete()
        return None
    edition = Edition.objects.get(pk=face.edition)
    columns = _columns(face, edition, _first_columns(item.agency_id))
    publication, _ = Publication.objects.update_or_create(
        item=item, defaults={"agency_id": item.agency_id, "is_demo": item.is_demo, **columns}
    )
    indexing.put([(publication, edition)])
    return publication


def _columns(face: Face, edition: Edition, first: Mapping[int, int]) -> dict[str, Any]:
    columns = face.columns(edition.data, first)
    source = columns.pop("ended_by_source")
    columns["ended_by_id"] = (
        Publication.objects.filter(item=source).values_list("pk", flat=True).first() if source else None
    )
    return columns


def _first_columns(agency: int) -> dict[int, int]:
    return {pk: parent or pk for pk, parent in Column.objects.filter(agency=agency).values_list("pk", "parent")}


def rebuild(agency: Agency, *, write: bool = True) -> list[str]:
    """Project every item of an agency again and say, in Chinese, what differed; with ``write`` set it right."""
    differences: list[str] = []
    with transaction.atomic():
        lock(agency.pk)
        first = _first_columns(agency.pk)
        items = Item.objects.filter(agency=agency).defer("body", "summary").in_bulk()
        publications = {p.item_id: p for p in Publication.objects.filter(agency=agency, item__isnull=False)}
        overrides: dict[int, dict[str, Override]] = {}
        for override in Override.objects.filter(item__agency=agency):
            overrides.setdefault(override.item_id, {})[override.fingerprint] = override
        for pk, events in cases(agency, STREAM):
            case, face = _folded(events)
            item = items.pop(pk, None)
            if item is None:
                differences.append(f"台账中的信息 {pk} 没有对应的记录，须从备份恢复。")
                continue
            if wrong := _differing(item, case.columns()):
                differences.append(f"信息《{item.title}》：{'；'.join(wrong)}。")
                if write:
                    project(item, case)
            differences += _check_overrides(item, case, overrides.get(pk, {}), write=write)
            differences += _check_face(item, face, publications.get(pk), first, write=write)
        if items:
            differences.append(f"{agency.name}：有 {len(items)} 条信息在台账中没有记录。")
    return differences + duties.rebuild(agency, write=write)


def _folded(events: Iterable[Told]) -> tuple[Case, Face]:
    case, face = Case(), Face()
    for kind, day, payload in events:
        case.apply(kind, day, payload)
        face.apply(kind, payload)
    return case, face


def _check_overrides(item: Item, case: Case, kept: Mapping[str, Override], *, write: bool) -> list[str]:
    same = kept.keys() == case.overrides.keys() and not any(
        _differing(kept[fingerprint], _signed(signed)) for fingerprint, signed in case.overrides.items()
    )
    if same:
        return []
    if write:
        project_overrides(item, case)
    return [f"信息《{item.title}》：存有 {len(kept)} 处放行，按台账应为 {len(case.overrides)} 处，或者签字不同。"]


def _check_face(
    item: Item, face: Face, publication: Publication | None, first: Mapping[int, int], *, write: bool
) -> list[str]:
    if face.edition is None:
        wrong = [] if publication is None else ["没有签发，却登记为已公开"]
    elif publication is None:
        wrong = ["已签发，却没有登记为公开"]
    else:
        edition = Edition.objects.get(pk=face.edition)
        wrong = _differing(publication, _columns(face, edition, first))
    if wrong and write:
        show(item)
    return [f"已公开信息《{item.title}》：{'；'.join(wrong)}。"] if wrong else []


def _differing(record: Item | Publication | Override, columns: Mapping[str, Any]) -> list[str]:
    """What stands in the record and what should, in words."""
    told = []
    for name, should in columns.items():
        was = getattr(record, name)
        if was != should:
            field = record._meta.get_field(name.removesuffix("_id"))
            told.append(f"{getattr(field, 'verbose_name', name)}存为“{_words(was)}”，按台账应为“{_words(should)}”")
    return told


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)
