"""The verbs of sending: each one transaction that locks the sending, asks the table, appends and projects.

None of them talks to WeChat: a call over the network is no part of a transaction (:mod:`gongkai.channels.delivery`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError, actor_of
from gongkai.ledger.events import Event
from gongkai.ledger.models import Entry
from gongkai.ledger.services import append, lock, next_number

from .articles import Article
from .case import Case
from .events import (
    STREAM,
    Cancelled,
    Chosen,
    Failed,
    LeftToPeople,
    Published,
    Removed,
    Retried,
)
from .models import Appearance, Channel, Kind, ReadsDefinition, Sending
from .projection import FIELDS, columns_of, fold
from .transitions import refusal
from .wechat.limits import AUTHOR, DIGEST, TITLE
from .wechat.rendering import plain

WITHOUT_INTERFACE = "这个渠道没有接口"


def digest_of(article: Article) -> str:
    """The digest that an article has unless somebody writes another: its summary, else how it begins."""
    return (article.summary.strip() or plain(article.html))[:DIGEST].strip()


@transaction.atomic
def choose(
    article: Article,
    channels: Iterable[Channel],
    *,
    title: str = "",
    author: str = "",
    digest: str = "",
    actor: User,
) -> list[Sending]:
    """Send a published article to channels: those with an interface are served by the program, the others by people.

    Raises :class:`NotPermittedError`, also for one that is on its way there already and for a title that is too long.
    """
    chosen = list(channels)
    if not chosen:
        raise NotPermittedError("请至少选择一个渠道。")
    agency = chosen[0].agency
    if any(channel.agency_id != agency.pk for channel in chosen):
        raise NotPermittedError("渠道不是本机关的。")
    title, digest = title.strip() or article.title, digest.strip() or digest_of(article)
    altered = title != article.title or digest != digest_of(article)
    if any(channel.kind == Kind.WECHAT for channel in chosen):
        for name, text, most in (("标题", title, TITLE), ("作者", author, AUTHOR), ("摘要", digest, DIGEST)):
            if len(text) > most:
                raise NotPermittedError(f"{name}有 {len(text)} 个字，微信最多 {most} 个字，请由审核人员缩短后再选定。")
    day = timezone.localdate()
    lock(agency.pk)
    made = []
    for channel in chosen:
        number = f"{day.year}-{next_number(agency, f'channels.sending.{day.year}')}"
        event = Chosen(
            number=number,
            channel=channel.pk,
            item=article.item,
            heading=title,
            author=author.strip(),
            digest=digest,
            altered=altered,
        )
        case = Case()
        _require(case, event, day, actor)
        case.apply(event.kind, day, event.model_dump(mode="json"))
        sending = Sending(agency=agency, is_demo=agency.is_demo, **columns_of(case))
        try:
            with transaction.atomic():
                sending.save(force_insert=True)
        except IntegrityError:
            raise NotPermittedError(f"这条信息已经选定或者发布到“{channel.name}”，不能重复。") from None
        _append(sending, event, day, actor)
        if not _has_interface(channel):
            act(sending, [LeftToPeople(reason=WITHOUT_INTERFACE)])
        made.append(sending)
    return made


def _has_interface(channel: Channel) -> bool:
    account = getattr(channel, "wechat", None)
    return account is not None and account.is_connected


@transaction.atomic
def published_by_hand(
    sending: Sending, day: date, url: str, *, issue: str = "", item: int | None = None, actor: User
) -> Sending:
    """Record where something that people published appeared."""
    act(sending, [Published(url=url.strip(), by_hand=True, issue=issue.strip())], day, actor=actor)
    return keep_appearance(sending, day, issue.strip(), item)


@transaction.atomic
def published(sending: Sending, url: str, article_id: str) -> Sending:
    """Record that WeChat has published it. Each publication is an issue (期) of one item (条)."""
    day = timezone.localdate()
    act(sending, [Published(url=url, article_id=article_id, issue=sending.message)], day)
    return keep_appearance(sending, day, sending.message, 1)


def keep_appearance(sending: Sending, day: date, issue: str, item: int | None) -> Sending:
    """What was published counts among what appeared in the channel."""
    definition = ReadsDefinition.READERS if sending.article_id else ReadsDefinition.TIMES
    sending.appearance = Appearance.objects.create(
        agency_id=sending.agency_id,
        channel_id=sending.channel_id,
        title=sending.title,
        published_on=day,
        issue=issue,
        item=item,
        url=sending.url,
        reads_definition=definition,
        is_demo=sending.is_demo,
    )
    sending.save(update_fields=["appearance"])
    return sending


def failed(sending: Sending, code: int, reason: str) -> Sending:
    """Record that it did not succeed, and what to do."""
    return act(sending, [Failed(code=code, reason=reason[:300])])


def leave_to_people(sending: Sending, reason: str, *, actor: User | None = None) -> Sending:
    """From now on people publish it."""
    return act(sending, [LeftToPeople(reason=reason[:300])], actor=actor)


def retry(sending: Sending, *, actor: User) -> Sending:
    """Begin again, with what is published now."""
    return act(sending, [Retried()], actor=actor)


def cancel(sending: Sending, reason: str, *, actor: User) -> Sending:
    """It is not sent there after all."""
    if not reason.strip():
        raise NotPermittedError("请填写取消的原因。")
    return act(sending, [Cancelled(reason=reason.strip()[:300])], actor=actor)


def removed(sending: Sending, reason: str, *, actor: User | None = None) -> Sending:
    """It is no longer in the channel; that it appeared there stays counted."""
    if not reason.strip():
        raise NotPermittedError("请填写删除的原因。")
    return act(sending, [Removed(reason=reason.strip()[:300])], actor=actor)


def case_of(sending: Sending) -> Case:
    """The case as its events leave it; one query."""
    return fold((e.kind, e.occurred_on, e.data) for e in Entry.objects.of_stream(STREAM, sending.pk))


@transaction.atomic
def act(sending: Sending, events: Iterable[Event], day: date | None = None, *, actor: User | None = None) -> Sending:
    """Bring events about. What was of the moment is settled: it is tried at once."""
    on = day or timezone.localdate()
    lock(sending.agency_id)
    begun: str = Sending.objects.select_for_update().values_list("begun", flat=True).get(pk=sending.pk)
    if begun and actor is not None:
        raise NotPermittedError("正在向微信提交，结果还不知道，请几分钟后再试。")
    case = case_of(sending)
    for event in events:
        _require(case, event, on, actor)
        case.apply(event.kind, on, event.model_dump(mode="json"))
        _append(sending, event, on, actor)
    for name, value in columns_of(case).items():
        setattr(sending, name, value)
    sending.begun, sending.tries, sending.waiting_for, sending.next_try_at = "", 0, "", None
    try:
        with transaction.atomic():
            sending.save(update_fields=[*FIELDS, "begun", "tries", "waiting_for", "next_try_at"])
    except IntegrityError:
        raise NotPermittedError("这条信息已经另行选定到这个渠道，不能重复。") from None
    return sending


def _require(case: Case, event: Event, day: date, actor: User | None) -> None:
    reason = refusal(case, event, day, None if actor is None else actor_of(actor))
    if reason:
        raise NotPermittedError(f"{reason}。")


def _append(sending: Sending, event: Event, day: date, actor: User | None) -> None:
    actor_id = None if actor is None else actor.pk
    append(sending.agency, STREAM, sending.pk, event.kind, day, event.model_dump(mode="json"), actor_id=actor_id)
