"""Files are public exactly as long as the item that names them, and come as what they are under their own names."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import Client
from django.utils import timezone
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from gongkai.portal import services
from gongkai.portal.models import Attachment, Item, StoredFile

from .. import world
from .conftest import Reader, links

CHART = {
    "form": "column", "title": "一季度增加值", "unit": "亿元", "text": "时期\t数值\n一月\t12\n二月\t13",
    "direction": "down", "indicator": "", "periods": 10, "source": "温州市统计局", "as_of": "2020年", "note": "",
}  # fmt: skip


def workbook() -> bytes:
    book, content = openpyxl.Workbook(), BytesIO()
    book.active.append(["指标", "数值"])
    book.save(content)
    return content.getvalue()


@pytest.fixture
def attached(site: SimpleNamespace) -> Item:
    """An item with an attachment and a picture, not yet sent."""
    document = get_document_model()(title="统计报表")
    document.file.save("2020年统计报表.xlsx", ContentFile(workbook()))
    document.save()
    content = BytesIO()
    Picture.new("RGB", (40, 30), "blue").save(content, "PNG")
    picture = get_image_model().objects.create(title="会场", file=ImageFile(content, "hall.png"))
    body: Any = [
        ("paragraph", "<p>见附件。</p>"),
        ("figure", {"image": picture, "alt": "会场全景", "decorative": False, "caption": "会场", "source": ""}),
        ("chart", CHART),
    ]
    item = world.draft(site, "报表发布", body=body)
    Attachment.objects.create(item=item, document=document)
    return item


def addresses(read: Reader, item: Item) -> tuple[str, str, str]:
    """Where the attachment, the picture and the figures are."""
    page = read(f"/art/{item.pk}.html")
    picture = str(page.css_first(".body img").attributes["src"])
    (figures,) = links(page, ".b-download a")
    (attachment,) = links(page, ".attachments a")
    return attachment, picture, figures


def test_an_attachment_comes_under_its_chinese_name(
    client: Client, site: SimpleNamespace, attached: Item, read: Reader
) -> None:
    world.approve(site, attached)
    attachment, picture, figures = addresses(read, attached)
    response = client.get(attachment)
    assert b"".join(response.streaming_content) == workbook_of(attached)
    assert response["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "2020年统计报表.xlsx" in unquote(response["Content-Disposition"])
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Cache-Control"] == "no-cache"
    assert "（Excel，" in read(f"/art/{attached.pk}.html").css_first(".attachments").text()
    shown = client.get(picture)
    assert shown["Content-Type"].startswith("image/")
    assert shown["Content-Disposition"].startswith("inline")
    table = client.get(figures)
    assert table["Content-Type"] == "text/csv; charset=utf-8"
    assert table.content.decode("utf-8-sig").splitlines() == ["时期,数值（亿元）", "一月,12", "二月,13"]
    assert "一季度增加值.csv" in unquote(table["Content-Disposition"])


def workbook_of(item: Item) -> bytes:
    with item.attachments.get().document.file.open("rb") as file:
        content: bytes = file.read()
    return content


def test_a_browser_that_has_a_file_is_not_sent_it_again(
    client: Client, site: SimpleNamespace, attached: Item, read: Reader
) -> None:
    world.approve(site, attached)
    attachment, *_ = addresses(read, attached)
    etag = client.get(attachment)["ETag"]
    assert client.get(attachment, headers={"If-None-Match": etag}).status_code == 304
    assert client.head(attachment)["Content-Length"] == str(len(workbook_of(attached)))


def test_files_go_with_their_item(client: Client, site: SimpleNamespace, attached: Item, read: Reader) -> None:
    world.approve(site, attached)
    paths = addresses(read, attached)
    etag = client.get(paths[0])["ETag"]
    services.withdraw(attached, site.leader, "附件有误")
    for path in paths:
        assert client.get(path).status_code == 410, path
    assert client.get(paths[0], headers={"If-None-Match": etag}).status_code == 410, "not for who had it either"
    services.restore(attached, site.leader, "核对无误")
    for path in paths:
        assert client.get(path).status_code == 200, path


def test_nobody_reads_a_file_before_its_item(client: Client, site: SimpleNamespace, attached: Item) -> None:
    attached.release_at = timezone.now() + timedelta(days=1)
    attached.save()
    world.approve(site, attached)
    edition = attached.editions.get()
    paths = [each["url"] for each in edition.data["attachments"]]
    paths += [f"/art/{attached.pk}/data/{block}.csv" for block in edition.data["data"]]
    assert len(paths) == 2
    for path in paths:
        assert client.get(path).status_code == 404, path


def test_a_file_has_one_address_only(client: Client, site: SimpleNamespace, attached: Item, read: Reader) -> None:
    world.approve(site, attached)
    other = world.published(site, "另一条")
    attachment, *_ = addresses(read, attached)
    start, name = attachment.rsplit("/", 1)
    digest = start.rsplit("/", 1)[1]
    for path in (
        f"{start}/任免通知.xlsx",
        f"/art/{attached.pk}/{'0' * 16}/{name}",
        f"/art/{other.pk}/{digest}/{name}",
        f"/art/{attached.pk}/data/nothing.csv",
    ):
        assert client.get(path).status_code == 404, path


def test_a_file_that_is_gone_is_not_a_fault_of_the_reader(
    client: Client, site: SimpleNamespace, attached: Item, read: Reader
) -> None:
    world.approve(site, attached)
    attachment, *_ = addresses(read, attached)
    StoredFile.objects.update(path="published/none")
    assert client.get(attachment).status_code == 404
