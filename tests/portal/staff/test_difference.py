"""What a proof changes: nothing missed, nothing made up."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.portal import services
from gongkai.portal.models import Item
from gongkai.portal.staff.difference import pieces, text_of

from .. import world
from .conftest import As

TEXTS = st.text(alphabet="统计增长一二三 12.5%GDP，。", max_size=60)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_off_the_difference(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(piece.text for piece in found if piece.kind != "added") == before
    assert "".join(piece.text for piece in found if piece.kind != "removed") == after


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("全年增长5.6%。", "全年增长6.5%。", [("removed", "5.6%"), ("added", "6.5%")]),
        ("会议在市局召开", "会议在县局召开", [("removed", "市"), ("added", "县")]),
        ("不变", "不变", []),
        ("", "新写的", [("added", "新写的")]),
        ("删掉的", "", [("removed", "删掉的")]),
    ],
)
def test_numbers_are_words_and_characters_are_characters(
    before: str, after: str, changed: list[tuple[str, str]]
) -> None:
    assert [(piece.kind, piece.text) for piece in pieces(before, after) if piece.kind != "same"] == changed


def test_a_very_long_paragraph_is_shown_whole_instead_of_being_compared_for_minutes() -> None:
    before, after = "统" * 5000, "计" * 5000
    assert [piece.kind for piece in pieces(before, after)] == ["removed", "added"]


def test_text_is_read_by_paragraph_and_row() -> None:
    html = (
        "<h2>一、总体</h2><p>全年<b>增长</b>。</p><ul><li>甲</li><li>乙</li></ul>"
        "<table><caption>表</caption><tr><th>年</th><td><p>2020</p></td></tr></table>"
    )
    assert text_of(html) == ["一、总体", "全年增长。", "甲", "乙", "表", "年　2020"]


def test_the_page_shows_title_particulars_and_text_that_changed(bureau: SimpleNamespace, signed: As) -> None:
    item = world.published(bureau, "旧标题")
    item.title, item.keywords = "新标题", "统计"
    item.body = [("paragraph", "<p>会议总结了二季度的工作。</p>")]
    item.save()
    services.edited(item, bureau.author)
    edition = services.submit(Item.objects.get(pk=item.pk), bureau.author)
    page = signed(bureau.chief).get(f"/admin/portal/items/{item.pk}/").content.decode()
    path = f"/admin/portal/items/{item.pk}/editions/{edition.pk}/difference/"
    assert f'href="{path}"' in page
    text = signed(bureau.chief).get(path).content.decode()
    for words in ("<del>旧标题</del>", "<ins>新标题</ins>", "关键词", "一</del>", "二</ins>"):
        assert words in text, words
    assert "公开依据" not in text, "what did not change is left out"


def test_there_is_no_difference_from_what_was_never_public(bureau: SimpleNamespace, signed: As) -> None:
    item = world.draft(bureau)
    edition = services.submit(item, bureau.author)
    client = signed(bureau.chief)
    path = f"/admin/portal/items/{item.pk}/editions/{edition.pk}/difference/"
    assert path not in client.get(f"/admin/portal/items/{item.pk}/").content.decode()
    assert client.get(path).status_code == 404
