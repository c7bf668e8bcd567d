"""What search knows of publications: put in and taken out in the transaction that publishes or withdraws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from gongkai.examination import Attachment
from gongkai.examination.attachments import contents
from gongkai.examination.attachments.content import Budget

from .files import AlteredFileError, read_kept
from .models import Edition, Publication, StoredFile
from .search.index import Text, remove
from .search.index import put as put_texts

KIND = "publication"
_LONGEST = 400_000  # characters of one attachment: a yearbook is found by its beginning


def put(shown: Iterable[tuple[Publication, Edition]]) -> None:
    """Index publications as their editions are; forget those that were withdrawn."""
    pairs = list(shown)
    forget([publication.item_id for publication, _ in pairs if publication.withdrawn_on is not None])
    live = [(publication, edition) for publication, edition in pairs if publication.withdrawn_on is None]
    put_texts(text_of(publication, edition.data) for publication, edition in live)


def forget(items: Iterable[int | None]) -> None:
    """Take the publications of items out of search."""
    remove(KIND, [item for item in items if item is not None])


def text_of(publication: Publication, content: Mapping[str, Any]) -> Text:
    """A publication as search takes it."""
    if publication.item_id is None or publication.live_from is None:
        raise ValueError("only what the site shows can be found on it")
    numbers = (content["document_number"], publication.index_number, content["unified_number"])
    words = [
        *_told(content["summary"], plain(content["html"])),
        content["keywords"],
        content["issuer"],
        content["source"],
    ]
    return Text(
        agency_id=publication.agency_id,
        kind=KIND,
        object_id=publication.item_id,
        url=publication.get_absolute_url(),
        title=publication.title,
        published_at=publication.live_from,
        body="\n".join(filter(None, words)),
        numbers=tuple(filter(None, numbers)),
        attachments="\n".join(_attachments(content["attachments"])),
        column_id=publication.column_id,
        first_column_id=publication.first_column_id,
        item_type=publication.type,
        topic=publication.topic,
        category=publication.category,
        formed_year=publication.formed_on.year if publication.formed_on else None,
        ended_on=publication.ended_on,
    )


def _told(summary: str, body: str) -> tuple[str, ...]:
    """Summary and body; a summary that is taken from the body is told once, or excerpts would repeat it."""
    bare = "".join(summary.rstrip("…").split())
    return (body,) if bare in "".join(body.split()) else (summary, body)


def plain(html: str) -> str:
    """The words of rendered HTML, a line a block."""
    body = LexborHTMLParser(html).body
    if body is None:
        return ""
    lines = (" ".join(line.split()) for line in body.text(deep=True, separator="\n").splitlines())
    return "\n".join(line for line in lines if line)


def _attachments(attachments: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for each in attachments:
        yield each["title"]
        if "digest" in each:
            yield _text_of_file(each["digest"], each["name"])


def _text_of_file(digest: str, name: str) -> str:
    """The words of a file, read out of it once. A file that is gone or altered has none: the watch reports it."""
    stored = StoredFile.objects.get(pk=digest)
    if stored.text is None:
        try:
            content = read_kept(digest)
        except (OSError, AlteredFileError):
            return ""
        file = Attachment(name, lambda: BytesIO(content))
        lines = (
            line
            for found in contents(file, Budget())
            for line in (
                *(passage.text for passage in found.passages),
                *(" ".join(filter(None, row)) for table in found.tables for row in table.rows),
            )
        )
        stored.text = "\n".join(lines)[:_LONGEST].replace("\x00", "")
        stored.save(update_fields=["text"])
    return stored.text
