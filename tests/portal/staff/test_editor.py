"""Writing: what a form asks, whose columns it offers, two people at once, texts under review, going back."""

from __future__ import annotations

import json
import re
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from selectolax.lexbor import LexborHTMLParser
from wagtail.documents import get_document_model

from gongkai.ledger.models import Entry
from gongkai.portal import services
from gongkai.portal.models import Attachment, Column, Item, ItemType, Status
from gongkai.portal.staff.panels import PARTICULARS

from .. import world
from .conftest import As

pytestmark = pytest.mark.anywhere

ADD, EDIT = "/admin/portal/items/add/", "/admin/portal/items/edit/{}/"
BLOCK = {"key": "a", "text": "会议召开。", "type": "unstyled", "depth": 0}
PARAGRAPH = json.dumps({"blocks": [BLOCK], "entityMap": {}})


def filled(html: str) -> dict[str, str]:
    """The form of a page as a browser would send it."""
    form = LexborHTMLParser(html).css_first("form[data-edit-form]")
    assert form is not None
    found = {}
    for node in form.css("input, textarea, select"):
        name, kind = node.attributes.get("name"), node.attributes.get("type")
        if not name or "__prefix__" in name or (kind in {"checkbox", "radio"} and "checked" not in node.attributes):
            continue
        if node.tag == "select":
            chosen = node.css_first("option[selected]")
            found[name] = str((chosen.attributes.get("value") or "") if chosen else "")
        elif node.tag == "textarea":
            found[name] = node.text().lstrip("\n")
        else:
            found[name] = str(node.attributes.get("value") or "")
    # The body is put into the form by a script; without it there would be no blocks.
    return {"body-count": "0", **found}


def with_paragraph(values: dict[str, str]) -> dict[str, str]:
    block = {"body-0-deleted": "", "body-0-order": "0", "body-0-type": "paragraph", "body-0-id": ""}
    return values | block | {"body-count": "1", "body-0-value": PARAGRAPH}


def opened(client: Client, item: Item) -> dict[str, str]:
    response = client.get(EDIT.format(item.pk))
    assert response.status_code == 200
    return with_paragraph(filled(response.content.decode()))


def events(item: Item) -> list[tuple[str, int | None]]:
    return [(entry.kind, entry.data.get("by")) for entry in Entry.objects.of_stream("portal.item", item.pk)]


def test_a_new_text_is_its_authors_and_its_departments(bureau: SimpleNamespace, signed: As) -> None:
    client = signed(bureau.author)
    values = with_paragraph(filled(client.get(f"{ADD}?type=article&column={bureau.column.pk}").content.decode()))
    assert values["department"] == str(bureau.survey.pk)
    assert values["column"] == str(bureau.column.pk)
    response = client.post(f"{ADD}?type=article", values | {"title": "会议召开"})
    item = Item.objects.get()
    assert response["Location"] == f"/admin/portal/items/{item.pk}/"
    assert (item.agency, item.type, item.created_by, item.status) == (
        bureau.agency,
        ItemType.ARTICLE,
        bureau.author,
        Status.DRAFT,
    )
    assert "会议召开" in str(item.body)
    assert events(item) == [("edited", bureau.author.pk)]
    assert item.latest_revision is not None


@pytest.mark.parametrize("kind", ItemType.values)
def test_a_form_asks_for_what_the_type_has_and_nothing_else(bureau: SimpleNamespace, signed: As, kind: str) -> None:
    html = signed(bureau.author).get(f"{ADD}?type={kind}").content.decode()
    names = {str(node.attributes.get("name")) for node in LexborHTMLParser(html).css("[name]")}
    every = {name for particulars in PARTICULARS.values() for name in particulars}
    assert names & every == set(PARTICULARS[kind])
    assert ("link" in names) is (kind == ItemType.LINK)
    assert ("effects-TOTAL_FORMS" in names) is (kind in {ItemType.DOCUMENT, ItemType.NOTICE})


@pytest.mark.parametrize("query", ["", "?type=", "?type=nonsense"])
def test_there_is_no_form_without_a_type(bureau: SimpleNamespace, signed: As, query: str) -> None:
    assert signed(bureau.author).get(ADD + query).status_code == 404


def test_bad_input_comes_back_as_it_was_typed(bureau: SimpleNamespace, signed: As) -> None:
    client = signed(bureau.author)
    values = with_paragraph(filled(client.get(f"{ADD}?type=document").content.decode()))
    typed = {"title": "", "column": str(bureau.column.pk), "document_number": "温统〔2020〕12号"}
    typed |= {"effective_on": "2020-05-01", "expires_on": "2020-04-01"}
    response = client.post(f"{ADD}?type=document", values | typed)
    assert response.status_code == 422
    assert "温统〔2020〕12号" in response.content.decode()
    again = client.post(f"{ADD}?type=document", values | typed | {"title": "办法"})
    assert again.status_code == 422
    assert "有效期截止日早于施行日期" in again.content.decode()
    assert not Item.objects.exists()


