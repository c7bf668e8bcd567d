"""The pages of documents and of the clean-up, from beginning one to the draft of its lists."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser

from gongkai.bureau.models import Agency
from gongkai.portal.models import Cleanup, Column, Publication

from .test_documents import document

TODAY = timezone.localdate()
DOCUMENTS, CLEANUPS = "/admin/portal/validity/", "/admin/portal/validity/cleanups/"


@pytest.fixture
def signed_in(bureau: SimpleNamespace, client: Client) -> Client:
    client.force_login(bureau.reviewer)
    return client


def page(client: Client, path: str) -> LexborHTMLParser:
    response = client.get(path)
    assert response.status_code == 200, path
    return LexborHTMLParser(response.content.decode())


def test_every_number_leads_to_as_many_documents(bureau: SimpleNamespace, signed_in: Client) -> None:
    document(bureau, "有效")
    document(bureau, "将到期", expires_on=TODAY + timedelta(days=10))
    document(bureau, "失效", expires_on=TODAY - timedelta(days=1))
    repealed = document(bureau, "废止")
    Publication.objects.filter(pk=repealed.pk).update(repealed_on=TODAY, ended_on=TODAY)
    cards = page(signed_in, DOCUMENTS).css(".gk-number-card a")
    counts = [int(card.css_first(".gk-number-card__value").text()) for card in cards]
    assert counts == [2, 0, 1, 1, 1]
    for card, count in zip(cards, counts, strict=True):
        assert len(page(signed_in, str(card.attributes["href"])).css("tbody tr")) == count
    assert "10 天" in page(signed_in, f"{DOCUMENTS}?state=lapsing").body.text()
    assert len(page(signed_in, f"{DOCUMENTS}?department={bureau.survey.pk}").css("tbody tr")) == 4
    assert page(signed_in, f"{DOCUMENTS}?department={bureau.office.pk}").css("tbody tr") == []
    book = load_workbook(BytesIO(signed_in.get(f"{DOCUMENTS}?state=repealed&export=xlsx").content)).active
    assert [row[4].value for row in book.rows] == ["有效性", "废止"]


def test_a_list_costs_the_same_however_long_it_is(bureau: SimpleNamespace, signed_in: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(signed_in, DOCUMENTS)
        return len(queries)

    document(bureau, "甲")
    cost()
    before = cost()
    for number in range(4):
        document(bureau, f"乙{number}")
    assert cost() == before


def test_a_clean_up_from_the_first_page_to_the_draft_of_its_lists(bureau: SimpleNamespace, signed_in: Client) -> None:
    column = Column.objects.create(agency=bureau.agency, name="通知公告")
    for name in ("甲", "乙", "丙"):
        document(bureau, name)
    assert "还没有公布过清理结果" in page(signed_in, CLEANUPS).body.text()
    refused = signed_in.post(CLEANUPS, {"title": "清理", "as_of": TODAY + timedelta(days=1)})
    assert (refused.status_code, "不能晚于今天" in refused.content.decode()) == (422, True)
    assert signed_in.post(CLEANUPS, {"title": "2020年清理", "as_of": TODAY}).status_code == 302
    cleanup = Cleanup.objects.get()
    path = f"{CLEANUPS}{cleanup.pk}/"
    entries = list(cleanup.entries.values_list("pk", flat=True))
    # Several are shown first, one is concluded at once.
    given = {"entry": entries[:2], "conclusion": "in_force"}
    preview = signed_in.post(path, given)
    assert "将以下 2 件列为“继续有效”" in preview.content.decode()
    assert cleanup.entries.exclude(conclusion="").count() == 0
    assert signed_in.post(path, given | {"confirmed": "1"}).status_code == 302
    without = signed_in.post(path, {"entry": entries[2:], "conclusion": "repeal"})
    assert (without.status_code, "请写明理由" in without.content.decode()) == (422, True)
    ticked = LexborHTMLParser(without.content.decode()).css("input[name=entry][checked]")
    assert [node.attributes["value"] for node in ticked] == [str(entries[2])], "what was ticked stays ticked"
    finish = f"{path}finish/"
    early = signed_in.post(finish, {"column": column.pk, "on": TODAY})
    assert (early.status_code, "还有 1 件" in early.content.decode()) == (422, True)
    assert signed_in.post(path, {"entry": entries[2:], "conclusion": "repeal", "reason": "过时"}).status_code == 302
    assert len(page(signed_in, f"{path}?state=repeal").css("tbody tr")) == 1
    done = signed_in.post(finish, {"column": column.pk, "on": TODAY})
    cleanup.refresh_from_db()
    assert cleanup.item is not None
    assert (done.status_code, done["Location"]) == (302, f"/admin/portal/items/{cleanup.item.pk}/")
    assert page(signed_in, path).css("input[name=entry]") == [], "nothing more can be concluded"


def test_the_clean_up_of_another_body_does_not_exist(bureau: SimpleNamespace, signed_in: Client) -> None:
    other = Agency.add_root(code="x", name="另一机关")
    cleanup = Cleanup.objects.create(agency=other, title="它的清理", as_of=date(2020, 12, 31))
    for path in (f"{CLEANUPS}{cleanup.pk}/", f"{CLEANUPS}{cleanup.pk}/finish/", f"{DOCUMENTS}?agency=x"):
        assert signed_in.get(path).status_code == 404


def test_a_leader_is_not_offered_to_draft_what_a_leader_signs(
    bureau: SimpleNamespace, signed_in: Client, client: Client
) -> None:
    document(bureau, "甲")
    signed_in.post(CLEANUPS, {"title": "2020年清理", "as_of": TODAY})
    path = f"{CLEANUPS}{Cleanup.objects.get().pk}/"
    assert "形成清理结果" in page(signed_in, path).body.text()
    client.force_login(bureau.leader)
    assert "形成清理结果" not in page(client, path).body.text()
    assert client.get(f"{path}finish/").status_code in {302, 403}
