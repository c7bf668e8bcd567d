"""A bureau with a WeChat account at an imitation of WeChat, and an article that its site has published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from importlib import import_module
from unittest import mock

import pytest
from django.contrib.auth.models import Group
from django.test import override_settings

from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import Role
from gongkai.channels import articles, services
from gongkai.channels.articles import Article, Offer
from gongkai.channels.delivery import deliver
from gongkai.channels.models import Channel, Kind, Mode, Sending, WechatAccount
from gongkai.channels.wechat.imitation import ZONE, Account, World, serving

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100
START = datetime(2020, 11, 20, 9, 0, tzinfo=ZONE)
BODY = (
    '<h3 class="x">要点</h3><p onclick="x()">11月，CPI同比<strong>上涨</strong>2.1%，见<a href="/zb/1/">指标</a>和'
    '<a href="https://www.stats.gov.cn/">国家统计局</a>。</p><script>alert(1)</script>'
    '<figure class="b-figure"><img src="/art/7/aaaaaaaaaaaaaaaa/a.png" alt="图"><figcaption>图1</figcaption></figure>'
    '<figure class="b-chart"><svg><text>x</text></svg><details><summary>查看数据表<span class="b-hidden">：表</span>'
    "</summary><table><tr><th>年</th><td>2020</td></tr></table></details></figure>"
)


@dataclass
class Desk:
    """Who and what there is; ``at`` is the time for everybody, WeChat too."""

    agency: Agency
    account: WechatAccount
    world: World
    people: dict[str, User]
    at: datetime = START
    site: dict[int, Article] = field(default_factory=dict)

    @property
    def channel(self) -> Channel:
        return self.account.channel

    @property
    def wechat(self) -> Account:
        return self.world.accounts["wx1"]

    def publish(self, item: int = 7, **change: object) -> Article:
        """An article on the site, as it is from now on."""
        made = Article(
            item=item,
            title="11月CPI同比上涨2.1%",
            summary="物价平稳",
            html=BODY,
            edition="e" * 64,
            address=f"https://tjj.example.gov.cn/art/{item}.html",
            published_on=self.at.date(),
            picture=lambda src: PNG if src.startswith("/art/") else None,
        )
        self.site[item] = replace(made, **change)  # type: ignore[arg-type]
        return self.site[item]

    def send(self, item: int = 7, who: str = "handler", **given: str) -> Sending:
        article = self.site.get(item) or self.publish(item)
        return services.choose(article, [Channel.objects.get(pk=self.channel.pk)], actor=self.people[who], **given)[0]

    def deliver(self, sending: Sending, minutes: int = 1) -> Sending:
        """The job runs, some time later."""
        self.at += timedelta(minutes=minutes)
        deliver(self.at)
        sending.refresh_from_db()
        return sending


@pytest.fixture
def desk(agency: Agency) -> Iterator[Desk]:
    channel = Channel.objects.create(agency=agency, kind=Kind.WECHAT, name="温州统计")
    account = WechatAccount.objects.create(
        channel=channel, mode=Mode.INTERFACE, appid="wx1", secret="s3cret", author="市统计局"
    )
    people = {}
    for role in Role:
        made = User.objects.create_user(role.value, agency=agency)
        made.groups.set(Group.objects.filter(name=role.label))
        people[role.value] = made
    found = Desk(agency, account, World({"wx1": Account("s3cret", followers=3800)}), people)
    found.world.now = lambda: found.at

    def recent(agency_id: int, since: date, most: int) -> list[Offer]:
        mine = [each for each in found.site.values() if agency_id == agency.pk and each.published_on >= since]
        return [Offer(e.item, e.title, f"/art/{e.item}.html", "工作动态", e.published_on) for e in mine][:most]

    import_module("gongkai.project.urls")  # which joins the real site: before this one takes its place
    kept = (articles._Site.recent, articles._Site.find, articles._Site.draw)
    articles.register(recent, lambda agency_id, item: found.site.get(item), kept[2])
    try:
        with (
            serving(found.world) as base,
            override_settings(GONGKAI_WECHAT_URL=base),
            mock.patch("django.utils.timezone.now", side_effect=lambda: found.at),
        ):
            yield found
    finally:
        articles.register(*kept)
