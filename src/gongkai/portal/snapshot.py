"""A proof of an item: everything that will be served of it, as canonical JSON whose digest is approved.

The body is rendered here, pictures and attachments are named by the digest of their content: what a reviewer sees is
what the public reads, to the byte.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from wagtail.documents import get_document_model

from gongkai.ledger.chain import canonical

from .blocks import Picture, chart_of_block, resolving
from .blocks.figures import grid_of_block
from .charts import csv_of
from .files import keep
from .models import Item

VERSION = 1
# Copied as they stand; dates and numbers as text.
FIELDS = (
    "type",
    "title",
    "summary",
    "link",
    "source",
    "keywords",
    "openness",
    "topic",
    "genre",
    "issuer",
    "document_number",
    "formed_on",
    "release_at",
    "document_class",
    "unified_number",
    "effective_on",
    "expires_on",
    "period",
    "value",
    "growth",
)
RELATIONS = ("agency_id", "column_id", "department_id", "interprets_id", "indicator_id")
_DOCUMENT_LINK = re.compile(r'(?<=href=")/documents/(\d+)/[^"]*(?=")')
_MOST_FIGURES = 500


@dataclass(frozen=True, slots=True)
class Cut:
    """A proof: its content, that as canonical JSON, and the SHA-256 of it."""

    content: Mapping[str, Any]
    text: str
    digest: str


def digest_of(text: str) -> str:
    """The digest of the canonical JSON of a proof."""
    return sha256(text.encode()).hexdigest()


def cut(item: Item, *, keep_files: bool = True) -> Cut:
    """Cut a proof of the item as it stands. With ``keep_files`` its files are stored under their digests.

    Without, for previews, pictures and attachments are read from where editors keep them.
    """
    files = _Files(item.pk or 0) if keep_files else None
    with _pictures(files):
        html = str(item.body.render_as_block({"csv_url": _csv_address(item.pk or 0)})) if item.body else ""
    if files is not None:
        html = _DOCUMENT_LINK.sub(lambda found: files.linked(int(found[1])), html)
    column = item.column
    content: dict[str, Any] = {
        "version": VERSION,
        "item": item.pk,
        **{name: _plain(getattr(item, name)) for name in FIELDS},
        **{name.removesuffix("_id"): getattr(item, name) for name in RELATIONS},
        "kind": item.kind or column.kind,
        "basis": item.basis or column.category,
        "html": html,
        "data": dict(_data(item)),
        "attachments": [_attachment(each, files) for each in item.attachments.all().select_related("document")],
        "effects": [
            {"target": each.target_id, "kind": each.kind, "on": _plain(each.on), "until": _plain(each.until)}
            for each in item.effects.all()
        ],
    }
    content["files"] = sorted(files.digests) if files is not None else []
    text = canonical(content)
    return Cut(json.loads(text), text, digest_of(text))


def shown(content: Mapping[str, Any], item: Item) -> dict[str, Any]:
    """What the template of an item's page needs of a proof that is not public yet."""
    return {"content": content, "column": item.column, "publication": None, "is_proof": True}


def file_address(item: int, digest: str, name: str) -> str:
    """Where the public reads a file of an item."""
    return f"/art/{item}/{digest[:16]}/{quote(name)}"


def _csv_address(item: int) -> Any:
    return lambda block: f"/art/{item}/data/{block}.csv"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


class _Files:
    """Stores the files of one proof and remembers which they were."""

    def __init__(self, item: int) -> None:
        self.item = item
        self.digests: set[str] = set()

    def keep(self, content: bytes, name: str) -> dict[str, Any]:
        kept = keep(content, name)
        self.digests.add(kept.digest)
        return {"name": name, "size": kept.size, "media_type": kept.media_type, "digest": kept.digest}

    def picture(self, image: Any) -> Picture | None:
        """The published copy of an image: re-encoded at the size it is shown in, which drops what cameras add."""
        rendition = image.get_rendition("max-1280x1280")
        with rendition.file.open("rb") as file:
            content = file.read()
        name = f"{sha256(content).hexdigest()[:12]}{PurePath(rendition.file.name).suffix.lower()}"
        kept = self.keep(content, name)
        return Picture(file_address(self.item, kept["digest"], name), rendition.width, rendition.height)

    def document(self, document: Any) -> dict[str, Any]:
        with document.file.open("rb") as file:
            return self.keep(file.read(), document.filename)

    def linked(self, document: int) -> str:
        """The address of a file that a text links to; the home page for one that is gone, which the examination
        reports as a dead link."""
        found = get_document_model().objects.filter(pk=document).first()
        if found is None:
            return f"/documents/{document}/"
        kept = self.document(found)
        return file_address(self.item, kept["digest"], kept["name"])


@contextmanager
def _pictures(files: _Files | None) -> Iterator[None]:
    if files is None:
        yield
        return
    with resolving(files.picture):
        yield


def _attachment(attachment: Any, files: _Files | None) -> dict[str, Any]:
    document = attachment.document
    title = attachment.title or document.title
    if files is None:
        return {"title": title, "name": document.filename, "size": document.get_file_size(), "url": document.url}
    kept = files.document(document)
    return {"title": title, **kept, "url": file_address(files.item, kept["digest"], kept["name"])}


def _data(item: Item) -> Iterator[tuple[str, dict[str, str]]]:
    """The figures behind the charts and tables of the body, as CSV, by the id of their block."""
    for block in list(item.body)[:_MOST_FIGURES]:
        if block.block_type == "chart":
            yield str(block.id), {"name": block.value["title"], "csv": csv_of(chart_of_block(block.value)).decode()}
        elif block.block_type == "table":
            yield str(block.id), {"name": block.value["caption"], "csv": csv_of(grid_of_block(block.value)).decode()}
