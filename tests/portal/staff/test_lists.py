"""Lists, tasks, columns and word lists: narrowed by the address, taken along, as cheap for many as for few."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import Workbook, load_workbook
from selectolax.lexbor import LexborHTMLParser

from gongkai.bureau.models import User
from gongkai.examination.words import starter_words
from gongkai.portal import services
from gongkai.portal.models import Column, Finding, Indicator, Item, ReleasePlan, Status, WatchWord
from gongkai.portal.staff.tasks import tasks_of

from .. import world
from .conftest import As

LIST = "/admin/portal/items/"


def titles(client: Client, query: str = "") -> list[str]:
    response = client.get(LIST + query)
    assert response.status_code == 200
    return [node.text(strip=True) for node in LexborHTMLParser(response.content.decode()).css("td.title a")]


def cost(ask: Callable[[], object]) -> int:
    ask()  # what is kept for good after the first time
    with CaptureQueriesContext(
        connection,
    ) as told:
        ask()
    return len(told)


# --- Items ----------------------------------------------------------------------------------------


def test_what_waits_for_its_moment_is_not_called_public(bureau: SimpleNamespace, signed: As) -> None:
    item = world.published(bureau, "明天公布的数据", release_at=timezone.now() + timedelta(days=1))
    client = signed(bureau.author)
    for path in (LIST, f"{LIST}{item.pk}/"):
        shown = LexborHTMLParser(client.get(path).content.decode())
        tags = [node.text(strip=True) for node in shown.css(".gk-tag")]
        assert ("定时发布" in tags, "已公开" in tags) == (True, False), path
        assert shown.css(f"a[href='/art/{item.pk}.html']") == [], "it leads nowhere yet"


def test_columns_are_chosen_in_the_order_of_the_site(bureau: SimpleNamespace, signed: As) -> None:
    """Not by their names: who looks for a column knows where it stands."""
    last = Column.objects.create(agency=bureau.agency, name="一", order=9)
    Column.objects.create(agency=bureau.agency, name="乙", parent=last, order=1)
    Column.objects.create(agency=bureau.agency, name="甲", parent=last, order=2)
    Column.objects.filter(pk=bureau.first.pk).update(order=0)
    form = LexborHTMLParser(signed(bureau.author).get(f"{LIST}add/?type=article").content.decode())
    offered = [node.text(strip=True) for node in form.css("select[name=column] option")][1:]
    assert offered == ["工作动态", "工作动态 / 市局动态", "一", "一 / 乙", "一 / 甲"]


def test_items_are_narrowed_by_the_address_and_found_by_title_and_number(bureau: SimpleNamespace, signed: As) -> None:
    second = Column.objects.create(agency=bureau.agency, name="通知公告")
    world.draft(bureau, "草稿甲", department=bureau.office)
    world.draft(bureau, "办法乙", column=second, type="document", document_number="温统〔2020〕12号")
    world.published(bureau, "公开丙")
    old = world.draft(bureau, "旧稿丁")
    Item.objects.filter(pk=old.pk).update(updated_at=world.moment("2019-05-06"))
    client = signed(bureau.author)
    for query, expected in (
        ("", {"草稿甲", "办法乙", "公开丙", "旧稿丁"}),
        ("?status=draft", {"草稿甲", "办法乙", "旧稿丁"}),
        ("?is_live=true", {"公开丙"}),
        ("?is_live=false", {"草稿甲", "办法乙", "旧稿丁"}),
        (f"?column={second.pk}", {"办法乙"}),
        ("?type=document", {"办法乙"}),
        (f"?department={bureau.office.pk}", {"草稿甲"}),
        ("?year=2019", {"旧稿丁"}),
        ("?year=1990", set()),
        ("?q=草稿", {"草稿甲"}),
        ("?q=〔2020〕12", {"办法乙"}),
        ("?status=draft&q=丙", set()),
        ("?year=x&status=nonsense&ordering=body&p=99", {"草稿甲", "办法乙", "公开丙", "旧稿丁"}),
    ):
        assert set(titles(client, query)) == expected, query


def test_what_is_on_screen_is_taken_along(bureau: SimpleNamespace, signed: As) -> None:
    for number in range(60):
        world.draft(bureau, f"=草稿{number:02}")
    world.published(bureau, "公开的")
    response = signed(bureau.author).get(f"{LIST}?status=draft&export=xlsx")
    rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))
    assert rows[0][:3] == ("标题", "状态", "栏目")
    assert len(rows) == 61
    assert ("=草稿00", "草稿", "工作动态 / 市局动态") in {row[:3] for row in rows}


def test_lists_tasks_and_the_page_of_an_item_cost_the_same_however_much_there_is(
    bureau: SimpleNamespace, signed: As
) -> None:
    public = world.published(bureau, "一条")
    for name in ("甲", "乙"):
        services.submit(world.draft(bureau, name), bureau.author)
        world.draft(bureau, f"草稿{name}")
    author, chief = signed(bureau.author), signed(bureau.chief)
    asked: dict[str, Callable[[], object]] = {
        "list": lambda: author.get(LIST),
        "tasks of the author": lambda: author.get("/admin/portal/"),
        "tasks of the reviewer": lambda: chief.get("/admin/portal/"),
        "item": lambda: author.get(f"{LIST}{public.pk}/"),
        "columns": lambda: chief.get("/admin/portal/columns/"),
    }
    before = {name: cost(ask) for name, ask in asked.items()}
    for number in range(12):
        services.submit(world.draft(bureau, f"又{number}"), bureau.author)
        world.draft(bureau, f"又一草稿{number}")
        Column.objects.create(agency=bureau.agency, parent=bureau.first, name=f"栏目{number}")
    for number in range(4):
        services.withdraw(Item.objects.get(pk=public.pk), bureau.leader, f"第 {number} 次")
        services.restore(Item.objects.get(pk=public.pk), bureau.leader, "恢复")
        Finding.objects.create(
            item=public,
            rule="X",
            severity="warn",
            place="正文",
            message="请核对",
            fingerprint=str(number),
            order=number,
        )
    assert {name: cost(ask) for name, ask in asked.items()} == before


# --- Tasks ----------------------------------------------------------------------------------------


def waiting(user: User) -> list[str]:
    return [task.item.title for task in tasks_of(User.objects.get(pk=user.pk)).waiting]


def test_a_text_waits_for_exactly_those_who_may_pass_it(bureau: SimpleNamespace) -> None:
    everybody = (bureau.author, bureau.chief, bureau.reviewer, bureau.leader, bureau.security)
    item = world.draft(bureau, "稿")
    edition = services.submit(item, bureau.author)
    assert [user for user in everybody if waiting(user)] == [bureau.chief]
    services.review(item, bureau.chief, "department", edition.digest)
    assert [user for user in everybody if waiting(user)] == [bureau.reviewer]
    services.recall(item, bureau.author)
    assert [user for user in everybody if waiting(user)] == []
    services.submit(world.draft(bureau, "处长自己改过的"), bureau.author)
    mine = world.draft(bureau, "处长自己的稿")
    services.edited(mine, bureau.chief)
    services.submit(mine, bureau.chief)
    assert waiting(bureau.chief) == ["处长自己改过的"], "nobody passes their own"


def test_tasks_say_since_when_and_the_oldest_stands_first(bureau: SimpleNamespace) -> None:
    for title, day in (("后送的", "2020-03-05 09:00"), ("先送的", "2020-02-28 09:00")):
        with mock.patch("django.utils.timezone.now", return_value=world.moment(day)):
            services.submit(world.draft(bureau, title), bureau.author)
    with mock.patch("django.utils.timezone.now", return_value=world.moment("2020-03-06 10:00")):
        tasks = tasks_of(bureau.chief).waiting
    assert [(task.item.title, task.days, task.age) for task in tasks] == [
        ("先送的", 5, "已等 5 个工作日"),
        ("后送的", 1, "已等 1 个工作日"),
    ]


def test_what_came_back_and_what_was_never_sent_are_two_lists(bureau: SimpleNamespace, signed: As) -> None:
    world.draft(bureau, "没有送过的")
    back = world.draft(bureau, "退回来的")
    edition = services.submit(back, bureau.author)
    assert edition.digest
    services.return_to_author(back, bureau.chief, "department", "请补充数据来源")
    tasks = tasks_of(bureau.author)
    assert [(task.item.title, task.note) for task in tasks.returned] == [("退回来的", "请补充数据来源")]
    assert [task.item.title for task in tasks.drafts] == ["没有送过的"]
    text = signed(bureau.author).get("/admin/portal/").content.decode()
    assert "退回给我（1）" in text
    assert "我的草稿（1）" in text


def test_the_desk_counts_what_waits_and_leads_to_it(bureau: SimpleNamespace, signed: As) -> None:
    services.submit(world.draft(bureau), bureau.author)
    home = LexborHTMLParser(signed(bureau.chief).get("/admin/").content.decode())
    (link,) = [node for node in home.css("a") if node.attributes.get("href") == "/admin/portal/#waiting"]
    assert "1" in link.text()
    assert "/admin/portal/#waiting" not in signed(bureau.leader).get("/admin/").content.decode()


# --- Columns --------------------------------------------------------------------------------------


def column_values(**given: str) -> dict[str, str]:
    fixed = {"type": "notices", "kind": "other", "presentation": "list", "route": "department+office+leader"}
    empty = dict.fromkeys(
        ("name", "parent", "slug", "door", "category", "update_days", "description", "keywords", "retired_on"), ""
    )
    return {**empty, **fixed, **given}


def test_a_column_is_added_below_another_and_changed(bureau: SimpleNamespace, signed: As) -> None:
    client = signed(bureau.leader)
    values = column_values(name="通知公告", parent=str(bureau.first.pk))
    assert client.post("/admin/portal/columns/new/", values).status_code == 302
    column = Column.objects.get(name="通知公告")
    assert (column.agency, column.path) == (bureau.agency, "gzdt/tzgg")
    edit = f"/admin/portal/columns/edit/{column.pk}/"
    assert client.post(edit, values | {"name": "公告公示", "slug": "tzgg"}).status_code == 302
    column.refresh_from_db()
    assert (column.name, column.path) == ("公告公示", "gzdt/tzgg")
    text = client.get("/admin/portal/columns/").content.decode()
    assert "6 个月" in text
    assert "国办秘函〔2019〕19号" in text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": ""}, "必需字段"),
        ({"name": "市局动态"}, "上级栏目之下已有同名的栏目"),
        ({"name": "新的", "slug": "sjdt"}, "已有栏目使用这个地址"),
        ({"name": "新的", "slug": "大写"}, "只能用小写字母"),
        ({"name": "新的", "update_days": "0"}, "大于或等于1"),
    ],
)
def test_a_column_that_cannot_be_comes_back_with_the_reason(
    bureau: SimpleNamespace, signed: As, given: dict[str, str], words: str
) -> None:
    values = column_values(parent=str(bureau.first.pk), description="写好的简介") | given
    response = signed(bureau.reviewer).post("/admin/portal/columns/new/", values)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert "写好的简介" in response.content.decode()
    assert Column.objects.count() == 2


def test_columns_are_put_in_order_by_those_who_keep_them(bureau: SimpleNamespace, signed: As) -> None:
    third = Column.objects.create(agency=bureau.agency, parent=bureau.first, name="丙", order=9)
    second = Column.objects.create(agency=bureau.agency, parent=bureau.first, name="乙", order=9)
    client = signed(bureau.leader)
    path = f"/admin/portal/columns/{second.pk}/"
    for _ in range(3):
        assert client.post(f"{path}up/").status_code == 302
    names = Column.objects.filter(parent=bureau.first).order_by("order", "pk").values_list("name", flat=True)
    assert list(names) == ["乙", "市局动态", "丙"]
    client.post(f"{path}down/")
    assert list(names.all()) == ["市局动态", "乙", "丙"]
    assert signed(bureau.author).post(f"{path}up/").status_code == 302, "sent home with a message"
    assert list(names.all()) == ["市局动态", "乙", "丙"]
    assert client.get(f"{path}up/").status_code == 405
    assert client.post(f"/admin/portal/columns/{third.pk}/sideways/").status_code == 404


# --- Words, indicators, plans -----------------------------------------------------------------------


def workbook(rows: list[tuple[str, ...]]) -> SimpleUploadedFile:
    book, output = Workbook(), io.BytesIO()
    book.active.title = "词表"
    for row in [("词语", "应为", "程度", "说明"), *rows]:
        book.active.append(row)
    book.save(output)
    return SimpleUploadedFile("词表.xlsx", output.getvalue())


def test_words_go_out_and_come_back_as_a_workbook(bureau: SimpleNamespace, signed: As) -> None:
    client = signed(bureau.reviewer)
    values = {"pattern": "截止目前", "replacement": "截至目前", "advice": "", "severity": "block"}
    assert client.post("/admin/portal/words/new/", values).status_code == 302
    rows = [("截止目前", "截至目前", "请核对", "改过"), ("帐户", "账户", "", "")]
    upload = client.post("/admin/portal/words-upload/", {"file": workbook(rows)}, follow=True)
    assert "新添 1 个词，更新 1 个，未变 0 个" in upload.content.decode()
    kept = dict(WatchWord.objects.filter(agency=bureau.agency).values_list("pattern", "severity"))
    assert kept == {"截止目前": "warn", "帐户": "warn"}
    out = client.get("/admin/portal/words/?export=xlsx")
    found = list(load_workbook(io.BytesIO(out.content)).active.iter_rows(values_only=True))
    assert found[0][:4] == ("词语", "应为", "程度", "说明")
    back = client.post(
        "/admin/portal/words-upload/", {"file": SimpleUploadedFile("词表.xlsx", out.content)}, follow=True
    )
    assert "新添 0 个词，更新 0 个，未变 2 个" in back.content.decode()


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (lambda: workbook([("", "账户", "", "")]), "不能空着"),
        (lambda: workbook([("帐户", "账户", "很重", "")]), "不在可填的范围内"),
        (lambda: SimpleUploadedFile("词表.xlsx", b"not a workbook"), "词表.xlsx"),
        (lambda: SimpleUploadedFile("词表.txt", b"x"), "请上传 Excel 文件"),
    ],
)
def test_a_bad_workbook_changes_nothing_and_says_where(
    bureau: SimpleNamespace, signed: As, file: Callable[[], SimpleUploadedFile], words: str
) -> None:
    response = signed(bureau.reviewer).post("/admin/portal/words-upload/", {"file": file()})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not WatchWord.objects.exists()


def test_the_starting_list_adds_what_is_missing_and_leaves_the_rest(bureau: SimpleNamespace, signed: As) -> None:
    first = starter_words()[0]
    WatchWord.objects.create(agency=bureau.agency, pattern=first.pattern, advice="本局自己的说明")
    client = signed(bureau.reviewer)
    page = client.get("/admin/portal/words-starter/").content.decode()
    assert f"导入 {len(starter_words()) - 1} 个词" in page
    assert client.post("/admin/portal/words-starter/").status_code == 302
    assert WatchWord.objects.filter(agency=bureau.agency).count() == len(starter_words())
    assert WatchWord.objects.get(agency=bureau.agency, pattern=first.pattern).advice == "本局自己的说明"
    assert "都已经在" in client.get("/admin/portal/words-starter/").content.decode()
    assert signed(bureau.author).post("/admin/portal/words-starter/").status_code == 302
    assert WatchWord.objects.count() == len(starter_words())


def test_the_same_word_or_indicator_twice_is_refused_in_chinese(bureau: SimpleNamespace, signed: As) -> None:
    client = signed(bureau.reviewer)
    WatchWord.objects.create(agency=bureau.agency, pattern="帐户")
    Indicator.objects.create(agency=bureau.agency, name="生产总值", unit="亿元")
    word = {"pattern": "帐户", "replacement": "", "advice": "", "severity": "warn"}
    response = client.post("/admin/portal/words/new/", word)
    assert response.status_code == 422
    assert "词表中已有这个词" in response.content.decode()
    indicator = {"name": "生产总值", "unit": "万元", "headline": "", "method": ""}
    response = client.post("/admin/portal/indicators/new/", indicator)
    assert response.status_code == 422
    assert "已有同名的指标" in response.content.decode()


def test_an_indicator_that_is_used_is_not_deleted(bureau: SimpleNamespace, signed: As) -> None:
    client = signed(bureau.reviewer)
    used = Indicator.objects.create(agency=bureau.agency, name="生产总值", unit="亿元")
    free = Indicator.objects.create(agency=bureau.agency, name="人口", unit="万人")
    world.draft(bureau, indicator=used, period="2020")
    text = client.post(f"/admin/portal/indicators/delete/{used.pk}/", follow=True).content.decode()
    assert "已经用在信息中，不能删除" in text
    assert client.post(f"/admin/portal/indicators/delete/{free.pk}/").status_code == 302
    assert set(Indicator.objects.values_list("name", flat=True)) == {"生产总值"}


def test_a_release_is_announced_to_the_minute(bureau: SimpleNamespace, signed: As) -> None:
    indicator = Indicator.objects.create(agency=bureau.agency, name="居民消费价格指数", unit="%")
    values = {
        "title": "11月居民消费价格",
        "indicator": str(indicator.pk),
        "period": "2020-11",
        "release_at": "2020-12-09 09:30",
        "note": "",
    }
    assert signed(bureau.leader).post("/admin/portal/plans/new/", values).status_code == 302
    plan = ReleasePlan.objects.get()
    assert timezone.localtime(plan.release_at) == datetime(2020, 12, 9, 9, 30, tzinfo=world.SHANGHAI)
    assert plan.agency == bureau.agency
    assert date(2020, 12, 9) == timezone.localdate(plan.release_at)
    assert Status.DRAFT == "draft"
