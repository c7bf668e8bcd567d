"""Figures: the calendar of releases, the series of an indicator, the headlines of the first page."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gongkai.portal.models import Indicator, ItemType, ReleasePlan
from gongkai.portal.periods import period_words
from gongkai.portal.views.calendar import _folded

from .. import world
from .conftest import Reader, adopt, links, texts


@pytest.fixture
def indicator(site: SimpleNamespace) -> Indicator:
    return Indicator.objects.create(
        agency=site.agency, name="规模以上工业增加值", unit="亿元", headline=1, method="按生产法计算。"
    )


def release(site: SimpleNamespace, indicator: Indicator, period: str, value: str, growth: str, day: str) -> object:
    return adopt(
        site, f"{period_words(period)}{indicator.name}", "统计数据", f"{day} 10:00", type=ItemType.RELEASE,
        indicator=indicator, period=period, value=value, growth=growth,
    )  # fmt: skip


def test_a_headline_is_the_latest_period_with_a_chart_of_those_before(
    site: SimpleNamespace, indicator: Indicator, read: Reader
) -> None:
    release(site, indicator, "2020-02", "1234.5", "-3.4", "2020-03-15")
    last = release(site, indicator, "2020-03", "2050", "1.25", "2020-04-15")
    release(site, indicator, "2019", "20000", "7", "2020-01-20")
    card = read("/").css_first(".cards li")
    assert card.css_first(".value").text() == "2,050 亿元"
    assert card.css_first(".growth").text() == "同比增长 1.25%"
    assert "2020年3月" in card.text()
    assert "2020-04-15 发布" in card.text()
    assert f"/art/{last.pk}.html" in [node.attributes["href"] for node in card.css("a")]
    assert "2020年2月" in card.css_first("svg title").text()


def test_an_indicator_that_nobody_published_has_no_page_and_no_headline(
    site: SimpleNamespace, indicator: Indicator, read: Reader
) -> None:
    world.published(
        site, "明天的数据", type=ItemType.RELEASE, indicator=indicator, period="2020-03", value="1",
        release_at=timezone.now() + timedelta(hours=1),
    )  # fmt: skip
    assert not read("/").css(".cards li")
    read(f"/zb/{indicator.pk}/", 404)
    read("/zb/999999/", 404)


def test_the_series_has_a_chart_a_table_and_a_file(
    site: SimpleNamespace, indicator: Indicator, read: Reader, client: Client
) -> None:
    release(site, indicator, "2020-02", "1234.5", "-3.4", "2020-03-15")
    release(site, indicator, "2020-03", "2050", "0", "2020-04-15")
    corrected = release(site, indicator, "2020-02", "1240", "-3", "2020-05-15")
    page = read(f"/zb/{indicator.pk}/")
    rows = [[cell.text(strip=True) for cell in row.css("th, td")][:3] for row in page.css("tbody tr")]
    assert rows == [["2020年3月", "2,050", "与上年同期持平"], ["2020年2月", "1,240", "同比下降 3%"]]
    assert f"/art/{corrected.pk}.html" in links(page, "tbody a"), "the latest word on a period"
    assert len(page.css("svg")) == 2
    assert "按生产法计算。" in (page.html or "")
    table = client.get(f"/zb/{indicator.pk}/data.csv").content.decode("utf-8-sig").splitlines()
    assert table == ["时期,规模以上工业增加值（亿元）", "2020年2月,1240", "2020年3月,2050"]


def test_a_release_tells_its_figure_and_leads_to_the_series(
    site: SimpleNamespace, indicator: Indicator, read: Reader
) -> None:
    item = release(site, indicator, "2020-Q1", "1401.6", "-5.4", "2020-04-20")
    page = read(f"/art/{item.pk}.html")
    facts = dict(zip(texts(page, ".figure dt"), texts(page, ".figure dd"), strict=True))
    assert facts == {
        "指标": "规模以上工业增加值",
        "数据时期": "2020年一季度",
        "数值": "1,401.6亿元",
        "变化": "同比下降 5.4%",
    }
    assert f"/zb/{indicator.pk}/" in links(page, ".figure a")
    assert "按生产法计算。" in page.css_first(".figure details").text()


def test_the_calendar_has_what_is_coming_and_what_was_kept(
    site: SimpleNamespace, indicator: Indicator, read: Reader, client: Client
) -> None:
    now = timezone.now()
    for title, period, when in (
        ("下月数据", "2020-04", now + timedelta(days=20)),
        ("本月数据", "2020-03", now - timedelta(days=10)),
        ("前年数据", "2018-03", now - timedelta(days=400)),
    ):
        ReleasePlan.objects.create(
            agency=site.agency,
            indicator=indicator,
            title=title,
            period=period,
            release_at=when,
            note="初步数；可能修订",
        )
    item = release(site, indicator, "2020-03", "1", "1", "2020-04-15")
    page = read("/fbrc/")
    assert "下月数据" in page.css("table")[0].text()
    assert links(page, "table a") == [f"/art/{item.pk}.html"]
    assert "前年数据" not in (page.html or "")
    response = client.get("/fbrc/fbrc.ics")
    content = response.content.decode()
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert content.count("BEGIN:VEVENT") == content.count("END:VEVENT") == 2
    assert f"DTSTART:{(now + timedelta(days=20)):%Y%m%dT%H%M%SZ}" in content
    assert "SUMMARY:下月数据" in content
    assert all(len(line.encode()) <= 75 for line in content.split("\r\n"))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r\n")))
def test_a_folded_line_is_whole_again_when_it_is_unfolded(line: str) -> None:
    pieces = list(_folded(line))
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
    assert all(piece.startswith(" ") for piece in pieces[1:])


@pytest.mark.parametrize(
    ("period", "words"),
    [("2020", "2020年"), ("2020-03", "2020年3月"), ("2020-Q4", "2020年四季度"), ("", ""), ("历年", "历年")],
)
def test_periods_are_said_in_chinese(period: str, words: str) -> None:
    assert period_words(period) == words
