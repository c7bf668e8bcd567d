"""The website work sheet: from the records, from people, what contradicts itself, and its files."""

from __future__ import annotations

import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from django.test import Client
from docx import Document
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries
from selectolax.lexbor import LexborHTMLParser

from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError, Role
from gongkai.channels.models import Appearance, Channel, SubscriberCount
from gongkai.inquiries.models import Closing, Inquiry
from gongkai.portal.models import Column, Publication
from gongkai.project.commands import worksheet as command
from gongkai.reporting.worksheet import services
from gongkai.reporting.worksheet.computing import compute
from gongkai.reporting.worksheet.forms import form_of
from gongkai.reporting.worksheet.models import Answer
from gongkai.reporting.worksheet.writing import WRITERS

from . import world

SEED_KINDS = {"overview": 19, "news": 427, "catalogue": 37, "interpretation": 2, "other": 419}
PAGE = "/admin/website-sheet/2020/"


@pytest.fixture
def seed(agency: Agency) -> Agency:
    """The published counts of the seed's year: 904 on the site and 206 elsewhere, 51 messages in 77 days."""
    day = date(2020, 5, 6)
    column = Column.objects.create(agency=agency, name="工作动态", first_level="工作动态")
    Publication.objects.bulk_create(
        Publication(agency=agency, column=column, kind=kind, title=f"{kind}{at}", published_on=day)
        for kind, many in SEED_KINDS.items()
        for at in range(many)
    )
    for name, items, followers in (("温州统计", 47, 3867), ("温州普查", 64, 6899)):
        channel = Channel.objects.create(agency=agency, kind="wechat", name=name)
        Appearance.objects.bulk_create(
            Appearance(agency=agency, channel=channel, title=str(at), published_on=day) for at in range(items)
        )
        SubscriberCount.objects.create(agency=agency, channel=channel, counted_on=day, count=followers)
    Inquiry.objects.bulk_create(
        Inquiry(
            agency=agency,
            number=f"q{at}",
            subject="问题",
            source="website",
            received_on=day,
            status="closed",
            closed_on=day,
            closing=Closing.PUBLIC if at < 43 else Closing.PRIVATE,
            private_reason="" if at < 43 else "privacy",
            days=2 if at < 26 else 1,
        )
        for at in range(51)
    )
    return agency


def flat(agency: Agency) -> dict[str, object]:
    found: dict[str, object] = json.loads(WRITERS["json"][2](compute(agency, 2020)))
    return found


