"""Whether what the site shows is what the ledger says was approved, to the last file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256

from django.db import connection

from gongkai.bureau.models import Agency
from gongkai.ledger.models import Entry

from . import gate
from .events import STREAM
from .files import open_kept
from .models import Publication, StoredFile
from .snapshot import digest_of

_PIECE = 1 << 20


def altered(agency: Agency) -> list[str]:
    """What is wrong with an agency's publications, in Chinese, a line each; none when all are intact.

    The database holds most of this by itself (:mod:`gongkai.portal.gate`); here it is held against the ledger again,
    for a database whose triggers somebody dropped. The chain itself is verified by
    :func:`gongkai.ledger.services.verify`. Reads every file that is public.
    """
    found = [] if gate.installed(connection) else ["数据库中保护已发布信息的触发器被删去，请从备份恢复数据库"]
    approved = _approved(agency)
    named: set[str] = set()
    publications = Publication.objects.filter(agency=agency, edition__isnull=False).select_related("edition")
    for publication in publications.order_by("pk").iterator(200):
        edition = publication.edition
        if edition is None or publication.item_id is None:
            continue
        if digest_of(edition.content) != edition.digest or edition.digest != approved.get(publication.item_id):
            found.append(f"信息《{publication.title}》（/art/{publication.item_id}.html）：内容与签发的不同")
        elif publication.withdrawn_on is None:
            named.update(edition.data["files"])
    return found + list(_altered_files(named))


def _approved(agency: Agency) -> dict[int, str]:
    """The digest that the ledger approved last, by item."""
    entries = Entry.objects.filter(agency=agency, stream=STREAM, kind="approved").order_by("position")
    return {item: json.loads(payload)["digest"] for item, payload in entries.values_list("stream_id", "payload")}


def _altered_files(named: set[str]) -> Iterator[str]:
    known = {stored.digest: stored for stored in StoredFile.objects.defer("text")}
    for digest in sorted(named):
        stored = known.get(digest)
        if stored is None:
            yield f"已发布的文件 {digest[:12]} 没有登记"
            continue
        try:
            with open_kept(stored) as file:
                seen = sha256()
                while piece := file.read(_PIECE):
                    seen.update(piece)
        except OSError:
            yield f"已发布的文件 {stored.path} 不见了，请从备份恢复"
            continue
        if seen.hexdigest() != digest:
            yield f"已发布的文件 {stored.path} 被改动，请从备份恢复"
