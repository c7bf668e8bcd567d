"""An article on its way to WeChat: its whole life, every way in which it fails, and what a crash leaves."""

from __future__ import annotations

import io
from datetime import date, timedelta
from zipfile import ZipFile

import pytest
from django.db import connection

from gongkai.bureau.models import Agency
from gongkai.bureau.roles import NotPermittedError, actor_of
from gongkai.channels import delivery, figures, services
from gongkai.channels.case import Case
from gongkai.channels.collecting import collect, last_ready
from gongkai.channels.events import EVENTS
from gongkai.channels.models import (
    Appearance,
    Channel,
    DailyReaders,
    Kind,
    Mode,
    Sending,
    Status,
    SubscriberCount,
    Upload,
)
from gongkai.channels.package import package_of
from gongkai.channels.projection import rebuild
from gongkai.channels.tasks import JOBS
from gongkai.channels.transitions import TRANSITIONS, check_table, hindrance
from gongkai.ledger.models import Entry

from .conftest import PNG, Desk

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere]


def kinds(sending: Sending) -> list[str]:
    return [each.kind for each in Entry.objects.of_stream("channels.sending", sending.pk)]


def test_an_article_is_published_read_counted_and_deleted(desk: Desk) -> None:
    desk.publish()
    sending = desk.send()
    assert desk.deliver(sending).status == Status.SUBMITTED
    assert desk.deliver(sending, 2).status == Status.PUBLISHED
    assert kinds(sending) == ["chosen", "rendered", "drafted", "submitted", "published"]
    job = next(iter(desk.wechat.jobs.values()))
    article, base = job["articles"][0], desk.world.base
    content = article["content"]
    assert (article["author"], article["digest"]) == ("市统计局", "物价平稳")
    assert article["content_source_url"] == "https://tjj.example.gov.cn/art/7.html"
    # Pictures at WeChat, the chart as its table, links as words with their address; nothing that WeChat would drop.
    assert f'<img src="{base}/pictures/' in content
    for words in (
        "<strong>上涨</strong>",
        "<td",
        "指标（https://tjj.example.gov.cn/zb/1/）",
        "（https://www.stats.gov.cn/）",
    ):
        assert words in content
    for words in ("script", "svg", "onclick", "class=", "查看数据表", "/art/7/aaaa", "alert"):
        assert words not in content
    appeared = Appearance.objects.get()
    assert (appeared.title, appeared.issue, appeared.item) == (sending.title, sending.message, 1)
    assert desk.world.page(appeared.url.removeprefix(base))
    # The day after next: followers of every day that WeChat has, readers of two days.
    desk.at += timedelta(days=2)
    assert collect(desk.at) == "取数完成 1 个账号"
    appeared.refresh_from_db()
    assert (appeared.reads, appeared.reads_definition, DailyReaders.objects.count()) == (240, "readers", 2)
    last = SubscriberCount.objects.latest("counted_on")
    assert (last.counted_on, last.count, last.new, last.left) == (date(2020, 11, 21), 3821, 3, 1)
    assert SubscriberCount.objects.count() == 28
    collect(desk.at)  # once more changes nothing
    assert (SubscriberCount.objects.count(), DailyReaders.objects.count()) == (28, 2)
    # It is deleted at WeChat: that it appeared stays counted.
    desk.world.remove(desk.wechat, sending.article_id, 6)
    collect(desk.at)
    sending.refresh_from_db()
    assert (sending.status, sending.reason) == (Status.REMOVED, "发布后被微信平台封禁")
    assert Appearance.objects.count() == 1
    assert rebuild(desk.agency) == []


def test_pictures_are_uploaded_once(desk: Desk) -> None:
    for item in (7, 8):
        desk.publish(item)
        desk.deliver(desk.send(item), 2)
    assert desk.world.calls.count("/cgi-bin/media/uploadimg") == 1
    assert Upload.objects.count() == 2  # and one cover


@pytest.mark.parametrize("path", ["draft/add", "freepublish/submit", "media/uploadimg", "freepublish/get"])
def test_a_crash_after_any_call_publishes_once(desk: Desk, path: str) -> None:
    desk.world.polls = 0
    sending = desk.send()
    desk.world.lost.add(f"/cgi-bin/{path}")  # WeChat did it, nobody heard: as when the process is killed
    desk.deliver(sending, 2)
    assert sending.status not in (Status.PUBLISHED, Status.FAILED)
    assert "没有连上微信" in sending.waiting_for
    if sending.begun:
        with pytest.raises(NotPermittedError, match="几分钟后再试"):
            services.leave_to_people(sending, "我来", actor=desk.people["leader"])
    desk.world.lost.clear()
    for job in desk.wechat.jobs.values():  # meanwhile WeChat has finished
        desk.world._finish(desk.wechat, job)
    desk.deliver(sending, 5)
    desk.deliver(sending, 5)
    assert (sending.status, len(desk.wechat.jobs), len(desk.wechat.drafts)) == (Status.PUBLISHED, 1, 0)
    assert Appearance.objects.count() == 1


