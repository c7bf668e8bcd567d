"""Saved pages: what an article says of itself is found, whatever made the page; what is no article is left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gongkai.portal.moving.site.article import MAX_PAGE, UnreadableArticleError
from gongkai.portal.moving.site.folder import read_folder
from gongkai.portal.moving.site.page import read_page

from . import saved


def told(html: str, path: str = "/a/1.html", encoding: str = "utf-8") -> Any:
    return read_page(html.encode(encoding), path)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_page_is_read_in_the_encoding_it_was_saved_in(encoding: str) -> None:
    page = told(saved.article("统计工作会议召开", "<p>会议总结了工作，部署了任务。</p>"), encoding=encoding)
    assert page.title == "统计工作会议召开"
    assert timezone.localtime(page.moment).isoformat() == "2018-03-02T09:30:00+08:00"
    assert page.source == "综合核算处"
    assert page.columns == ("工作动态", "市局动态")
    assert "会议总结了工作" in page.html
    assert "var x" not in page.html
    assert page.is_article


def test_meta_tags_go_before_what_the_page_looks_like() -> None:
    meta = (
        '<meta name="ArticleTitle" content="真正的标题"><meta name="PubDate" content="2017-01-02 03:04">'
        '<meta name="ContentSource" content="市统计局办公室"><meta name="ColumnName" content="市局动态">'
    )
    page = told(saved.article("页面标题", "<p>会议总结了工作，部署了任务。</p>", meta=meta))
    assert (page.title, page.source) == ("真正的标题", "市统计局办公室")
    assert timezone.localtime(page.moment).isoformat() == "2017-01-02T03:04:00+08:00"
    assert page.columns == ("工作动态", "市局动态")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("发布时间：2019-12-31 23:59", "2019-12-31T23:59"),
        ("发布日期：2019年2月3日", "2019-02-03T00:00"),
        ("日期：2019/2/3", "2019-02-03T00:00"),
    ],
)
def test_a_date_is_found_as_sites_write_it(words: str, day: str) -> None:
    page = told(
        f"<html><body><h1>标题</h1><p>{words}</p><div id='content'>正文有十个字以上才算数。</div></body></html>"
    )
    assert timezone.localtime(page.moment).strftime("%Y-%m-%dT%H:%M") == day


def test_the_address_tells_the_date_where_the_page_does_not() -> None:
    html = "<html><body><h1>标题</h1><div id='zoom'>正文有十个字以上才算数。</div></body></html>"
    page = told(html, "/art/2016/5/9/art_1_2.html")
    assert timezone.localtime(page.moment).date().isoformat() == "2016-05-09"
    assert told(html).moment is None


def test_a_body_without_any_mark_is_the_box_with_most_text() -> None:
    html = (
        "<html><body><div class='menu'><p><a href='/'>" + "导航" * 50 + "</a></p></div>"
        "<div><p>这一段是正文，说了许多话。</p><p>第二段也是正文。</p></div></body></html>"
    )
    assert "第二段也是正文" in told(html).html
    assert "导航" not in told(html).html


def test_the_particulars_above_a_document_are_read() -> None:
    cells = "<tr><td>索引号：</td><td>000000000/2018-00007</td><td>文号</td><td>温统〔2018〕3号</td></tr>"
    html = f"<html><body><h1>通知</h1><table>{cells}<tr><td>成文日期：2018年3月1日</td></tr></table></body></html>"
    found = told(html).particulars
    assert found["index_number"] == "000000000/2018-00007"
    assert found["document_number"] == "温统〔2018〕3号"
    assert found["formed_on"].isoformat() == "2018-03-01"


def test_a_folder_gives_articles_oldest_first_with_their_files_and_columns(tmp_path: Path) -> None:
    found = read_folder(saved.site(tmp_path))
    assert [article.title for article in found.articles] == ["全市统计工作会议召开", "统计开放日活动", "补助对象名单"]
    first = found.articles[0]
    assert (first.path, first.first, first.second) == ("/art/2018/3/2/art_12_1.html", "工作动态", "市局动态")
    assert first.index_number == "000000000/2018-00007"
    assert [name for name, _ in first.attachments] == ["任务表.xlsx"]
    assert [kind for kind, _ in first.blocks] == ["paragraph", "figure", "paragraph"]
    assert 'href="/art/2018/3/2/art_12_1.html"' in found.articles[1].blocks[0][1]
    assert found.columns == {"/col/col12/index.html": ("工作动态", "市局动态")}
    assert (found.others, found.bad) == (1, [])


def test_bad_pages_are_named_with_the_reason_and_the_rest_is_read(tmp_path: Path) -> None:
    folder = saved.site(tmp_path)
    saved.write(
        folder / "tjj.example.gov.cn",
        {
            "/art/2018/1/1/art_1_1.html": b"",
            "/art/2018/1/1/art_1_2.html": b"x" * (MAX_PAGE + 1),
            "/art/2018/1/1/art_1_3.html": b"\x00\xff\xfe\x81" * 40,
            "/art/2018/1/1/art_1_4.html": "<html><body><h1>标题</h1><div id='zoom'>正文有十个字以上。</div></body>",
        },
    )
    found = read_folder(folder)
    assert len(found.articles) == 3
    reasons = dict(found.bad)
    assert set(reasons) == {f"/art/2018/1/1/art_1_{n}.html" for n in (1, 2, 3, 4)}
    assert "超过" in reasons["/art/2018/1/1/art_1_2.html"]
    assert "栏目" in reasons["/art/2018/1/1/art_1_4.html"]
    assert len(read_folder(folder, ("历史信息",)).articles) == 4


def test_nothing_outside_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.doc").write_bytes(b"secret")
    folder = tmp_path / "site"
    links = "<a href='../secret.doc'>甲</a><a href='file:///etc/passwd'>乙</a><img src='../../secret.doc'>"
    body = f"<p>正文正文正文正文正文。</p>{links}"
    saved.write(folder, {"/art/2018/1/1/art_1_1.html": saved.article("标题", body)})
    (folder / "link.doc").symlink_to(tmp_path / "secret.doc")
    found = read_folder(folder)
    assert found.articles[0].attachments == []
    assert [kind for kind, _ in found.articles[0].blocks] == ["paragraph"]


def test_a_folder_without_pages_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableArticleError, match="没有网页文件"):
        read_folder(tmp_path)


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_whatever_a_file_holds_the_reader_ends_in_a_page_or_in_words(content: bytes) -> None:
    try:
        page = read_page(content, "/art/2018/1/1/art_1_1.html")
    except UnreadableArticleError:
        return
    assert page.is_article
