"""What can be had without applying: the form to print, the way of an application, what becomes of personal data."""

from __future__ import annotations

from io import BytesIO

import pdfplumber
import pytest
from django.core.cache import cache
from django.test import Client
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.applications.models import ApplicantKind, Application, Delivery, Provision, RetentionSchedule
from gongkai.bureau.models import Agency, User
from gongkai.law.parameters import standard_parameters

from .visitor import APPLY, GIVEN, STATUS, Visitor, proof

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere]


def test_the_form_to_print_is_one_page_with_everything_that_article_29_asks_for(client: Client, agency: Agency) -> None:
    with pdfplumber.open(BytesIO(client.get("/ysqgk/biaoge/shenqingbiao.pdf").content)) as pdf:
        assert len(pdf.pages) == 1
        said = (pdf.pages[0].extract_text() or "").replace("\n", "")
    written = Document(BytesIO(client.get("/ysqgk/biaoge/shenqingbiao.docx").content))
    typed = "".join(cell.text for row in written.tables[0].rows for cell in row.cells)
    for words in (*ApplicantKind.labels, *Provision.labels, *Delivery.labels, "证件号码", "内容描述", "文号"):
        assert str(words) in typed
        assert str(words)[:2] in said, words
    assert "用途" not in typed, "no purpose is asked for"
    assert agency.name in said


def test_the_way_of_an_application_names_the_periods_of_the_law(client: Client, agency: Agency) -> None:
    visitor = Visitor(client).get("/ysqgk/biaoge/")
    text = visitor.one(".flow")
    for code in ("correction_request", "reply", "extension", "consultation"):
        assert f"{standard_parameters().by_code[code][-1].number}个工作日" in text, code
    assert next(each.text() for each in visitor.page.css(".flow h3")) == "提出申请"


def test_the_notice_says_who_why_which_how_long_and_which_rights(client: Client, agency: Agency, clerk: User) -> None:
    told = Visitor(client).get("/ysqgk/yinsi/").text
    for words in (agency.name, agency.telephone, "第十七条", "证件号码", "查阅、复制", "办结后 1 年", "办结后 10 年"):
        assert words in told, words
    RetentionSchedule.objects.create(agency=agency, id_proof_years=3, applicant_years=7, confirmed_by=clerk)
    assert "办结后 7 年" in Visitor(client).get("/ysqgk/yinsi/").text


def test_the_page_of_the_portal_leads_to_all_of_it(client: Client, agency: Agency) -> None:
    visitor = Visitor(client).get("/ysqgk/")
    for address in (APPLY, STATUS, "/ysqgk/biaoge/", "/ysqgk/jisuan/", "/ysqgk/yinsi/"):
        assert visitor.page.css_first(f'.apply-ways a[href="{address}"]') is not None, address


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    typed=st.dictionaries(st.sampled_from([*GIVEN, "address", "fax", "token", "held", "action", "website"]), TEXT),
    name=TEXT,
)
def test_whatever_is_typed_into_the_form_is_answered(
    client: Client, agency: Agency, typed: dict[str, str], name: str
) -> None:
    visitor = Visitor(client).get(APPLY)
    visitor.send(GIVEN | {"id_proof": proof(name=f"证{name.replace(chr(47), chr(92))}"), "action": "check"} | typed)
    assert visitor.status in {200, 400, 429}
    if visitor.status == 200:
        visitor.send({"action": "submit"})
        assert visitor.status in {303, 429}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(text=TEXT, title=TEXT)
def test_any_text_is_kept_as_it_was_written(client: Client, agency: Agency, text: str, title: str) -> None:
    cache.clear()
    visitor = Visitor(client)
    visitor.filled(requested=text, title=title)
    if visitor.status == 200:
        visitor.send({"action": "submit"})
        assert visitor.status == 303
        made = Application.objects.latest("pk")
        wanted = text.replace("\r\n", "\n").replace("\r", "\n").strip()
        assert made.requested.replace("\r\n", "\n").replace("\r", "\n").strip() == (wanted or title.strip())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(number=TEXT, code=TEXT)
def test_whatever_is_looked_up_is_answered(client: Client, agency: Agency, number: str, code: str) -> None:
    cache.clear()
    assert Visitor(client).get(STATUS).send({"number": number, "code": code}, STATUS).status in {400, 403}