def test_another_agencys_column_files_and_documents_cannot_be_named(
    bureau: SimpleNamespace, other: SimpleNamespace, signed: As
) -> None:
    item = world.draft(bureau, type=ItemType.INTERPRETATION)
    theirs = Item.objects.create(agency=other.agency, column=other.column, title="别处的文件", type=ItemType.DOCUMENT)
    secret = get_document_model()(title="别处的附件", uploaded_by_user=other.author)
    secret.file.save("secret.txt", ContentFile(b"secret"))
    client = signed(bureau.author)
    values = opened(client, item)
    draftail = {
        "blocks": [BLOCK | {"text": "附件", "entityRanges": [{"offset": 0, "length": 2, "key": 0}]}],
        "entityMap": {"0": {"type": "DOCUMENT", "mutability": "MUTABLE", "data": {"id": secret.pk, "url": "/x"}}},
    }
    attached = {
        "attachments-TOTAL_FORMS": "1",
        "attachments-0-document": str(secret.pk),
        "attachments-0-ORDER": "1",
        "attachments-0-id": "",
        "attachments-0-title": "",
        "attachments-0-DELETE": "",
    }
    for typed in (
        {"column": str(other.column.pk)},
        {"department": str(other.office.pk)},
        {"interprets": str(theirs.pk)},
        attached,
        {"body-0-value": json.dumps(draftail)},
    ):
        response = client.post(EDIT.format(item.pk), values | typed)
        assert response.status_code == 422, typed
    assert not Attachment.objects.exists()
    assert "附件" not in str(Item.objects.get(pk=item.pk).body)
    assert client.post(EDIT.format(item.pk), values).status_code == 302


def test_two_people_at_once_lose_nothing(bureau: SimpleNamespace, signed: As) -> None:
    item = world.draft(bureau)
    first, second = signed(bureau.author), signed(bureau.chief)
    of_first, of_second = opened(first, item), opened(second, item)
    assert first.post(EDIT.format(item.pk), of_first | {"title": "先保存的标题"}).status_code == 302
    refused = second.post(EDIT.format(item.pk), of_second | {"title": "后保存的标题"})
    assert refused.status_code == 409
    text = refused.content.decode()
    assert "别人保存过" in text
    assert "后保存的标题" in text
    assert Item.objects.get(pk=item.pk).title == "先保存的标题"
    # Knowing it, the second may overwrite; a third that did not know of the second may not.
    assert second.post(EDIT.format(item.pk), with_paragraph(filled(text))).status_code == 302
    assert Item.objects.get(pk=item.pk).title == "后保存的标题"
    assert first.post(EDIT.format(item.pk), of_first | {"title": "又一个"}).status_code == 409
    assert events(item) == [("edited", bureau.author.pk), ("edited", bureau.chief.pk)]


def test_a_text_that_never_had_a_revision_is_protected_as_well(bureau: SimpleNamespace, signed: As) -> None:
    item = world.draft(bureau)
    assert item.latest_revision is None
    client = signed(bureau.author)
    values = opened(client, item)
    Item.objects.get(pk=item.pk).save()
    assert client.post(EDIT.format(item.pk), values).status_code == 409


def test_a_text_that_was_sent_meanwhile_is_not_changed_and_what_was_typed_comes_back(
    bureau: SimpleNamespace, signed: As
) -> None:
    item = world.draft(bureau)
    client = signed(bureau.chief)
    values = opened(client, item) | {"title": "改过的标题"}
    edition = services.submit(item, bureau.author)
    response = client.post(EDIT.format(item.pk), values)
    assert response.status_code == 409
    assert "不能修改" in response.content.decode()
    assert "改过的标题" in response.content.decode()
    found = Item.objects.get(pk=item.pk)
    assert (found.title, found.status) == (item.title, Status.DEPARTMENT)
    assert services.case_of(found).digest == edition.digest
    shown = client.get(EDIT.format(item.pk)).content.decode()
    assert "待部门初审，不能修改" in shown
    assert 'class="button action-save" disabled' in shown


def test_a_save_keeps_where_the_item_stands(bureau: SimpleNamespace, signed: As) -> None:
    item = world.published(bureau)
    client = signed(bureau.author)
    assert "公众现在看到的是上次签发的内容" in client.get(EDIT.format(item.pk)).content.decode()
    assert client.post(EDIT.format(item.pk), opened(client, item) | {"title": "更正后的标题"}).status_code == 302
    found = Item.objects.get(pk=item.pk)
    assert (found.title, found.status, found.is_live) == ("更正后的标题", Status.DRAFT, True)
    assert found.publication.title != "更正后的标题", "the public reads what was approved"


