"""Our adapter against an imitation of WeChat over HTTP: every call, every refusal, the life of tokens."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from gongkai.channels.wechat import errors
from gongkai.channels.wechat.client import Client, Token
from gongkai.channels.wechat.imitation import ZONE, Account, World, serving
from gongkai.channels.wechat.limits import Letter, faults

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2020, 11, 20, 9, 0, tzinfo=ZONE)

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **span: float) -> None:
        self.at += timedelta(**span)


class Kept:
    token: Token | None = None

    def load(self) -> Token | None:
        return self.token

    def save(self, token: Token) -> None:
        self.token = token


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> Iterator[World]:
    world = World({"wx1": Account("s3cret", followers=3800)}, now=clock)
    with serving(world):
        yield world


@pytest.fixture
def client(world: World, clock: Clock) -> Iterator[Client]:
    with Client("wx1", "s3cret", Kept(), now=clock, base=world.base) as client:
        yield client


def letter(client: Client, **change: str) -> Letter:
    given = {"title": "11月数据发布", "content": "<p>全文</p>", "cover": client.add_material(PNG, "cover.png").media_id}
    return Letter(**{**given, **change})


def test_an_article_goes_through_its_whole_life(client: Client, world: World, clock: Clock) -> None:
    src = client.upload_image(PNG, "a.png")
    draft = client.add_draft(letter(client, content=f'<p>图</p><img src="{src}">', address="https://example.gov/1"))
    client.update_draft(draft, letter(client, content="<p>改</p>", address="https://example.gov/1"))
    assert client.draft(draft)[0]["content"] == "<p>改</p>"
    assert [each.source for each in client.drafts()] == ["https://example.gov/1"]
    submitted = client.submit(draft)
    with pytest.raises(errors.TooFastError):
        client.submit(draft)  # twice
    assert client.progress(submitted.publish_id).status == 1
    done = client.progress(submitted.publish_id)
    assert (done.status, done.article_id) == (0, f"article-{submitted.publish_id}")
    assert world.page(done.url.removeprefix(world.base))
    with pytest.raises(errors.MediaError):
        client.draft(draft)  # it has left the box of drafts
    assert [each.key for each in client.published()] == [done.article_id]
    clock.pass_by(days=2)
    counted = client.readers(date(2020, 11, 20), date(2020, 11, 21))
    assert [(each.day.day, each.count) for each in counted.readers] == [(20, 120), (21, 240)]
    assert counted.readers[0].message == f"{submitted.message}_1"
    client.delete_published(done.article_id)
    assert client.progress(submitted.publish_id).status == 5
    assert not client.published()
    with pytest.raises(errors.UnknownPublicationError):
        client.delete_published(done.article_id)


@pytest.mark.parametrize("outcome", [2, 3, 4])
def test_what_wechat_does_not_publish_says_which_articles(client: Client, world: World, outcome: int) -> None:
    world.outcome, world.fail_idx, world.polls = outcome, [1], 0
    submitted = client.submit(client.add_draft(letter(client)))
    found = client.progress(submitted.publish_id)
    assert (found.status, found.failed, found.url) == (outcome, (1,), "")


def test_the_token_is_kept_and_renewed_before_its_end(client: Client, world: World, clock: Clock) -> None:
    def fetched() -> int:
        return world.calls.count("/cgi-bin/stable_token")

    first = client.token()
    clock.pass_by(minutes=114)
    assert (client.token(), fetched()) == (first, 1)
    clock.pass_by(minutes=1)
    second = client.token()
    assert (second != first, fetched(), len(second) >= 512) == (True, 2, True)
    world._signed_in(first)  # for five minutes both hold
    clock.pass_by(minutes=6)
    with pytest.raises(Exception, match="42001"):
        world._signed_in(first)
    # WeChat forgets a token before its time: another is fetched, once.
    world.accounts["wx1"].tokens.clear()
    assert client.drafts() == []
    assert fetched() == 3


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (40013, errors.AppIdError, "核对 AppID"),
        (40164, errors.AddressError, "白名单"),
        (45009, errors.QuotaError, "明天会自动继续"),
        (48001, errors.UnauthorizedError, "改为人工发布"),
        (53500, errors.BannedError, "申诉"),
        (53503, errors.DraftRefusedError, "草稿箱"),
        (53504, errors.WebsiteNeededError, "官网"),
        (53505, errors.SaveNeededError, "手动保存"),
        (-1, errors.BusyError, "自动再试"),
        (99999, errors.WechatError, "99999"),
    ],
)
def test_refusals_say_what_to_do(
    client: Client, world: World, code: int, kind: type[errors.WechatError], words: str
) -> None:
    world.refusals["/cgi-bin/freepublish/submit"] = code
    with pytest.raises(kind, match=words) as caught:
        client.submit("draft-1")
    assert type(caught.value) is kind
    assert (caught.value.code, caught.value.said) == (code, "refused")


def test_quota_and_wrong_credentials(world: World, clock: Clock, client: Client) -> None:
    world.quota["/cgi-bin/draft/batchget"] = 1
    client.drafts()
    with pytest.raises(errors.QuotaError):
        client.drafts()
    for appid, secret, kind in (("wx1", "bad", errors.SecretError), ("wx2", "s3cret", errors.AppIdError)):
        with Client(appid, secret, Kept(), now=clock, base=world.base) as other, pytest.raises(kind):
            other.token()


def test_statistics_within_their_limits(client: Client, world: World, clock: Clock) -> None:
    days = client.followers(date(2020, 11, 13), date(2020, 11, 19))
    assert (len(days), days[-1].total, days[-1].new, days[-1].left) == (7, 3819, 3, 1)
    with pytest.raises(errors.SpanError):
        client.followers(date(2020, 11, 12), date(2020, 11, 19))  # refused before it is sent
    body = {"begin_date": "2020-11-12", "end_date": "2020-11-19"}
    with pytest.raises(errors.SpanError):
        client._call("/datacube/getusercumulate", json=body)  # and by WeChat
    with pytest.raises(errors.SpanError):
        client.followers(date(2020, 11, 20), date(2020, 11, 20))  # today
    clock.pass_by(hours=-2)
    with pytest.raises(errors.NotYetError):
        client.followers(date(2020, 11, 19), date(2020, 11, 19))  # yesterday, before eight
    world.is_delayed = True
    assert client.readers(date(2020, 11, 17), date(2020, 11, 18)).is_delayed
    assert len(client.reads(date(2020, 11, 17), date(2020, 11, 18))["list"]) == 2


def test_an_answer_that_does_not_arrive(client: Client, world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    draft = letter(client)
    world.lost.add("/cgi-bin/draft/add")
    with pytest.raises(errors.UnreachableError) as caught:
        client.add_draft(draft)
    assert caught.value.__suppress_context__  # the error of httpx has the token in its address
    assert len(world.accounts["wx1"].drafts) == 1
    away = Client("wx1", "s3cret", Kept(), now=world.now, base="http://127.0.0.1:9")
    with away, pytest.raises(errors.UnreachableError):
        away.token()
    assert "s3cret" not in caplog.text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": "长" * 33}, "标题有 33 个字，微信最多 32 个字"),
        ({"title": " "}, "请填写标题"),
        ({"author": "长" * 17}, "作者"),
        ({"digest": "长" * 129}, "摘要"),
        ({"content": "长" * 20_000}, "微信须少于 20000 个"),
        ({"content": ""}, "正文是空的"),
        ({"address": "h" * 1001}, "原文链接过长"),
    ],
)
def test_what_is_too_long_is_said_before_it_is_sent(
    client: Client, world: World, change: dict[str, str], words: str
) -> None:
    assert words in "".join(faults(Letter(**{"title": "标题", "content": "正文", **change})))
    if not {"address", "content"} & change.keys() and change != {"title": " "}:
        with pytest.raises(errors.LengthError):
            client.add_draft(letter(client, **change))


def test_pictures_have_their_limits(client: Client) -> None:
    with pytest.raises(errors.MediaError):
        client.upload_image(PNG, "a.gif")
    with pytest.raises(errors.MediaError):
        client.upload_image(PNG * 10_000, "a.png")
    with pytest.raises(errors.MediaError):
        client.add_draft(Letter("标题", "正文"))  # without a cover
