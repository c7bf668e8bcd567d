"""Moving in: days, files, addresses and index numbers are kept, nothing passes the gate unseen, twice is once."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry

from gongkai.bureau.figures import Scope
from gongkai.bureau.models import Agency
from gongkai.bureau.roles import NotPermittedError
from gongkai.ledger.models import Entry
from gongkai.ledger.services import verify
from gongkai.portal import queries
from gongkai.portal.figures import PUBLISHED
from gongkai.portal.models import Column, Finding, Item, OldAddress, Publication, Status
from gongkai.portal.moving.site.folder import read_folder
from gongkai.portal.moving.site.loading import Moved, Mover, approver_of, drafter_of
from gongkai.portal.projection import rebuild

from ... import world
from . import saved


def move(bureau: SimpleNamespace, folder: Path, *, approved: bool = True) -> Moved:
    found = read_folder(folder)
    return Mover(bureau.agency, bureau.author, bureau.leader if approved else None).move(found.articles, found.columns)


def test_without_a_leader_everything_stays_a_draft(bureau: SimpleNamespace, tmp_path: Path) -> None:
    moved = move(bureau, saved.site(tmp_path), approved=False)
    assert (moved.drafted, moved.published) == (3, 0)
    assert not Publication.objects.exists()
    assert {item.status for item in Item.objects.all()} == {Status.DRAFT}
    assert [where for where, _ in moved.held] == ["/art/2019/5/6/art_12_3.html《补助对象名单》"]


def test_what_a_leader_answers_for_is_public_with_its_day_its_number_and_its_files(
    bureau: SimpleNamespace, tmp_path: Path
) -> None:
    moved = move(bureau, saved.site(tmp_path))
    assert (moved.drafted, moved.published) == (3, 2)
    first = queries.public(bureau.agency.pk).get(title="全市统计工作会议召开")
    assert first.published_on.isoformat() == "2018-03-02"
    assert first.live_from == world.moment("2018-03-02 09:30")
    assert first.index_number == "000000000/2018-00007"
    assert first.column == bureau.column
    data = first.edition.data
    assert [each["title"] for each in data["attachments"]] == ["任务表.xlsx"]
    assert len(data["files"]) == 2
    assert "<img" in data["html"]
    assert sum(PUBLISHED.evaluate(Scope.of(bureau.agency, 2018)).values()) == 2


def test_what_the_examination_stops_stays_a_draft_with_its_findings(bureau: SimpleNamespace, tmp_path: Path) -> None:
    moved = move(bureau, saved.site(tmp_path))
    held = Item.objects.get(title="补助对象名单")
    assert (held.status, held.is_live) == (Status.DRAFT, False)
    assert "身份证" in moved.held[0][1]
    assert "330302199002280015" not in moved.held[0][1]
    assert Finding.objects.filter(item=held, severity="block").exists()
    assert Entry.objects.filter(stream="portal.item", stream_id=held.pk, kind="approved").count() == 0


def test_an_approval_without_a_review_says_that_it_was_one(bureau: SimpleNamespace, tmp_path: Path) -> None:
    move(bureau, saved.site(tmp_path))
    item = Item.objects.get(title="统计开放日活动")
    entry = Entry.objects.get(stream="portal.item", stream_id=item.pk, kind="approved")
    assert (entry.data["basis"], entry.actor_id) == ("migration", bureau.leader.pk)
    assert verify(bureau.agency) is None
    assert rebuild(bureau.agency, write=False) == []


def test_old_addresses_lead_to_articles_and_columns(bureau: SimpleNamespace, tmp_path: Path) -> None:
    move(bureau, saved.site(tmp_path))
    item = Item.objects.get(title="统计开放日活动")
    assert OldAddress.objects.get(path="/art/2018/4/5/art_12_2.html").item == item
    assert OldAddress.objects.get(path="/col/col12/index.html").column == bureau.column


def test_moving_twice_changes_nothing(bureau: SimpleNamespace, tmp_path: Path) -> None:
    folder = saved.site(tmp_path)
    move(bureau, folder)
    entries = Entry.objects.count()
    again = move(bureau, folder)
    # The one that was stopped is tried again, and stopped again.
    assert (again.drafted, again.published, again.unchanged, len(again.held)) == (0, 0, 2, 1)
    assert (Item.objects.count(), Entry.objects.count()) == (3, entries)


def test_drafts_are_published_when_a_leader_answers_later(bureau: SimpleNamespace, tmp_path: Path) -> None:
    folder = saved.site(tmp_path)
    move(bureau, folder, approved=False)
    moved = move(bureau, folder)
    assert (moved.drafted, moved.published) == (0, 2)


def test_a_column_that_is_not_there_is_made(bureau: SimpleNamespace, tmp_path: Path) -> None:
    html = saved.article("一篇文章", "<p>正文正文正文正文正文。</p>").replace("市局动态", "专题专栏")
    moved = move(bureau, saved.write(tmp_path, {"/art/2018/1/1/art_1_1.html": html}))
    assert moved.columns == ["工作动态 / 专题专栏"]
    assert Column.objects.get(name="专题专栏").parent == bureau.first


def test_an_article_whose_files_were_not_saved_is_not_published_without_them(
    bureau: SimpleNamespace, tmp_path: Path
) -> None:
    html = saved.article("一篇文章", "<p>正文正文正文正文正文。</p><a href='/attach/gone.doc'>附件</a>")
    moved = move(bureau, saved.write(tmp_path, {"/art/2018/1/1/art_1_1.html": html}))
    assert (moved.drafted, moved.published) == (1, 0)
    assert "没有随网页保存：附件“附件”" in moved.held[0][1]


@pytest.mark.parametrize("content", [b"<html>no picture</html>", b"GIF89a" + b"\xff" * 40, b""])
def test_a_file_that_is_no_picture_is_not_put_into_the_library(
    bureau: SimpleNamespace, tmp_path: Path, content: bytes
) -> None:
    html = saved.article("一篇文章", "<p>正文正文正文正文正文。</p><img src='/p/1.gif'>")
    moved = move(bureau, saved.write(tmp_path, {"/art/2018/1/1/art_1_1.html": html, "/p/1.gif": content}))
    assert "不能读取" in moved.held[0][1]


def test_only_a_leader_of_the_body_may_answer_and_only_a_writer_may_draft(bureau: SimpleNamespace) -> None:
    assert approver_of(bureau.agency, "leader") == bureau.leader
    assert drafter_of(bureau.agency, None) == bureau.author
    with pytest.raises(NotPermittedError, match="不是负责人"):
        approver_of(bureau.agency, "author")
    with pytest.raises(NotPermittedError, match="没有在用的用户"):
        approver_of(bureau.agency, "nobody")
    with pytest.raises(NotPermittedError, match="不能担任"):
        drafter_of(bureau.agency, "leader")


def test_what_is_moved_in_belongs_to_whoever_moved_it_and_to_no_other_body(
    bureau: SimpleNamespace, tmp_path: Path
) -> None:
    move(bureau, saved.site(tmp_path))
    neighbour = world.populate_below(Agency.add_root(code="330300-qt", name="温州市其他局", region_code="330300"))
    for model in (get_image_model(), get_document_model()):
        choose = policy_registry.get_by_type(model).instances_user_has_permission_for
        assert choose(bureau.author, "choose").count() == model.objects.count() > 0
        assert not choose(neighbour.author, "choose").exists()
