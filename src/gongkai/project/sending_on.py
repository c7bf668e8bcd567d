"""What the portal has published, as channels take it: the published edition, its pictures, charts of figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils import timezone

from gongkai.channels.articles import Article, Offer
from gongkai.portal.charts import Chart, ChartError, Form, Series, drawings
from gongkai.portal.files import AlteredFileError, read_kept
from gongkai.portal.models import ItemType, StoredFile
from gongkai.portal.queries import public, public_edition
from gongkai.portal.snapshot import file_address

# What is no text of its own is not sent on.
_SENT = [each for each in ItemType if each not in {ItemType.LINK, ItemType.PAGE}]


def recent(agency_id: int, since: date, most: int) -> Sequence[Offer]:
    """What was published since a day and the public reads now, the newest first; one query."""
    found = public(agency_id).filter(published_on__gte=since, type__in=_SENT).select_related("column")
    return [
        Offer(each.item_id, each.title, each.get_absolute_url(), each.column.name, timezone.localdate(each.live_from))
        for each in found[:most]
        if each.item_id is not None and each.live_from is not None
    ]


def find(agency_id: int, item: int) -> Article | None:
    """The published edition of an item; ``None`` for what the public does not read."""
    found = public_edition(agency_id, item)
    if found is None or found[0].type not in _SENT or found[0].live_from is None:
        return None
    publication, edition = found
    data = edition.data
    # Pictures are served under the beginning of their digest.
    by_address = {file_address(item, digest, ""): digest for digest in data["files"]}

    def picture(src: str) -> bytes | None:
        digest = by_address.get(f"{src.rpartition('/')[0]}/")
        try:
            return read_kept(digest) if digest else None
        except (StoredFile.DoesNotExist, AlteredFileError, OSError):
            return None  # whoever asked says that it is gone; gongkai verify tells the office why

    root = publication.agency.website.rstrip("/")
    return Article(
        item=item,
        title=data["title"],
        summary=data["summary"],
        html=data["html"],
        edition=edition.digest,
        address=f"{root}{publication.get_absolute_url()}" if root else "",
        published_on=timezone.localdate(publication.live_from),
        picture=picture,
    )


def draw(
    title: str, unit: str, labels: Sequence[str], series: Sequence[tuple[str, Sequence[int | None]]], key: str
) -> str:
    """Lines over time, as the portal draws them; "" for what cannot be drawn honestly, which the table shows."""
    lines = tuple(
        Series.of(name, tuple(None if each is None else Decimal(each) for each in values)) for name, values in series
    )
    try:
        return drawings(Chart(title, unit, "", "", tuple(labels), lines, Form.LINE), key)
    except ChartError:
        return ""
