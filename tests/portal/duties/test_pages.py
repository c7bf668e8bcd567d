"""The pages of the duty list and of the columns: what is shown, what a wrong entry gets, who may do what."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser

from gongkai.bureau.models import Agency
from gongkai.bureau.roles import Role
from gongkai.portal.duties.queries import duties_on
from gongkai.portal.duties.services import assign
from gongkai.portal.models import Column

from .. import world

TODAY = timezone.localdate()
LIST, WATCH, OVER = "/admin/portal/duties/", "/admin/portal/duties/watch/", "/admin/portal/duties/hand-over/"


@pytest.fixture
def kept(bureau: SimpleNamespace, client: Client) -> SimpleNamespace:
    """The bureau with its columns kept, and its reviewer signed in."""
    bureau.heir = world.user(bureau.agency, "heir", Role.HANDLER, department=bureau.survey, last_name="接任")
    for column in (bureau.first, bureau.column):
        assign(column, bureau.survey, bureau.author, None, date(2020, 1, 1), bureau.leader)
    client.force_login(bureau.reviewer)
    bureau.client = client
    return bureau


def page(client: Client, path: str, status: int = 200) -> LexborHTMLParser:
    response = client.get(path)
    assert response.status_code == status, path
    return LexborHTMLParser(response.content.decode())


def test_the_list_of_a_year_can_be_read_printed_and_reckoned_with(kept: SimpleNamespace) -> None:
    text = page(kept.client, f"{LIST}2020/").body.text()
    assert "温州市统计局2020年栏目维护责任清单" in text
    assert "2020-01-01 起" in text
    word = Document(BytesIO(kept.client.get(f"{LIST}2020/download/docx/").content))
    assert word.sections[0].page_width > word.sections[0].page_height, "A4 across"
    cells = [cell.text for row in word.tables[0].rows for cell in row.cells]
    assert cells[:5] == ["序号", "一级栏目", "栏目", "责任处室", "责任人"]
    assert cells[8:14] == ["1", "工作动态", "工作动态", "综合核算处", "承办", ""]
    book = load_workbook(BytesIO(kept.client.get(f"{LIST}2020/download/xlsx/").content)).active
    assert [row[4].value for row in book.rows] == ["责任人", "承办", "承办"]
    assert kept.client.get(f"{LIST}2020/download/exe/").status_code == 404
    assert kept.client.get(f"{LIST}1999/").status_code == 404


def test_naming_a_keeper_and_what_a_wrong_entry_gets(kept: SimpleNamespace) -> None:
    path = f"{LIST}columns/{kept.column.pk}/assign/"
    given = {"department": kept.survey.pk, "keeper": kept.heir.pk, "deputy": kept.heir.pk, "since": TODAY}
    refused = kept.client.post(path, given)
    assert refused.status_code == 422
    found = LexborHTMLParser(refused.content.decode())
    assert "不能是同一个人" in found.body.text()
    chosen = [node.attributes["value"] for node in found.css("option[selected]")]
    assert chosen == [str(kept.survey.pk), str(kept.heir.pk), str(kept.heir.pk)], "the form comes back as it was"
    assert kept.client.post(path, given | {"since": "2020-2-30", "deputy": ""}).status_code == 422
    assert kept.client.post(path, given | {"deputy": ""}).status_code == 302
    assert duties_on(kept.agency, TODAY)[kept.column.pk].keeper == kept.heir
    history = page(kept.client, f"{LIST}columns/{kept.column.pk}/").body.text()
    assert "在任" in history
    assert "承办" in history
    ended = kept.client.post(f"{LIST}columns/{kept.column.pk}/", {"until": "2019-01-01"})
    assert (ended.status_code, "不能早于" in ended.content.decode()) == (422, True)
    assert kept.client.post(f"{LIST}columns/{kept.column.pk}/", {"until": TODAY}).status_code == 302


def test_handing_over_shows_first_what_would_move(kept: SimpleNamespace) -> None:
    draft = world.draft(kept)
    given = {"giver": kept.author.pk, "taker": kept.heir.pk, "on": TODAY}
    preview = LexborHTMLParser(kept.client.post(OVER, given).content.decode())
    assert {node.attributes["value"] for node in preview.css("input[name=column]")} == {
        str(kept.first.pk),
        str(kept.column.pk),
    }
    assert draft.title in preview.body.text()
    assert duties_on(kept.agency, TODAY)[kept.column.pk].keeper == kept.author, "nothing has moved yet"
    done = kept.client.post(OVER, given | {"confirmed": "1", "column": [kept.column.pk]})
    assert done.status_code == 302
    now = duties_on(kept.agency, TODAY)
    assert (now[kept.column.pk].keeper, now[kept.first.pk].keeper) == (kept.heir, kept.author)
    nothing = kept.client.post(OVER, given | {"giver": kept.author.pk, "on": "2019-01-01", "taker": kept.author.pk})
    assert nothing.status_code in (200, 422)
    assert kept.client.post(OVER, given | {"confirmed": "1"}).status_code == 409, "no column is ticked"


def test_someone_who_left_is_named_on_top_of_the_list(kept: SimpleNamespace) -> None:
    kept.author.is_active = False
    kept.author.save()
    found = page(kept.client, LIST)
    assert "该责任人已停用：承办" in found.body.text()
    link = found.css_first(f"a[href='{OVER}?giver={kept.author.pk}']")
    assert link is not None
    assert page(kept.client, str(link.attributes["href"])).css_first("option[selected]") is not None


@pytest.mark.parametrize("path", ["{LIST}columns/{column}/assign/", "{OVER}"])
def test_only_those_who_keep_the_list_change_it(kept: SimpleNamespace, path: str) -> None:
    kept.client.force_login(kept.author)
    address = path.format(LIST=LIST, OVER=OVER, column=kept.column.pk)
    assert kept.client.get(address).status_code in (302, 403)
    assert "更换" not in page(kept.client, LIST).body.text()


def test_another_bodys_columns_do_not_exist(kept: SimpleNamespace) -> None:
    other = Agency.add_root(code="x", name="另一机关")
    column = Column.objects.create(agency=other, name="它的栏目")
    for path in (f"{LIST}columns/{column.pk}/", f"{LIST}?agency=x", f"{WATCH}?agency=x"):
        assert kept.client.get(path).status_code == 404, path


def test_every_number_of_the_watch_leads_to_as_many_columns(kept: SimpleNamespace) -> None:
    found = page(kept.client, WATCH)
    for card in found.css(".gk-number-card a"):
        count = int(card.css_first(".gk-number-card__value").text())
        assert len(page(kept.client, str(card.attributes["href"])).css("tbody tr")) == count
    assert len(page(kept.client, f"{WATCH}?column={kept.column.pk}").css("tbody tr")) == 1
    kept.client.force_login(kept.author)
    assert len(page(kept.client, f"{WATCH}?mine=1").css("tbody tr")) == 2
    book = load_workbook(BytesIO(kept.client.get(f"{WATCH}?export=xlsx").content)).active
    assert [row[2].value for row in book.rows] == ["更新情况", "空白", "空白"]


@pytest.mark.parametrize("path", [LIST, WATCH])
def test_a_page_costs_the_same_however_many_columns(kept: SimpleNamespace, path: str) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(kept.client, path)
        return len(queries)

    cost()
    before = cost()
    for number in range(8):
        column = Column.objects.create(agency=kept.agency, parent=kept.first, name=f"栏目{number}")
        assign(column, kept.survey, kept.author, kept.heir, date(2020, 1, 1), kept.leader)
    assert cost() == before