def test_a_submission_that_runs_unseen_is_waited_for(desk: Desk) -> None:
    sending = desk.send()
    desk.world.lost.add("/cgi-bin/freepublish/submit")
    desk.deliver(sending)
    desk.world.lost.clear()
    desk.deliver(sending, 5)
    assert (sending.status, "过于频繁" in sending.waiting_for) == (Status.DRAFTED, True)
    # In the end WeChat does not publish it; the draft is still there and is submitted, openly this time.
    next(iter(desk.wechat.jobs.values()))["status"] = 4
    assert desk.deliver(sending, 5).status == Status.SUBMITTED


@pytest.mark.parametrize(
    ("path", "code", "status", "words"),
    [
        ("freepublish/submit", 53503, Status.FAILED, "草稿箱"),
        ("freepublish/submit", 53504, Status.BY_HAND, "官网"),
        ("freepublish/submit", 53505, Status.FAILED, "手动保存"),
        ("freepublish/submit", 53500, Status.FAILED, "申诉"),
        ("freepublish/submit", 48001, Status.BY_HAND, "没有这个接口的权限"),
        ("draft/add", 40007, Status.FAILED, "图片无效"),
        ("freepublish/get", 53502, Status.FAILED, "没有留下这次发布的记录"),
        ("draft/add", 45009, Status.RENDERED, "明天会自动继续"),
        ("stable_token", 40164, Status.CHOSEN, "白名单"),
        ("stable_token", 40001, Status.CHOSEN, "AppSecret 不正确"),
        ("freepublish/get", -1, Status.SUBMITTED, "繁忙"),
    ],
)
def test_what_wechat_refuses(desk: Desk, path: str, code: int, status: Status, words: str) -> None:
    desk.world.refusals[f"/cgi-bin/{path}"] = code
    sending = desk.deliver(desk.send())
    assert sending.status == status
    assert words in (sending.reason or sending.waiting_for)
    desk.account.refresh_from_db()
    assert desk.account.mode == (Mode.BY_HAND if code == 48001 else Mode.INTERFACE)
    if code == 45009:
        assert sending.next_try_at is not None
        assert sending.next_try_at > desk.at + timedelta(hours=12)
        desk.world.refusals.clear()
        assert desk.deliver(sending, 24 * 60).status == Status.SUBMITTED


@pytest.mark.parametrize(("outcome", "words"), [(2, "原创声明"), (3, "常规失败"), (4, "审核没有通过（第 1 篇）")])
def test_what_does_not_succeed_is_sent_again_or_by_hand(desk: Desk, outcome: int, words: str) -> None:
    desk.world.outcome, desk.world.polls = outcome, 0
    sending = desk.deliver(desk.send())
    assert (sending.status, words in sending.reason) == (Status.FAILED, True)
    desk.world.outcome = 0
    services.retry(sending, actor=desk.people["handler"])
    assert desk.deliver(sending).status == Status.PUBLISHED


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"html": f"<p>{'长' * 20_000}</p>"}, "微信须少于 20000 个"),
        ({"html": "<svg></svg>", "picture": lambda src: None}, ""),
        ({"picture": lambda src: None}, "图片已经不在"),
        ({"picture": lambda src: b"GIF89a"}, "图片打不开"),
    ],
)
def test_what_wechat_would_refuse_is_said_before(desk: Desk, change: dict[str, object], words: str) -> None:
    desk.publish(**change)
    sending = desk.deliver(desk.send())
    assert "/cgi-bin/draft/add" not in desk.world.calls or not words
    assert (sending.status, words in sending.reason) == (Status.FAILED if words else sending.status, True)


def test_what_is_withdrawn_or_changed_on_the_way_does_not_go_out(desk: Desk) -> None:
    desk.world.refusals["/cgi-bin/draft/add"] = -1
    first, second = desk.send(7), desk.send(8)
    desk.deliver(first)
    desk.world.refusals.clear()
    del desk.site[7]
    desk.publish(8, edition="f" * 64)
    desk.deliver(first, 5)
    second.refresh_from_db()
    assert (first.status, first.reason) == (Status.FAILED, delivery.WITHDRAWN)
    assert (second.status, second.reason) == (Status.FAILED, delivery.CHANGED)


def test_who_may_choose_what(desk: Desk) -> None:
    with pytest.raises(NotPermittedError, match="须由经办"):
        desk.send(who="security_officer")
    with pytest.raises(NotPermittedError, match="与签发的不同"):
        desk.send(title="另一个标题")
    with pytest.raises(NotPermittedError, match="标题有 40 个字"):
        desk.send(title="长" * 40, who="reviewer")
    sending = desk.send(title="短标题", who="reviewer")
    with pytest.raises(NotPermittedError, match="不能重复"):
        desk.send()
    services.cancel(sending, "不发了", actor=desk.people["handler"])
    assert desk.send().number == "2020-2"
    elsewhere = Channel.objects.create(
        agency=Agency.add_root(code="other", name="别的局"), kind=Kind.WEIBO, name="微博"
    )
    with pytest.raises(NotPermittedError, match="不是本机关"):
        services.choose(desk.publish(), [desk.channel, elsewhere], actor=desk.people["handler"])


