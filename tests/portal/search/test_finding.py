"""What the public finds, in which order, and what it is told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.bureau.models import Agency
from gongkai.portal.search import finding
from gongkai.portal.search.finding import Found, Query, find, suggest
from gongkai.portal.search.index import Text, put

from .conftest import START, Publish


@pytest.fixture
def ask(agency: Agency) -> Any:
    def ask(words: str, **more: Any) -> Found:
        return find(Query(words, **{"agency_id": agency.pk, **more}))

    return ask


def titles(found: Found) -> list[str]:
    return [hit.entry.title for hit in found.hits]


def test_the_exact_title_comes_first_then_titles_then_texts_each_newest_first(publish: Publish, ask: Any) -> None:
    publish("统计公报")
    publish("2019年统计公报解读")
    publish("2020年统计公报解读")
    publish("发布会", "发布了统计公报。")
    publish("座谈会", "讨论统计公报，再谈统计公报。")
    publish("无关", "公报统计")
    assert titles(ask("统计公报")) == ["统计公报", "2020年统计公报解读", "2019年统计公报解读", "座谈会", "发布会"]
    assert titles(ask("统计公报", order="date"))[:2] == ["座谈会", "发布会"]


@pytest.mark.parametrize("typed", ["温统〔2020〕12号", "温统[2020]12号", "温统（2020）12号", "溫統2020〕12號"])
def test_a_document_is_found_by_its_number_before_those_that_cite_it(publish: Publish, ask: Any, typed: str) -> None:
    publish("关于做好普查的通知", numbers=("温统〔2020〕12号", "001008003001/2020-00012"))
    publish("关于温统〔2020〕12号文件的解读")
    publish("另一份", numbers=("温统〔2020〕1号",))
    publish("又一份", "依照温统〔2020〕12号办理。", numbers=("温统〔2020〕120号",))
    assert titles(ask(typed)) == ["关于做好普查的通知", "关于温统〔2020〕12号文件的解读", "又一份"]
    assert ask(typed).hits[0].numbers.startswith("<mark>温统〔2020〕12号</mark>")
    assert titles(ask("001008003001/2020-00012")) == ["关于做好普查的通知"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("人口 普查", {"一", "二"}),
        ("“人口 普查”", set()),
        ("“人口普查”", {"一"}),
        ("人口普查", {"一"}),
        ("普", {"一", "二"}),
        ("登", {"一"}),
        ("ｇｄｐ", {"三"}),
        ("gdp 增长", {"三"}),
        ("增長", {"三"}),
        ("附表", {"四"}),
        ("普查 增长", set()),
    ],
)
def test_every_word_must_be_there(publish: Publish, ask: Any, typed: str, found: set[str]) -> None:
    publish("一", "人口普查登记")
    publish("二", "普查人口")
    publish("三", "GDP增长")
    publish("四", "见附件", attachments="附表一")
    assert set(titles(ask(typed))) == found


@pytest.mark.parametrize("typed", ["", "  ", "，。《》“”", '"', "***", "\x00", "\ud800", "〔〕"])
def test_nothing_but_punctuation_is_not_a_question(publish: Publish, ask: Any, typed: str) -> None:
    publish("，。", "“”")
    found = ask(typed)
    assert not found.asked
    assert (found.total, found.hits) == (0, [])


def test_nothing_found_is_told_apart_from_nothing_asked(ask: Any) -> None:
    found = ask("榨菜厂")
    assert found.asked
    assert found.words == ("榨菜厂",)
    assert (found.total, found.total_text, found.pages, found.facets["item_type"]) == (0, "0 条", 1, {})


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, {"甲", "乙", "丙", "丁"}),
        ({"column": 7}, {"甲"}),
        ({"column": 1}, {"甲", "乙"}),
        ({"item_type": "notice"}, {"乙"}),
        ({"topic": "统计、人口"}, {"丙"}),
        ({"category": "规范性文件"}, {"丙"}),
        ({"year": 2019}, {"丁"}),
        ({"year": 2020}, {"甲", "乙", "丙"}),
        ({"in_force_only": True}, {"甲", "乙", "丁"}),
        ({"column": 1, "item_type": "notice", "year": 2020}, {"乙"}),
        ({"column": 1, "item_type": "data"}, set()),
        ({"column": -5}, set()),
        ({"item_type": '"; DROP'}, set()),
    ],
)
def test_filters_leave_what_they_say(publish: Publish, ask: Any, filters: dict[str, Any], found: set[str]) -> None:
    publish("甲", "人口", column_id=7, first_column_id=1)
    publish("乙", "人口", column_id=8, first_column_id=1, item_type="notice", ended_on=date(9999, 12, 31))
    publish("丙", "人口", topic="统计、人口", category="规范性文件", ended_on=timezone.localdate())
    publish("丁", "人口", formed_year=2019)
    for order in ("relevance", "date"):
        assert set(titles(ask("人口", order=order, **filters))) == found


def test_what_is_no_longer_in_force_is_found_and_says_so(publish: Publish, ask: Any) -> None:
    publish("旧办法", ended_on=timezone.localdate())
    publish("新办法", ended_on=timezone.localdate() + timedelta(days=1))
    assert [(hit.entry.title, hit.ended) for hit in ask("办法").hits] == [("新办法", False), ("旧办法", True)]


def test_nothing_is_found_before_its_moment(agency: Agency, publish: Publish, ask: Any) -> None:
    publish("公报", "人口普查", published_at=timezone.now() + timedelta(seconds=50))
    publish("人口普查数据", published_at=timezone.now() + timedelta(days=400))
    for words in ("公报", "人口普查", "人口普查数据", "人"):
        assert ask(words).total == 0
        assert ask(words, order="date").total == 0
        assert suggest(words, agency.pk) == []
        assert finding.similar(f"我想要{words}", agency.pk) == []


def test_it_is_found_from_its_moment_on(publish: Publish, ask: Any) -> None:
    publish("公报", published_at=timezone.now() - timedelta(milliseconds=1))
    assert titles(ask("公报")) == ["公报"]


def test_agencies_do_not_find_each_others(publish: Publish, ask: Any) -> None:
    other = Agency.add_root(code="330300-sj", name="温州市审计局")
    publish("统计公报")
    publish("审计公报", agency_id=other.pk)
    assert titles(ask("公报")) == ["统计公报"]
    assert titles(ask("公报", agency_id=other.pk)) == ["审计公报"]


def test_hits_are_marked_in_title_text_and_attachment(publish: Publish, ask: Any) -> None:
    publish("人口<普查>", "全市人口普查登记。")
    publish("附件里", "见附件。", attachments="常住人口表")
    publish("人口", "")
    by_title = {hit.entry.title: hit for hit in ask("人口").hits}
    assert by_title["人口<普查>"].title == "<mark>人口</mark>&lt;普查&gt;"
    assert by_title["人口<普查>"].excerpt == "全市<mark>人口</mark>普查登记。"
    assert not by_title["人口<普查>"].in_attachment
    assert by_title["附件里"].excerpt == "常住<mark>人口</mark>表"
    assert by_title["附件里"].in_attachment
    assert by_title["人口"].excerpt == ""


def test_pages_follow_each_other_without_gap_or_repetition(publish: Publish, ask: Any) -> None:
    for number in range(25):
        publish(f"人口{number}" if number % 3 == 0 else f"第{number}篇", "人口")
    pages = [ask("人口", page=page, per_page=10) for page in (1, 2, 3)]
    seen = [title for page in pages for title in titles(page)]
    assert (len(seen), len(set(seen))) == (25, 25)
    assert seen[:9] == [f"人口{number}" for number in range(24, -1, -3)]
    assert [page.pages for page in pages] == [3, 3, 3]
    assert titles(ask("人口", page=99, per_page=10)) == titles(pages[2])
    assert titles(ask("人口", page=-1, per_page=10)) == titles(pages[0])


def test_counts_by_column_kind_and_year_stand_beside_the_hits(publish: Publish, ask: Any) -> None:
    publish("甲", "人口", first_column_id=1, item_type="notice")
    publish("乙", "人口", first_column_id=1, formed_year=2018)
    publish("丙", "人口", first_column_id=2)
    facets = ask("人口").facets
    assert facets["first_column_id"] == {1: 2, 2: 1}
    assert facets["item_type"] == {"notice": 1}
    assert facets["formed_year"] == {2020: 2, 2018: 1}


def many(agency: Agency, count: int) -> list[Text]:
    return [
        Text(agency.pk, "article", number, "/", f"第{number}篇", START + timedelta(minutes=number), "人口普查工作")
        for number in range(1, count + 1)
    ]


def test_of_more_than_a_thousand_it_says_more_and_titles_still_come_first(agency: Agency, ask: Any) -> None:
    put([Text(agency.pk, "page", 1, "/", "人口普查", START - timedelta(days=900)), *many(agency, 1005)])
    put([Text(agency.pk, "page", 2, "/", "人口普查办法", START - timedelta(days=800))])
    for words in ("人口", "人口普查"):
        found = ask(words)
        assert (found.total, found.more, found.total_text, found.pages) == (1000, True, "1000 条以上", 50)
        assert found.facets == {}
        assert set(titles(found)[:2]) == {"人口普查", "人口普查办法"}
        assert titles(found)[2] == "第1005篇"
    assert titles(ask("人口普查"))[0] == "人口普查"
    assert titles(ask("人口", page=50))[-1] == "第8篇"
    assert titles(ask("人口", order="date"))[0] == "第1005篇"


def test_words_of_which_only_the_pairs_are_there_do_not_hide_those_that_are_whole(agency: Agency, ask: Any) -> None:
    """The index proposes by pairs; more false proposals than are looked at together may not end the search."""
    scattered = [
        Text(agency.pk, "article", number, "/", "文", START + timedelta(minutes=number), "人口，口普，普查")
        for number in range(1, 1400)
    ]
    put([Text(agency.pk, "page", 1, "/", "旧", START - timedelta(days=1), "人口普查"), *scattered])
    found = ask("人口普查")
    assert (found.total, found.more, titles(found)) == (1, False, ["旧"])


@pytest.mark.parametrize("nth", [1, 3, 50, 1900])
def test_over_many_years_a_frequent_and_a_rare_word_are_found_alike_newest_first(
    agency: Agency, ask: Any, nth: int
) -> None:
    """PostgreSQL looks through the newest quarters first and through the rest at once: none may be lost between."""
    every = [
        Text(agency.pk, "article", number, "/", "文", START - timedelta(hours=9 * number), body)
        for number in range(1900)
        for body in ["统计。" + ("人口普查" if number % nth == 0 else "")]
    ]
    put(every)
    standing = [text.object_id for text in every if "人口" in text.body]
    for words in ("人口", "人口普查"):
        pages = [ask(words, per_page=100, page=page) for page in range(1, 11)]
        assert pages[0].more is (len(standing) > 1000)
        seen = list(dict.fromkeys(hit.entry.object_id for page in pages for hit in page.hits))
        assert seen == standing[:1000]


@pytest.mark.parametrize("order", ["relevance", "date"])
def test_more_hits_take_no_more_queries(agency: Agency, ask: Any, order: str) -> None:
    put(many(agency, 3))
    with CaptureQueriesContext(
        connection,
    ) as few:
        ask("人口普查", order=order)
    put(many(agency, 900))
    with CaptureQueriesContext(connection) as lots:
        assert len(ask("人口普查", order=order, per_page=100).hits) == 100
    assert len(lots) == len(few) <= 9


def test_a_query_that_was_cut_says_so(ask: Any) -> None:
    assert ask("人口" * 200).cut
    assert not ask("人口").cut
