"""Every page of the back office opens for those who may see it, in Chinese, and does not exist for others."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from django.test import Client

from gongkai.bureau.models import Agency
from gongkai.bureau.roles import Role
from gongkai.portal import services
from gongkai.portal.models import Indicator, Item, ItemType, ReleasePlan, Route, WatchWord

from ...desk.words import foreign_of
from .. import world
from .conftest import As

pytestmark = pytest.mark.anywhere

# Addresses of columns, a name of a digest, commands, and what the parser makes of a <noscript>.
OWN = {"sjdt", "gzdt", "qtdt", "SHA", "author", "init", "div"}


def item_pages(item: Item) -> list[str]:
    base = "/admin/portal/items/"
    edition = item.editions.first()
    return [
        f"{base}{item.pk}/",
        f"{base}edit/{item.pk}/",
        f"{base}history/{item.pk}/",
        f"{base}{item.pk}/preview/",
        f"{base}preview/{item.pk}/",
        *([f"{base}{item.pk}/editions/{edition.pk}/", f"{base}{item.pk}/withdraw/"] if edition else []),
    ]


LISTS = (
    "/admin/portal/",
    "/admin/portal/items/",
    "/admin/portal/items/results/?status=draft",
    "/admin/portal/items/new/",
    "/admin/portal/columns/",
    "/admin/portal/columns/new/",
    "/admin/portal/words/",
    "/admin/portal/words/new/",
    "/admin/portal/words-upload/",
    "/admin/portal/words-starter/",
    "/admin/portal/indicators/",
    "/admin/portal/indicators/new/",
    "/admin/portal/plans/",
    "/admin/portal/plans/new/",
    "/admin/images/",
    "/admin/documents/",
    "/admin/portal/choose-item/",
    "/admin/portal/choose-publication/",
)


@pytest.mark.parametrize("path", LISTS)
def test_lists_and_forms_open_and_are_in_chinese(bureau: SimpleNamespace, signed: As, path: str) -> None:
    world.draft(bureau)
    response = signed(bureau.reviewer).get(path)
    assert response.status_code == 200
    text = response.content.decode()
    html = json.loads(text)["html"] if "/choose-" in path else text
    assert foreign_of(html, *OWN) == set()


@pytest.mark.parametrize("kind", ItemType.values)
def test_every_type_of_item_has_a_form_in_chinese(bureau: SimpleNamespace, signed: As, kind: str) -> None:
    response = signed(bureau.author).get(f"/admin/portal/items/add/?type={kind}")
    assert response.status_code == 200
    assert foreign_of(response.content.decode(), *OWN) == set()


def test_the_pages_of_an_item_open_for_its_writers(bureau: SimpleNamespace, signed: As) -> None:
    client = signed(bureau.reviewer)
    for item in (world.draft(bureau), world.published(bureau, "已公开的")):
        for path in item_pages(item):
            assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("page", ["", "edit"])
def test_the_page_and_the_editor_of_an_item_are_in_chinese(bureau: SimpleNamespace, signed: As, page: str) -> None:
    item = world.draft(bureau)
    path = f"/admin/portal/items/edit/{item.pk}/" if page else f"/admin/portal/items/{item.pk}/"
    assert foreign_of(signed(bureau.reviewer).get(path).content.decode(), *OWN) == set()


def test_another_agencys_items_do_not_exist(bureau: SimpleNamespace, other: SimpleNamespace, signed: As) -> None:
    client = signed(bureau.reviewer)
    other.column.route = Route.OFFICE_LEADER  # it has no departments
    theirs = Item.objects.create(agency=other.agency, column=other.column, title="别处的秘密标题")
    services.edited(theirs, other.author)
    services.submit(theirs, other.author)
    edition = theirs.editions.get()
    revision = theirs.save_revision()
    for path in (
        *item_pages(theirs),
        f"/admin/portal/items/history/{theirs.pk}/revisions/{revision.pk}/view/",
        f"/admin/portal/items/history/{theirs.pk}/revisions/{revision.pk}/revert/",
        f"/admin/portal/items/history/{theirs.pk}/revisions/compare/earliest...latest/",
        f"/admin/portal/items/{theirs.pk}/editions/{edition.pk}/difference/",
        f"/admin/portal/items/{theirs.pk}/submit/",
    ):
        assert client.get(path).status_code == 404, path
        assert client.post(path).status_code in {404, 405}, path
    for path in ("/admin/portal/items/", "/admin/portal/", "/admin/portal/columns/", "/admin/portal/choose-item/"):
        assert "别处的秘密标题" not in client.get(path).content.decode()
        assert "其他动态" not in client.get(path).content.decode()
    for path in ("items/", "columns/"):
        assert client.get(f"/admin/portal/{path}?agency={other.agency.code}").status_code == 404
    mine = world.draft(bureau)
    assert client.get(f"/admin/portal/items/{mine.pk}/editions/{edition.pk}/").status_code == 404


def test_a_supervisor_reads_below_and_changes_nothing(bureau: SimpleNamespace, signed: As) -> None:
    below = bureau.agency.add_child(code="330302-tj", name="鹿城区统计局")
    people = world.populate_below(below)
    item = Item.objects.create(agency=below, column=people.column, title="区里的工作")
    services.edited(item, people.author)
    above = world.user(bureau.agency, "above", Role.REVIEWER, department=bureau.office, supervising=True)
    client = signed(above)
    page = client.get(f"/admin/portal/items/{item.pk}/").content.decode()
    assert "区里的工作" in page
    assert "gk-deeds" not in page
    assert client.get(f"/admin/portal/items/edit/{item.pk}/").status_code == 404
    assert client.post(f"/admin/portal/items/{item.pk}/submit/").status_code == 409
    assert "区里的工作" in client.get(f"/admin/portal/items/?agency={below.code}").content.decode()


def test_whoever_is_not_signed_in_is_asked_to(client: Client, bureau: SimpleNamespace) -> None:
    item = world.draft(bureau)
    for path in (*LISTS, *item_pages(item)):
        response = client.get(path)
        assert response.status_code == 302, path
        assert response["Location"].startswith("/admin/login/")


def test_the_administrator_has_no_powers_of_publishing(bureau: SimpleNamespace, signed: As) -> None:
    administrator = world.user(bureau.agency, "root", is_superuser=True)
    item = world.draft(bureau)
    client = signed(administrator)
    page = client.get(f"/admin/portal/items/{item.pk}/").content.decode()
    assert "gk-deeds" not in page
    assert client.get("/admin/portal/items/add/?type=article").status_code == 302
    assert client.get(f"/admin/portal/items/edit/{item.pk}/").status_code == 302
    assert client.post(f"/admin/portal/items/{item.pk}/submit/").status_code == 409
    assert client.get("/admin/portal/columns/").status_code == 200
    assert client.get(f"/admin/portal/columns/edit/{bureau.column.pk}/").status_code == 200


@pytest.mark.parametrize("verb", ["delete", "lock", "unlock", "publish", "unpublish", "usage", "copy", "workflow"])
def test_wagtails_own_ways_of_publishing_and_deleting_have_no_address(
    bureau: SimpleNamespace, signed: As, verb: str
) -> None:
    item = world.draft(bureau)
    client = signed(bureau.reviewer)
    for path in (f"items/{verb}/{item.pk}/", f"items/{item.pk}/{verb}/"):
        assert client.post(f"/admin/portal/{path}").status_code == 404


def test_wagtails_bulk_deletion_deletes_no_item(bureau: SimpleNamespace, signed: As) -> None:
    item = world.draft(bureau)
    for user in (bureau.reviewer, world.user(bureau.agency, "root", is_superuser=True)):
        signed(user).post(f"/admin/bulk/portal/item/delete/?id={item.pk}")
        assert Item.objects.filter(pk=item.pk).exists()


def test_lists_that_are_kept_belong_to_their_agency(
    bureau: SimpleNamespace, other: SimpleNamespace, signed: As
) -> None:
    client = signed(bureau.reviewer)
    for name, record in (
        ("words", WatchWord.objects.create(agency=other.agency, pattern="别处的词")),
        ("words", WatchWord.objects.create(pattern="通用的词")),
        ("indicators", Indicator.objects.create(agency=other.agency, name="别处的指标", unit="亿元")),
        (
            "plans",
            ReleasePlan.objects.create(
                agency=other.agency, title="别处的日程", release_at=world.moment("2030-01-01 09:00")
            ),
        ),
        ("columns", other.column),
    ):
        for path in (f"{name}/edit/{record.pk}/", *([] if name == "columns" else [f"{name}/delete/{record.pk}/"])):
            assert client.get(f"/admin/portal/{path}").status_code == 404, path
            assert client.post(f"/admin/portal/{path}").status_code == 404, path
    listed = client.get("/admin/portal/words/").content.decode()
    assert "通用的词" in listed
    assert "别处的词" not in listed
    assert signed(bureau.author).get("/admin/portal/words/").status_code == 302, "writers do not keep the list"
    assert Agency.objects.count() == 2