def test_a_channel_without_an_interface_is_served_by_people(desk: Desk) -> None:
    weibo = Channel.objects.create(agency=desk.agency, kind=Kind.WEIBO, name="微博")
    sending = services.choose(desk.publish(), [weibo], actor=desk.people["clerk"])[0]
    assert (sending.status, sending.reason) == (Status.BY_HAND, services.WITHOUT_INTERFACE)
    with ZipFile(io.BytesIO(package_of(sending, desk.site[7], "市统计局"))) as found:
        assert set(found.namelist()) == {"正文.html", "说明.txt", "封面.png", "images/01.png"}
        assert found.read("images/01.png") == PNG
        assert 'src="images/01.png"' in found.read("正文.html").decode()
        assert "标题：11月CPI同比上涨2.1%" in found.read("说明.txt").decode()
    desk.publish(html="<p>没有图</p>")
    with ZipFile(io.BytesIO(package_of(sending, desk.site[7], ""))) as found:
        assert found.read("封面.png").startswith(b"\x89PNG")  # one is made
    for day, url, words in (
        (date(2020, 11, 1), "https://weibo.com/1", "早于选定"),
        (desk.at.date(), "x:1", "链接须以"),
    ):
        with pytest.raises(NotPermittedError, match=words):
            services.published_by_hand(sending, day, url, actor=desk.people["clerk"])
    services.published_by_hand(
        sending, desk.at.date(), "https://weibo.com/1", issue="3", item=2, actor=desk.people["clerk"]
    )
    appeared = Appearance.objects.get()
    assert (appeared.issue, appeared.item, appeared.reads_definition) == ("3", 2, "times")
    assert figures.ISSUES.evaluate(figures.Scope.of(desk.agency, 2020)) == {("weibo", "微博", weibo.pk): 1}


def test_an_article_is_taken_off_wechat(desk: Desk) -> None:
    desk.world.polls = 0
    sending = desk.deliver(desk.send())
    with pytest.raises(NotPermittedError, match="须由审核"):
        delivery.withdraw(sending, "有误", actor=desk.people["handler"])
    desk.world.refusals["/cgi-bin/freepublish/delete"] = 48001
    with pytest.raises(NotPermittedError, match="没有这个接口的权限"):
        delivery.withdraw(sending, "有误", actor=desk.people["leader"])
    desk.world.refusals.clear()
    delivery.withdraw(sending, "有误", actor=desk.people["leader"])
    assert sending.status == Status.REMOVED
    assert next(iter(desk.wechat.jobs.values()))["status"] == 5


def test_the_figures_of_an_account_in_trouble_are_fetched_later(desk: Desk) -> None:
    desk.world.polls = 0
    desk.deliver(desk.send())
    desk.at += timedelta(days=1)
    desk.world.is_delayed = True
    assert collect(desk.at) == "取数完成 0 个账号，1 个没有取全"
    desk.account.refresh_from_db()
    assert "还没有统计完" in desk.account.trouble
    desk.at += timedelta(days=1, hours=-2)
    assert last_ready(desk.at) == date(2020, 11, 20)  # before eight: the day before yesterday
    desk.world.refusals["/datacube/getarticletotaldetail"] = 48001
    collect(desk.at)
    desk.account.refresh_from_db()
    assert "没有这个接口的权限" in desk.account.trouble
    assert [job.name for job in JOBS] == ["channels.deliver", "channels.collect"]


def test_secrets_and_tokens_are_encrypted(desk: Desk) -> None:
    desk.deliver(desk.send())
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret, token FROM channels_wechataccount")
        stored = "".join(cursor.fetchone())
    assert "s3cret" not in stored
    assert "token-" not in stored
    desk.account.refresh_from_db()
    assert desk.account.token.startswith("token-")


def test_the_table_is_whole(desk: Desk) -> None:
    """Person × state × event, as the table says and nothing else."""
    check_table()
    with pytest.raises(ValueError, match="stands in the table once"):
        check_table(TRANSITIONS[1:])
    states = (None, *Status)
    may = {
        kind: {
            (name, state)
            for name in (None, *desk.people)
            for state in states
            if hindrance(event, Case(status=state), None if name is None else actor_of(desk.people[name])) is None
        }
        for kind, event in EVENTS.items()
    }
    office = ("clerk", "handler", "reviewer", "leader")
    assert may["chosen"] == {(name, None) for name in office}
    assert may["rendered"] == {(None, Status.CHOSEN)}
    assert may["published"] == {(None, Status.DRAFTED), (None, Status.SUBMITTED), (None, Status.BY_HAND)} | {
        (name, Status.BY_HAND) for name in office
    }
    assert may["removed"] == {(name, Status.PUBLISHED) for name in (None, "reviewer", "leader")}
    assert may["retried"] == {(name, Status.FAILED) for name in office}