def test_the_seeds_year_is_what_was_published(
    seed: Agency, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(30):
        found = flat(seed)
    expected = {
        "published.total": 904,  # the site alone, not every channel
        "published.overview": 19,
        "published.news": 427,
        "published.catalogue": 37,
        "interpretations.total": 2,
        "inquiries.received": 51,
        "inquiries.closed": 51,
        "inquiries.mean_days": 1.5,
        "inquiries.public_replies": 43,
        "wechat.1.name": "温州统计",
        "wechat.1.items": 47,
        "wechat.1.subscribers": 3867,
        "wechat.2.items": 64,
        "wechat.2.subscribers": 6899,
        "head.agency": "温州市统计局",
        "security.drill": None,
    }
    assert {code: found[code] for code in expected} == expected
    assert compute(seed, 2020).findings == ()


def test_every_format_says_the_same(seed: Agency, clerk: User) -> None:
    services.answer(seed, 2020, {"security.drill": "是", "media.other": "=1+1"}, clerk)
    sheet = compute(seed, 2020)
    printed = [filled.printed for filled in sheet.filled]
    book = load_workbook(io.BytesIO(WRITERS["xlsx"][2](sheet))).active
    rows = list(book.iter_rows(min_row=3, values_only=True))
    assert [("" if row[3] is None else str(row[3])) for row in rows] == printed
    assert next(row[3] for row in rows if row[1] == "总数") == 904
    table = Document(io.BytesIO(WRITERS["docx"][2](sheet))).tables[0]
    assert [row.cells[2].text for row in table.rows][1:] == printed
    page = LexborHTMLParser(WRITERS["html"][2](sheet).decode())
    assert [(row.css("td")[-1].text()) for row in page.css("tbody tr")] == [text or "—" for text in printed]


def test_answers_are_kept_with_who_and_when_and_the_latest_counts(agency: Agency, clerk: User) -> None:
    assert services.answer(agency, 2020, {"security.found": "3", "security.mended": "4"}, clerk) == 2
    assert services.answer(agency, 2020, {"security.found": "3", "security.mended": "2"}, clerk) == 1
    assert Answer.objects.count() == 3
    filled = {filled.field.code: filled for filled in compute(agency, 2020).filled}
    assert filled["security.mended"].value == 2
    assert filled["security.mended"].answer is not None
    assert filled["security.mended"].answer.entered_by == clerk
    services.answer(agency, 2020, {"security.mended": ""}, clerk)
    assert flat(agency)["security.mended"] is None, "taken back is not 0"
    with pytest.raises(NotPermittedError):
        services.answer(agency, 2020, {"security.found": "9"}, world.user(agency, "nobody", [Role.HANDLER]))
    with pytest.raises(KeyError):
        services.answer(agency, 2020, {"published.total": "1110"}, clerk)


def test_what_contradicts_itself_is_told_with_both_sides(agency: Agency, clerk: User) -> None:
    values = {"services.handled": "10", "services.handled_persons": "6", "services.handled_legal_persons": "3"}
    services.answer(agency, 2020, values | {"security.found": "3", "security.mended": "4"}, clerk)
    found = {finding.rule: finding.message for finding in compute(agency, 2020).findings}
    assert found == {
        "WS-HANDLED": "“办件量总数”是 10，应当等于自然人办件量 6＋法人办件量 3 = 9。",
        "WS-MENDED": "“问题整改数量”是 4，应当不大于发现问题数量 3。",
    }


def test_a_year_without_records_is_asked_for_and_one_with_records_is_not(seed: Agency, clerk: User) -> None:
    services.answer(seed, 2020, {"surveys.total": "2"}, clerk)
    assert flat(seed)["surveys.total"] == 2
    assert flat(seed)["surveys.results"] == 0


def test_the_list_is_dated_and_bound(agency: Agency) -> None:
    form = form_of(2020)
    assert not form.verified
    assert form.first_year == 2017
    with pytest.raises(KeyError):
        form_of(2016)
    assert isinstance(compute(agency, 2020).filled[0].value, str)
    assert Decimal(str(flat(agency)["published.total"])) == 0
    assert flat(agency)["inquiries.mean_days"] is None


def test_every_computed_number_opens_its_records_and_the_rest_is_asked(
    seed: Agency, client: Client, clerk: User
) -> None:
    client.force_login(clerk)
    page = LexborHTMLParser(client.get(PAGE).content.decode())
    assert client.get("/admin/website-sheet/").status_code == 200
    for code in ("published.total", "inquiries.mean_days", "wechat.1.subscribers", "surveys.total"):
        cell = page.css_first(f'td[data-field="{code}"]')
        assert cell is not None
        link = cell.css_first("a")
        assert link is not None
        records = LexborHTMLParser(client.get(str(link.attributes["href"])).content.decode())
        agrees = records.css_first(".gk-agrees")
        assert agrees is not None
        assert agrees.text(strip=True).endswith(f"= 表中的数 {cell.text(strip=True)}"), code
    refused = client.post(f"{PAGE}answer/", {"security.found": "-1", "security.drill": "是"})
    assert refused.status_code == 422
    assert "不能小于 0" in refused.content.decode()
    assert not Answer.objects.exists()
    answers = {"security.drill": "是", "security.found": "0", "innovation.kinds": ["搜索即服务", "无障碍浏览"]}
    assert client.post(f"{PAGE}answer/", answers | {"head.agency": seed.name}).status_code == 302
    assert set(Answer.objects.values_list("field", flat=True)) == set(answers), "what was left alone is no answer"
    text = client.get(PAGE).content.decode()
    assert "clerk" in text
    assert "搜索即服务、无障碍浏览" in text
    assert "checked" in client.get(f"{PAGE}answer/").content.decode()
    for ending, (_, media_type, _) in WRITERS.items():
        assert client.get(f"{PAGE}download/{ending}/")["Content-Type"] == media_type
    assert client.get(f"{PAGE}download/exe/").status_code == 404


def test_only_staff_of_the_bureau_get_in(agency: Agency, client: Client) -> None:
    other = Agency.add_root(code="other", name="别的局")
    client.force_login(world.user(agency, "handler", [Role.HANDLER]))
    assert client.get(PAGE).status_code == 200
    assert client.get(f"{PAGE}answer/").status_code == 302
    assert client.get(f"{PAGE}?agency={other.code}").status_code == 404
    client.logout()
    assert client.get(PAGE).status_code == 302


def test_the_command_writes_and_says_what_is_wrong(
    seed: Agency, clerk: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "start", lambda **_: None)

    def call(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(command.command, ["--year", "2020", *arguments], standalone_mode=False)
        if isinstance(result.exception, click.ClickException):
            return 2, result.exception.format_message()
        return result.return_value, result.output

    assert call("--out", "a.json", "--out", "a.docx", "--out", "a.html")[0] == 0
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["published.total"] == 904
    assert call()[0] == 0
    assert (tmp_path / "温州市统计局2020年政府网站工作年度报表.xlsx").exists()
    services.answer(seed, 2020, {"security.found": "3", "security.mended": "4"}, clerk)
    status, said = call("--out", "a.json")
    assert status == 1
    assert "WS-MENDED" in said
    for arguments, why in (
        (["--out", "a.exe"], ".exe"),
        (["--out", "no/a.json"], "no"),
        (["--agency", "x"], "x"),
        (["--year", "2000"], "2000"),
    ):
        status, said = call(*arguments)
        assert (status, why in said) == (2, True)