def test_only_a_draft_is_saved_while_one_writes(bureau: SimpleNamespace, signed: As) -> None:
    client = signed(bureau.author)
    draft, public = world.draft(bureau), world.published(bureau, "公开的")
    assert "w-autosave-interval" in client.get(EDIT.format(draft.pk)).content.decode()
    assert "w-autosave-interval" not in client.get(EDIT.format(public.pk)).content.decode()
    assert "w-autosave-interval" not in client.get(f"{ADD}?type=article").content.decode()


def test_saving_while_one_writes_makes_one_revision_and_tells_of_a_conflict(
    bureau: SimpleNamespace, signed: As
) -> None:
    item = world.draft(bureau)
    client = signed(bureau.author)
    values = opened(client, item)
    sent = {"HTTP_ACCEPT": "application/json"}
    first = client.post(EDIT.format(item.pk), values | {"title": "写了一半"}, **sent).json()
    assert first["success"]
    kept = {"overwrite_revision_id": str(first["revision_id"])}
    second = client.post(EDIT.format(item.pk), values | kept | {"title": "写了大半"}, **sent).json()
    assert second["revision_id"] == first["revision_id"]
    assert client.post(EDIT.format(item.pk), values | kept | {"title": "写完了"}).status_code == 302
    assert Item.objects.get(pk=item.pk).title == "写完了"
    assert item.revisions.count() == 1
    stale = client.post(EDIT.format(item.pk), values | {"title": "旧窗口"}, **sent)
    assert stale.status_code == 400
    assert stale.json()["error_code"] == "invalid_revision"


def test_an_earlier_text_can_be_looked_at_compared_and_brought_back(bureau: SimpleNamespace, signed: As) -> None:
    item = world.draft(bureau)
    client = signed(bureau.author)
    for title in ("第一稿", "第二稿"):
        assert client.post(EDIT.format(item.pk), opened(client, item) | {"title": title}).status_code == 302
    first, second = item.revisions.order_by("pk")
    base = f"/admin/portal/items/history/{item.pk}/"
    assert "第一稿" in client.get(f"{base}revisions/{first.pk}/view/").content.decode()
    compared = client.get(f"{base}revisions/compare/{first.pk}...{second.pk}/").content.decode()
    assert re.search(r'class="[^"]*deletion[^"]*"', compared)
    revert = f"{base}revisions/{first.pk}/revert/"
    shown = client.get(revert)
    assert "第一稿" in shown.content.decode()
    assert client.post(revert, with_paragraph(filled(shown.content.decode()))).status_code == 302
    assert Item.objects.get(pk=item.pk).title == "第一稿"
    assert item.revisions.count() == 3


def test_going_back_does_not_bring_back_where_the_item_stood(bureau: SimpleNamespace, signed: As) -> None:
    item = world.draft(bureau)
    client = signed(bureau.author)
    client.post(EDIT.format(item.pk), opened(client, item))
    first = item.revisions.get()
    world.approve(bureau, Item.objects.get(pk=item.pk))
    revert = f"/admin/portal/items/history/{item.pk}/revisions/{first.pk}/revert/"
    assert client.post(revert, with_paragraph(filled(client.get(revert).content.decode()))).status_code == 302
    found = Item.objects.get(pk=item.pk)
    assert (found.status, found.is_live, found.round) == (Status.DRAFT, True, 1)


def test_the_preview_is_the_page_of_what_stands_in_the_editor(bureau: SimpleNamespace, signed: As) -> None:
    item = world.draft(bureau)
    client = signed(bureau.author)
    preview = f"/admin/portal/items/preview/{item.pk}/"
    sent = client.post(preview, opened(client, item) | {"title": "编辑中的标题"}).json()
    assert sent == {"is_valid": True, "is_available": True}
    shown = client.get(preview).content.decode()
    assert "编辑中的标题" in shown
    assert "清样，尚未公开" in shown
    assert Item.objects.get(pk=item.pk).title != "编辑中的标题"
    new = client.post("/admin/portal/items/preview/?type=article", opened(client, item) | {"title": "新的"})
    assert new.json()["is_valid"]
    assert "新的" in client.get("/admin/portal/items/preview/?type=article").content.decode()


def test_a_retired_column_is_offered_to_nothing_new(bureau: SimpleNamespace, signed: As) -> None:
    old = Column.objects.create(agency=bureau.agency, name="旧栏目", retired_on=date(2020, 1, 1))
    client = signed(bureau.author)

    def columns(html: str) -> set[Any]:
        return {node.attributes.get("value") for node in LexborHTMLParser(html).css("select[name=column] option")}

    assert str(old.pk) not in columns(client.get(f"{ADD}?type=article").content.decode())
    kept = world.draft(bureau, column=old)
    assert str(old.pk) in columns(client.get(EDIT.format(kept.pk)).content.decode())
