"""Items as the examination wants them, and its findings as the item keeps them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from urllib.parse import urlsplit

from django.conf import settings as django_settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from gongkai.bureau.calendar import working_calendar
from gongkai.bureau.models import Agency
from gongkai.examination import (
    Attachment,
    Link,
    Metadata,
    Passage,
    Picture,
    Settings,
    Severity,
    Subject,
    Table,
    Word,
    checker,
    examine,
    starter_words,
)
from gongkai.examination import Finding as Found

from .blocks import links, passages, pictures, tables
from .models import Finding, Item, ItemType, WatchWord
from .resolving import leads_somewhere

_SALT = "gongkai.portal.finding"
_LONGEST_EXCERPT = 300


def examine_item(item: Item, *, at: datetime | None = None) -> list[Finding]:
    """Examine the text as it stands and keep what was found in place of what was found before."""
    day = timezone.localdate(at) if at else timezone.localdate()
    found = examine(subject_of(item, day), settings_of(item.agency, day))
    rows = [_row(item, order, each) for order, each in enumerate(found)]
    with transaction.atomic():
        Item.objects.select_for_update(of=("self",)).only("pk").get(pk=item.pk)  # two who examine leave one answer
        Finding.objects.filter(item=item).delete()
        return Finding.objects.bulk_create(rows)


def fingerprint_of(item: Item, found: Found) -> str:
    """An HMAC of what was found and where: an override holds for this alone, and tells nobody what it was."""
    return salted_hmac(_SALT, f"{item.pk}\x1f{found.key}", algorithm="sha256").hexdigest()


def settings_of(agency: Agency, day: date) -> Settings:
    """What the agency of an item has decided: its words, numbers, addresses and hosts; one query for the words."""
    hosts = {host for host in (urlsplit(agency.website).hostname, *_allowed_hosts()) if host}
    own = frozenset(hosts)
    return Settings(
        today=day,
        words=words_of(agency),
        office_numbers=frozenset(number for number in (agency.telephone, agency.fax) if number),
        office_addresses=(agency.address,) if agency.address else (),
        own_hosts=own,
        check_link=checker(lambda path: leads_somewhere(agency.pk, path), own),
        calendar=working_calendar(),
    )


def words_of(agency: Agency) -> tuple[Word, ...]:
    """The list that comes with the release, then the words for everybody, then the agency's own: the later prevails."""
    own = WatchWord.objects.filter(Q(agency=agency) | Q(agency=None)).order_by(F("agency").asc(nulls_first=True), "pk")
    return (
        *starter_words(),
        *(Word(each.pattern, each.advice, Severity[each.severity.upper()], each.replacement) for each in own),
    )


def subject_of(item: Item, day: date) -> Subject:
    """Everything that would become public with the item."""
    return Subject(
        metadata=_metadata(item, day),
        passages=tuple(_passages(item)),
        tables=tuple(Table(t.place, t.caption, t.rows, t.anchor) for t in tables(item.body)),
        pictures=tuple(_pictures(item)),
        links=tuple(_links(item)),
        attachments=tuple(_attachments(item)),
    )


def _metadata(item: Item, day: date) -> Metadata:
    release = timezone.localtime(item.release_at).date() if item.release_at else day
    return Metadata(
        title=item.title,
        type=item.get_type_display(),
        is_document=item.type == ItemType.DOCUMENT,
        document_number=item.document_number,
        formed_on=item.formed_on,
        effective_on=item.effective_on,
        expires_on=item.expires_on,
        published_on=release,
        issuer=item.issuer or item.agency.name,
        basis=item.basis or item.column.category,
        topic=item.topic,
        openness=item.get_openness_display(),
    )


def _passages(item: Item) -> Iterator[Passage]:
    if item.summary:
        yield Passage("内容概述", item.summary)
    yield from (Passage(each.place, each.text, each.anchor) for each in passages(item.body))


def _pictures(item: Item) -> Iterator[Picture]:
    found = pictures(item.body)
    images = get_image_model().objects.in_bulk({each.image for each in found})
    for each in found:
        image = images.get(each.image)
        # Who marked a picture as decoration has thought about its text.
        alt = each.alt or ("装饰" if each.decorative else "")
        yield Picture(each.place, alt, image.filename if image else "", _reader(image) if image else None, each.anchor)


def _reader(stored: object) -> Callable[[], bytes]:
    def read() -> bytes:
        with stored.file.open("rb") as file:  # type: ignore[attr-defined]
            content: bytes = file.read()
        return content

    return read


def _links(item: Item) -> Iterator[Link]:
    if item.link:
        yield Link("链接地址", item.title, item.link)
    found = links(item.body)
    wanted = {each.target[1] for each in found if each.target and each.target[0] == "document"}
    known = set(get_document_model().objects.filter(pk__in=wanted).values_list("pk", flat=True))
    for each in found:
        if each.target is None:
            yield Link(each.place, each.text, each.url, each.anchor)
        elif each.target[1] not in known:
            yield Link(each.place, each.text, f"/documents/{each.target[1]}/", each.anchor)


def _attachments(item: Item) -> Iterator[Attachment]:
    """The attachments, and the files that the text links to."""
    for each in item.attachments.all().select_related("document"):
        yield _attachment(each.document)
    wanted = {each.target[1] for each in links(item.body) if each.target and each.target[0] == "document"}
    for document in get_document_model().objects.filter(pk__in=wanted):
        yield _attachment(document)


def _attachment(document: object) -> Attachment:
    return Attachment(document.filename, lambda: document.file.open("rb"))  # type: ignore[attr-defined]


def _allowed_hosts() -> list[str]:
    return [host for host in django_settings.ALLOWED_HOSTS if host not in {"*", "127.0.0.1", "localhost", "[::1]"}]


def _row(item: Item, order: int, found: Found) -> Finding:
    return Finding(
        item=item,
        rule=found.rule,
        severity=found.severity.name.lower(),
        place=found.place[:200],
        message=found.message,
        excerpt=found.excerpt[:_LONGEST_EXCERPT],
        anchor=found.anchor[:60],
        fingerprint=fingerprint_of(item, found),
        order=order,
    )
