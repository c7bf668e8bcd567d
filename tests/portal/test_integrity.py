"""``gongkai verify`` finds what was changed behind the program, in the database or on the disk."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection
from wagtail.documents import get_document_model

from gongkai.portal import gate
from gongkai.portal.integrity import altered
from gongkai.portal.models import Attachment, Edition, Item, StoredFile

from . import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def live(bureau: SimpleNamespace) -> Item:
    """An article with a file."""
    item = world.draft(bureau)
    document = get_document_model().objects.create(title="附表", file=ContentFile("一,二".encode(), "附表.csv"))
    Attachment.objects.create(item=item, document=document, sort_order=0)
    return world.approve(bureau, Item.objects.get(pk=item.pk))


def file_of(item: Item) -> Path:
    digest = Edition.objects.get(item=item).data["attachments"][0]["digest"]
    return Path(settings.MEDIA_ROOT) / StoredFile.objects.get(pk=digest).path


def test_what_is_as_it_was_approved_is_told_nothing_of(bureau: SimpleNamespace, live: Item) -> None:
    assert altered(bureau.agency) == []


def test_a_file_that_was_changed_or_taken_away_is_found(bureau: SimpleNamespace, live: Item) -> None:
    path = file_of(live)
    before = path.read_bytes()
    path.write_bytes(b"changed")
    assert altered(bureau.agency) == [f"已发布的文件 {StoredFile.objects.get().path} 被改动，请从备份恢复"]
    path.unlink()
    assert "不见了" in altered(bureau.agency)[0]
    path.write_bytes(before)


def test_replacing_the_editors_copy_changes_nothing_that_is_public(bureau: SimpleNamespace, live: Item) -> None:
    document = get_document_model().objects.get()
    document.file.save("附表.csv", ContentFile("三,四".encode()))
    assert file_of(live).read_bytes() == "一,二".encode()
    assert altered(bureau.agency) == []


def test_a_text_changed_with_the_triggers_dropped_is_found(bureau: SimpleNamespace, live: Item) -> None:
    gate.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE portal_edition SET content = REPLACE(content, '会议', '密件')")
    told = altered(bureau.agency)
    assert told == [
        "数据库中保护已发布信息的触发器被删去，请从备份恢复数据库",
        f"信息《一季度统计工作会议召开》（/art/{live.pk}.html）：内容与签发的不同",
    ]
