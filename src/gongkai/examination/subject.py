"""What is examined, as plain values: other code turns an item and its body into these."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from gongkai.law.limits import LimitKind


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading, cell or caption. ``place`` is Chinese, as "正文第3段"; ``anchor`` the editor's block.

    ``label`` is what names the text where it stands, as the heading of its column ("身份证号码").
    """

    place: str
    text: str
    anchor: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its headings as its first rows; merged cells repeat or leave empty what they cover."""

    place: str
    caption: str
    rows: tuple[tuple[str, ...], ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the text. ``data`` gives the file's bytes, where there is a file of ours."""

    place: str
    alt: str
    name: str
    data: Callable[[], bytes] | None = None
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link with the words that carry it."""

    place: str
    text: str
    url: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes out with the text."""

    name: str
    open: Callable[[], BinaryIO]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """元数据. Empty and ``None`` mean that nothing has been filled in.

    ``is_document``: a policy document, which needs more particulars than an article. ``published_on`` is the day on
    which it is to go out, today when it goes out at once. ``limit`` is the period for publishing it.
    """

    title: str
    type: str = ""
    is_document: bool = False
    document_number: str = ""
    formed_on: date | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    published_on: date | None = None
    issuer: str = ""
    basis: str = ""
    topic: str = ""
    openness: str = ""
    limit: LimitKind | None = LimitKind.PUBLICATION


@dataclass(frozen=True, slots=True)
class Subject:
    """Everything that would become public with one item."""

    metadata: Metadata
    passages: tuple[Passage, ...] = ()
    tables: tuple[Table, ...] = ()
    pictures: tuple[Picture, ...] = ()
    links: tuple[Link, ...] = ()
    attachments: tuple[Attachment, ...] = ()
