"""The body of an old page as blocks: text, tables, pictures and files; nothing that runs or decorates."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.portal.moving.site.body import Body, Files, clean, is_file, read_body

FOUND = {"/pic/a.jpg": Path("/saved/pic/a.jpg"), "/attach/b.doc": Path("/saved/attach/b.doc")}


def read(html: str) -> Body:
    return read_body(html, Files(FOUND.get, lambda href: href))


def text_of(html: str) -> str:
    body = read(html)
    assert [kind for kind, _ in body.blocks] == ["paragraph"]
    return str(body.blocks[0][1])


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>甲</p><p>乙</p>", "<p>甲</p><p>乙</p>"),
        ("甲<br><br>乙", "<p>甲</p><p>乙</p>"),
        ("<div><span style='color:red'>甲</span>乙</div><div>丙</div>", "<p>甲乙</p><p>丙</p>"),
        ("<p>　　甲&nbsp;</p><p>&nbsp;</p>", "<p>甲</p>"),
        ("<p><strong>甲</strong>&lt;乙&gt;</p>", "<p><b>甲</b>&lt;乙&gt;</p>"),
        ("<h1>一、甲</h1><p>乙</p><h4>丙</h4>", "<h2>一、甲</h2><p>乙</p><h3>丙</h3>"),
        ("<ul><li>甲</li><li> </li><li>乙</li></ul>", "<ul><li>甲</li><li>乙</li></ul>"),
        ("<p><a href='/art/2020/1/1/art_1_1.html'>甲</a></p>", '<p><a href="/art/2020/1/1/art_1_1.html">甲</a></p>'),
        ("<table><tr><td><p>甲</p></td></tr></table><p>乙</p>", "<p>甲</p><p>乙</p>"),
        ("<b><p>甲</p><p>乙</p></b>", "<p>甲</p><p>乙</p>"),
    ],
)
def test_running_text_keeps_its_paragraphs_headings_lists_and_links(html: str, kept: str) -> None:
    assert text_of(html) == kept


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script><p>甲</p>",
        "<style>p{}</style><p onclick='x()'>甲</p>",
        "<p>甲</p><iframe src='http://x'>y</iframe>",
        "<p>甲</p><!-- 注释 -->",
        "<p>甲<img src=x onerror=alert(1)></p>",
        "<svg><script>alert(1)</script></svg><p>甲</p>",
    ],
)
def test_nothing_of_scripts_styles_and_frames_is_left(html: str) -> None:
    assert text_of(html) == "<p>甲</p>"


def test_a_link_that_is_a_script_is_text() -> None:
    assert text_of("<p><a href='javascript:alert(1)'>甲</a></p>") == "<p>甲</p>"
    assert "javascript" not in clean("<a href='jAvAsCrIpT:alert(1)'>甲</a>")


def test_a_table_of_figures_becomes_a_table_with_its_caption_and_merged_cells_filled() -> None:
    html = (
        "<p>前文。</p><p>表1 主要指标</p><table><tr><th rowspan=2>指标</th><th colspan=2>2020年</th></tr>"
        "<tr><th>总量</th><th>增速</th></tr><tr><td>工业</td><td>98.6</td><td>3.2</td></tr></table><p>后文。</p>"
    )
    blocks = read(html).blocks
    assert [kind for kind, _ in blocks] == ["paragraph", "table", "paragraph"]
    assert blocks[0][1] == "<p>前文。</p>"
    assert blocks[1][1]["caption"] == "表1 主要指标"
    assert blocks[1][1]["text"].splitlines()[-1] == "工业\t98.6\t3.2"


def test_pictures_and_files_are_taken_and_what_was_not_saved_is_named() -> None:
    body = read(
        "<p>甲<img src='/pic/a.jpg' alt='会场'>乙</p><p><a href='/attach/b.doc'>附件：报表.doc</a></p>"
        "<img src='/pic/gone.jpg'><a href='/module/download/downfile.jsp?classid=0&filename=c.xls'>表.xls</a>"
    )
    assert [kind for kind, _ in body.blocks] == ["paragraph", "figure", "paragraph"]
    assert body.blocks[1][1]["alt"] == "会场"
    assert body.attachments == [("附件：报表.doc", FOUND["/attach/b.doc"])]
    assert body.missing == ["图片“gone.jpg”", "附件“表.xls”"]


@pytest.mark.parametrize(
    ("href", "file"),
    [
        ("/module/download/downfile.jsp?classid=0&filename=1.doc", True),
        ("/attach/0/2003021.pdf", True),
        ("a.XLSX", True),
        ("a.pdf?x=1", True),
        ("/art/2020/3/2/art_1_2.html", False),
        ("http://www.stats.gov.cn/", False),
    ],
)
def test_an_address_of_a_file_is_known(href: str, file: bool) -> None:
    assert is_file(href) is file


@pytest.mark.parametrize("html", ["<div>" * 5000 + "甲" + "</div>" * 5000, "<table>" * 300 + "甲", "<" * 10_000 + "甲"])
def test_a_body_made_to_exhaust_the_reader_ends(html: str) -> None:
    assert read(html) is not None
