"""Figures of WeChat accounts, day by day: followers, readers of what was published, what was deleted there since.

WeChat has those of a day after 08:00 of the next, for a while only: they are kept here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Max
from django.utils import timezone

from .delivery import GONE, connect
from .models import Appearance, DailyReaders, Mode, ReadsDefinition, Sending, Status, SubscriberCount, WechatAccount
from .services import removed
from .wechat.client import MOST_DAYS, Client, Readers
from .wechat.errors import UnknownPublicationError, WechatError

READY = time(8, 0)
BACK = 28  # days of followers that are fetched at most
COUNTED = 30  # days after its publication on which WeChat still counts the readers of an article


def collect(now: datetime) -> str:
    """Fetch what there is of every account. A job; the trouble of one does not stop the others."""
    done, troubled = 0, 0
    for account in (
        WechatAccount.objects.filter(mode=Mode.INTERFACE).exclude(appid="").select_related("channel__agency")
    ):
        if not account.is_connected:
            continue
        trouble = ""
        try:
            with connect(account) as client:
                last = last_ready(now)
                _followers(account, client, last)
                trouble = "" if _readers(account, client, last) else "微信还没有统计完，稍后会自动再取。"
                _gone(account, client, last)
        except WechatError as error:
            trouble = str(error)
        done, troubled = done + (not trouble), troubled + bool(trouble)
        account.collected_at, account.trouble = now, trouble[:300]
        account.save(update_fields=["collected_at", "trouble"])
    return f"取数完成 {done} 个账号" + (f"，{troubled} 个没有取全" if troubled else "")


def last_ready(now: datetime) -> date:
    """The last day whose figures WeChat has."""
    local = timezone.localtime(now)
    return local.date() - timedelta(days=1 if local.time() >= READY else 2)


def spans(first: date, last: date) -> Iterator[tuple[date, date]]:
    """The days from the first to the last in spans that WeChat answers."""
    while first <= last:
        end = min(last, first + timedelta(days=MOST_DAYS - 1))
        yield first, end
        first = end + timedelta(days=1)


def _followers(account: WechatAccount, client: Client, last: date) -> None:
    channel = account.channel
    known = SubscriberCount.objects.filter(channel=channel, counted_on__lte=last).aggregate(day=Max("counted_on"))[
        "day"
    ]
    first = last - timedelta(days=BACK - 1)
    for start, end in spans(max(first, known + timedelta(days=1)) if known else first, last):
        SubscriberCount.objects.bulk_create(
            [
                SubscriberCount(
                    agency_id=channel.agency_id,
                    channel=channel,
                    counted_on=each.day,
                    count=each.total,
                    new=each.new,
                    left=each.left,
                    is_demo=channel.agency.is_demo,
                )
                for each in client.followers(start, end)
                if each.total is not None
            ],
            update_conflicts=True,
            unique_fields=["channel", "counted_on"],
            update_fields=["count", "new", "left"],
        )


def _readers(account: WechatAccount, client: Client, last: date) -> bool:
    """Readers of what was published by the interface; false when WeChat has not finished counting."""
    first = last - timedelta(days=COUNTED - 1)
    sent = Sending.objects.filter(
        channel=account.channel_id, appearance__isnull=False, published_on__gte=first, published_on__lte=last
    ).exclude(article_id="")
    by_name: dict[str, Sending] = {}
    for each in sent.select_related("appearance"):
        by_name |= {name: each for name in (each.message, each.url) if name}
    days = {each.published_on for each in by_name.values()}
    whole = True
    for start, end in spans(first, last):
        if any(day is not None and start <= day <= end for day in days):
            answer = client.readers(start, end)
            whole = whole and not answer.is_delayed
            _keep(by_name, answer.readers)
    return whole


def _keep(by_name: dict[str, Sending], readers: tuple[Readers, ...]) -> None:
    rows: list[DailyReaders] = []
    latest: dict[int, tuple[date, Appearance, int]] = {}
    for each in readers:
        sending = by_name.get(each.message.split("_")[0]) or by_name.get(each.url)
        if sending is None or sending.appearance is None:
            continue  # of somebody else's, or published by hand
        found = sending.appearance
        rows.append(DailyReaders(appearance=found, day=each.day, count=each.count))
        if found.pk not in latest or each.day > latest[found.pk][0]:
            latest[found.pk] = (each.day, found, each.count)
    DailyReaders.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["appearance", "day"], update_fields=["count"]
    )
    for _, appearance, count in latest.values():
        appearance.reads, appearance.reads_definition = count, ReadsDefinition.READERS
    Appearance.objects.bulk_update([each for _, each, _ in latest.values()], ["reads", "reads_definition"])


def _gone(account: WechatAccount, client: Client, last: date) -> None:
    """What was deleted at WeChat since it was published."""
    sent = Sending.objects.filter(
        channel=account.channel_id, status=Status.PUBLISHED, published_on__gte=last - timedelta(days=COUNTED)
    ).exclude(publish_id="")
    for sending in sent.select_related("agency"):
        try:
            status = client.progress(sending.publish_id).status
        except UnknownPublicationError:
            continue  # WeChat forgets old tasks; that says nothing of the article
        if status in GONE:
            removed(sending, GONE[status])
