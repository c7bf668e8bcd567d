"""Finding something by the search field, with and without a script."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from gongkai.portal.models import ItemType

from .conftest import Reader, adopt, links
from .test_reading import document


@pytest.fixture
def found(site: SimpleNamespace) -> dict[str, str]:
    """Addresses of some items by title."""
    items = {
        "渔港调查启动": adopt(site, "渔港调查启动", "市局动态", "2020-03-02 09:00"),
        "渔港调查办法": document(site, "渔港调查办法", expires_on=date(2024, 1, 31)),
        "关于渔港调查的通知": adopt(site, "关于渔港调查的通知", "通知公告", "2021-03-02 09:00", type=ItemType.NOTICE),
    }
    return {title: f"/art/{item.pk}.html" for title, item in items.items()}


def test_two_characters_find_what_contains_them(found: dict[str, str], read: Reader) -> None:
    page = read("/search/?q=渔港")
    assert set(links(page, ".hits h2 a")) == set(found.values())
    assert "找到 3 条" in page.css_first("[role=status]").text()
    assert {node.text() for node in page.css(".hits h2 mark")} == {"渔港"}
    assert page.css_first("input[name=q]").attributes["value"] == "渔港", "the question stays in the field"


@pytest.mark.parametrize(("summary", "times"), [("渔港的调查今天启动。", 1), ("另写的概述，说渔港。", 2)])
def test_an_excerpt_does_not_say_the_same_sentence_twice(
    site: SimpleNamespace, read: Reader, summary: str, times: int
) -> None:
    body = [("paragraph", "<p>渔港的调查今天启动。</p>")]
    adopt(site, "启动", "市局动态", "2020-03-02 09:00", summary=summary, body=body)
    assert read("/search/?q=渔港").css_first(".hits p").text().count("渔港") == times


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("q=渔港&in_force=1", {"渔港调查启动", "关于渔港调查的通知"}),
        ("q=渔港&type=document", {"渔港调查办法"}),
        ("q=渔港&year=2021", {"关于渔港调查的通知"}),
        ("q=渔港&topic=统计", {"渔港调查办法"}),
        ("q=渔港&category=rules_and_documents", {"渔港调查办法"}),
        ("q=渔港&type=nonsense&year=x&column=x&page=x&order=x", {"渔港调查启动", "渔港调查办法", "关于渔港调查的通知"}),
        ("q=温统[2020]12号", {"渔港调查办法"}),
        ("q=没有的词语", set()),
    ],
)
def test_the_address_narrows_what_is_found(found: dict[str, str], read: Reader, query: str, titles: set[str]) -> None:
    page = read(f"/search/?{query}")
    assert set(links(page, ".hits h2 a")) == {found[title] for title in titles}
    if not titles:
        assert "没有找到" in (page.html or "")
        assert "/ysqgk/" in links(page)


def test_a_way_to_narrow_says_how_many_and_can_be_undone(
    site: SimpleNamespace, found: dict[str, str], read: Reader
) -> None:
    page = read("/search/?q=渔港")
    choices = {node.text(strip=True): str(node.attributes["href"]) for node in page.css(".side a")}
    assert choices["2021年（1）"] == "/search/?q=%E6%B8%94%E6%B8%AF&year=2021"
    assert choices["工作动态（2）"] == f"/search/?q=%E6%B8%94%E6%B8%AF&column={site.first.pk}"
    narrowed = read(choices["2021年（1）"])
    (chosen,) = narrowed.css(".side a[aria-current]")
    assert chosen.attributes["href"] == "/search/?q=%E6%B8%94%E6%B8%AF"


def test_by_date_is_a_link(found: dict[str, str], read: Reader) -> None:
    assert "/search/?q=%E6%B8%94%E6%B8%AF&order=date" in links(read("/search/?q=渔港"))
    assert links(read("/search/?q=渔港&order=date"), ".hits h2 a")[0] == found["关于渔港调查的通知"]


def test_an_answer_has_pages(site: SimpleNamespace, read: Reader) -> None:
    for number in range(22):
        adopt(site, f"渔港{number:02}", "市局动态", f"2020-03-{number + 1:02} 09:00")
    page = read("/search/?q=渔港&order=date")
    assert len(page.css(".hits li")) == 20
    assert links(page, ".leaf a")[-1] == "/search/?q=%E6%B8%94%E6%B8%AF&order=date&page=2"
    assert len(read("/search/?q=渔港&order=date&page=2").css(".hits li")) == 2


@pytest.mark.parametrize("words", ["", "?", "，。", "\x00", "<script>", "'" * 300, "渔" * 5000, "%", '"'])
def test_anything_can_be_typed(site: SimpleNamespace, client: Client, words: str) -> None:
    response = client.get("/search/", {"q": words})
    assert response.status_code == 200
    assert "<script>" not in response.content.decode().split("<body>")[1]
    assert client.get("/search/suggest", {"q": words}).status_code == 200


def test_titles_are_suggested_while_somebody_types(found: dict[str, str], client: Client) -> None:
    assert client.get("/search/suggest", {"q": "渔港"}).json() == {
        "titles": ["渔港调查启动", "渔港调查办法", "关于渔港调查的通知"]
    }
    assert client.get("/search/suggest", {"q": "通知"}).json()["titles"][0] == "通知公告", "columns by name"


def test_what_is_asked_is_not_kept(found: dict[str, str], client: Client) -> None:
    response = client.get("/search/?q=渔港")
    assert not response.cookies
    assert "noindex" in response.content.decode()
