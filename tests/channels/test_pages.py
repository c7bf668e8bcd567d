"""公开渠道 in the back office and press conferences on the site: who sees and does what, with how many queries."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.bureau.models import Agency
from gongkai.channels import services
from gongkai.channels.models import (
    Adoption,
    Appearance,
    Channel,
    Kind,
    Level,
    PressConference,
    Sending,
    Status,
    SubscriberCount,
    WechatAccount,
)
from gongkai.ledger.models import Entry

from .conftest import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere]
As = Callable[[str], Client]


@pytest.fixture
def signed(desk: Desk) -> As:
    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(desk.people[name])
        return client

    return sign_in


def channel(desk: Desk, kind: Kind, name: str) -> Channel:
    return Channel.objects.create(agency=desk.agency, kind=kind, name=name)


def text(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def test_an_article_is_chosen_published_and_deleted_through_the_pages(desk: Desk, signed: As) -> None:
    desk.publish()
    desk.world.polls = 0
    handler = signed("handler")
    assert "11月CPI同比上涨2.1%" in text(handler, "/admin/channels/sending/offers/")
    page = text(handler, "/admin/channels/sending/offers/7/")
    for words in ("公众号：温州统计（接口发布）", "物价平稳", 'value="11月CPI同比上涨2.1%"'):
        assert words in page
    given = {"channels": [desk.channel.pk], "title": "别的", "author": "", "digest": "物价平稳"}
    refused = handler.post("/admin/channels/sending/offers/7/", given)
    assert (refused.status_code, "与签发的不同" in refused.content.decode()) == (409, True)
    assert 'value="别的"' in refused.content.decode()
    answer = handler.post("/admin/channels/sending/offers/7/", given | {"title": "11月CPI同比上涨2.1%"})
    sending = Sending.objects.get()
    assert answer.url == f"/admin/channels/sending/{sending.pk}/"
    assert "由系统自动进行" in text(handler, answer.url)
    desk.deliver(sending)
    page = text(handler, answer.url)
    for words in ("已发布", "建立草稿", "图片 1 张", sending.url):
        assert words in page
    assert "/do/remove/" not in page
    assert handler.post(f"{answer.url}do/remove/", {"reason": "x"}).status_code == 409
    assert signed("leader").post(f"{answer.url}do/remove/", {"reason": ""}).status_code == 422
    assert signed("leader").post(f"{answer.url}do/remove/", {"reason": "有误"}).url == answer.url
    sending.refresh_from_db()
    assert sending.status == Status.REMOVED


def test_by_hand_a_package_is_taken_and_the_link_given_back(desk: Desk, signed: As) -> None:
    WechatAccount.objects.update(mode="by_hand")
    sending = desk.send()
    url = f"/admin/channels/sending/{sending.pk}/"
    client = signed("clerk")
    page = text(client, url)
    assert "下载发布包" in page
    assert "回填链接" in page
    package = client.get(f"{url}package/")
    with ZipFile(io.BytesIO(package.content)) as found:
        assert "正文.html" in found.namelist()
    given = {"published_on": "2020-11-20", "url": "", "issue": "34", "item": "2"}
    assert "请填写文章链接" in client.post(f"{url}do/link/", given).content.decode()
    assert client.post(f"{url}do/link/", given | {"url": "https://mp.weixin.qq.com/s/x"}).url == url
    assert Appearance.objects.get().issue == "34"
    again = client.get(f"{url}do/link/", follow=True).content.decode()
    assert "已发布的不能" in again
    desk.site.clear()
    assert "不在网站上公开" in client.get(f"{url}package/", follow=True).content.decode()
    assert client.get(f"{url}do/nothing/").status_code == 404


def test_what_appeared_elsewhere_is_entered_corrected_and_struck(desk: Desk, signed: As) -> None:
    gazette, client = channel(desk, Kind.GAZETTE, "温州市人民政府公报"), signed("clerk")
    given = {
        "channel": gazette.pk,
        "title": "经济指标",
        "published_on": "2020-11-01",
        "issue": "2020年第11期",
        "item": "1",
        "reads_definition": "times",
        "national": "国家统计局、中国信息报",
    }
    late = client.post("/admin/channels/appeared/new/", given | {"published_on": "2999-01-01"})
    assert (late.status_code, "日期在今天之后" in late.content.decode()) == (422, True)
    assert client.post("/admin/channels/appeared/new/", given).status_code == 302
    made = Appearance.objects.get()
    assert {each.adopter for each in Adoption.objects.all()} == {"国家统计局", "中国信息报"}
    url = f"/admin/channels/appeared/{made.pk}/"
    assert "国家统计局" in text(client, url)
    assert client.post(url, given | {"national": "国家统计局", "reads": "30"}).status_code == 302
    assert (Adoption.objects.get().adopter, Appearance.objects.get().reads) == ("国家统计局", 30)
    assert signed("security_officer").post(url, given).status_code == 409
    assert "须由本机关的审核" in client.post(f"{url}strike/", follow=True).content.decode()
    signed("leader").post(f"{url}strike/")
    assert not Appearance.objects.exists()
    kinds = [each.kind for each in Entry.objects.of_stream("channels.appearance", made.pk)]
    assert kinds == ["entered", "corrected", "struck"]


def test_the_settings_of_an_account_never_show_its_secret(desk: Desk, signed: As) -> None:
    url = f"/admin/channels/{desk.channel.pk}/edit/"
    assert signed("clerk").get(url).status_code == 302
    leader = signed("leader")
    assert "s3cret" not in text(leader, url)
    given = {
        "name": "温州统计",
        "account": "wztj",
        "mode": "interface",
        "author": "统计局",
        "appid": "wx1",
        "secret": "",
    }
    assert leader.post(url, given).url == f"/admin/channels/{desk.channel.pk}/"
    account = WechatAccount.objects.get()
    assert (account.secret, account.author) == ("s3cret", "统计局")
    new = {**given, "kind": "wechat", "name": "温州普查"}
    refused = leader.post("/admin/channels/new/", new)
    assert (refused.status_code, "须填写 AppSecret" in refused.content.decode()) == (422, True)
    assert leader.post("/admin/channels/new/", new | {"secret": "geheim", "appid": "wx2"}).status_code == 302
    assert "已经有这个名称" in leader.post("/admin/channels/new/", new | {"secret": "geheim"}).content.decode()
    WechatAccount.objects.filter(appid="wx2").update(downgraded="没有权限", trouble="没有取全")
    found = Channel.objects.get(name="温州普查")
    page = text(leader, f"/admin/channels/{found.pk}/")
    assert "没有权限" in page
    assert "没有取全" in page
    assert "须处理" in text(leader, "/admin/channels/")


def test_lists_are_narrowed_by_their_address_and_exported(desk: Desk, signed: As) -> None:
    paper = channel(desk, Kind.MEDIA, "温州日报")
    for number, place in enumerate((desk.channel, paper), 1):
        Appearance.objects.create(
            agency=desk.agency, channel=place, title=f"标题{number}", published_on=date(2018 + number, 5, 1), reads=7
        )
    Adoption.objects.create(
        appearance=Appearance.objects.get(title="标题1"), level=Level.NATIONAL, adopter="国家统计局"
    )
    client = signed("handler")
    for query, shown in (
        ("", {1, 2}),
        ("kind=media", {2}),
        ("adopted=national", {1}),
        (f"channel={paper.pk}", {2}),
        ("year=2019", {1}),
        ("q=标题2", {2}),
    ):
        page = text(client, f"/admin/channels/appeared/?{query}")
        assert {number for number in (1, 2) if f">标题{number}</a>" in page} == shown, query
    sheet = client.get("/admin/channels/appeared/?export=xlsx&kind=media")
    assert sheet["Content-Disposition"].startswith("attachment")
    desk.send()
    assert "2020-1" in text(client, "/admin/channels/sending/?status=chosen")
    page = text(client, "/admin/channels/sending/?status=failed")
    assert "没有符合条件" in page


def test_a_press_conference_is_written_shown_and_read(desk: Desk, signed: As) -> None:
    client = signed("clerk")
    given = {
        "held_on": "2020-10-20",
        "topic": "前三季度经济运行",
        "speakers": "局长",
        "summary": "稳中向好",
        "q-TOTAL_FORMS": "2",
        "q-INITIAL_FORMS": "0",
        "q-0-asker": "温州日报",
        "q-0-question": "<b>物价如何？</b>",
        "q-0-answer": "平稳。",
        "l-TOTAL_FORMS": "1",
        "l-INITIAL_FORMS": "0",
        "l-0-title": "前三季度数据",
        "l-0-url": "/art/7.html",
    }
    for change, words in (({"q-0-answer": ""}, "提问和回答都要填写"), ({"l-0-url": "javascript:1"}, "链接须以")):
        refused = client.post("/admin/channels/press/new/", given | change)
        assert (refused.status_code, words in refused.content.decode()) == (409, True)
    answer = client.post("/admin/channels/press/new/", given)
    made = PressConference.objects.get()
    assert answer.url == f"/admin/channels/press/{made.pk}/"
    assert "物价如何" in text(client, answer.url)
    public = Client()
    assert public.get(f"/xwfbh/{made.pk}.html").status_code == 404
    client.post(f"{answer.url}show/", {"public": "1"})
    made.refresh_from_db()
    assert not made.is_public
    signed("reviewer").post(f"{answer.url}show/", {"public": "1"})
    page = text(public, f"/xwfbh/{made.pk}.html")
    for words in ("前三季度经济运行", "温州日报：&lt;b&gt;物价如何", "平稳。", 'href="/art/7.html"'):
        assert words in page
    assert "前三季度经济运行" in text(public, "/xwfbh/")
    assert public.get("/xwfbh/?p=2").status_code == 404
    assert public.get(f"/xwfbh/{'9' * 12}.html").status_code == 404
    assert client.post(answer.url, given).status_code == 409  # on the site now: for reviewers
    assert "前三季度经济运行" in text(client, "/admin/channels/press/")
    signed("leader").post(f"{answer.url}show/", {"public": "0"})
    assert public.get(f"/xwfbh/{made.pk}.html").status_code == 404
    kinds = [each.kind for each in Entry.objects.of_stream("channels.press", made.pk)]
    assert kinds == ["written", "shown", "hidden"]


def test_other_agencies_channels_do_not_exist(desk: Desk, signed: As) -> None:
    other = Agency.add_root(code="other", name="别的局")
    theirs = Channel.objects.create(agency=other, kind=Kind.GAZETTE, name="公报")
    made = Appearance.objects.create(agency=other, channel=theirs, title="x", published_on=date(2020, 1, 1))
    held = PressConference.objects.create(agency=other, topic="x", held_on=date(2020, 1, 1))
    client = signed("leader")
    for path in (f"{theirs.pk}/", f"{theirs.pk}/edit/", f"appeared/{made.pk}/", f"press/{held.pk}/", "?agency=other"):
        assert client.get(f"/admin/channels/{path}").status_code == 404
    assert client.get("/admin/channels/sending/999/").status_code == 404
    assert client.get("/admin/channels/sending/offers/999/").status_code == 404


def test_pages_ask_as_often_of_many_as_of_few(desk: Desk, signed: As) -> None:
    client = signed("leader")
    sending = desk.send()

    def add(number: int) -> None:
        place = channel(desk, Kind.MEDIA, f"报{number}")
        for at in range(2):
            made = Appearance.objects.create(
                agency=desk.agency,
                channel=desk.channel,
                title=f"{number}-{at}",
                published_on=date(2020, number, 2),
                reads=5,
            )
            Adoption.objects.create(appearance=made, level=Level.PROVINCIAL, adopter="省局")
        SubscriberCount.objects.create(
            agency=desk.agency, channel=desk.channel, counted_on=date(2020, number, 28), count=number * 100
        )
        services.choose(desk.publish(100 + number), [place], actor=desk.people["clerk"])
        PressConference.objects.create(
            agency=desk.agency, topic=f"{number}", held_on=date(2020, number, 2), is_public=True
        )

    paths = ("", f"{desk.channel.pk}/", "appeared/", "sending/", "sending/offers/", f"sending/{sending.pk}/", "press/")
    addresses = [f"/admin/channels/{path}" for path in paths] + ["/xwfbh/"]

    def queries() -> dict[str, int]:
        found = {}
        for url in addresses:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(url).status_code == 200
            found[url] = len(captured)
        return found

    add(1)
    add(2)
    queries()
    few = queries()
    for number in range(3, 9):
        add(number)
    assert queries() == few
    page = text(client, f"/admin/channels/{desk.channel.pk}/")
    assert page.count("<svg") >= 2  # drawn by the portal
    assert "800" in page
