"""What the program does with sendings by WeChat's interface, a step at a time: safe to be killed at any moment.

Each step is an event. A call that must not be made twice is marked (``begun``) before it is made; where the mark
stands and the answer does not, the next run looks at WeChat for what became of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from hashlib import sha256

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError, actor_of

from . import services
from .articles import Article, article
from .events import Drafted, Removed, Rendered, Submitted
from .models import MOVING, Mode, Sending, Status, Upload, WechatAccount
from .transitions import hindrance
from .wechat.client import Client, Standing, Token
from .wechat.cover import cover
from .wechat.errors import (
    PASSING,
    AddressError,
    AppIdError,
    MediaError,
    QuotaError,
    SecretError,
    TokenError,
    TooFastError,
    UnauthorizedError,
    UnknownPublicationError,
    WebsiteNeededError,
    WechatError,
)
from .wechat.limits import Letter, faults
from .wechat.pictures import PictureError, fitting
from .wechat.rendering import render, sources

# Mended in the settings of the channel or of WeChat; the article has nothing to do with it.
_OF_ACCOUNT = (TokenError, SecretError, AppIdError, AddressError)
_SOON, _LATER = timedelta(minutes=1), timedelta(minutes=10)
_SOON_TIMES = 10
WITHDRAWN = "这条信息已经不在网站上公开，不再发往其他渠道。"
CHANGED = "排版以后，网站上的内容又修改过，请重新提交。"
LOST = "微信没有留下这次发布的记录，请在公众号后台核对：已经发布的，改为人工发布后回填链接；没有的，重新提交。"
STATES = {2: "原创声明没有通过", 3: "微信没有说明原因（常规失败）", 4: "微信平台审核没有通过"}
GONE = {5: "发布后在微信上被删除", 6: "发布后被微信平台封禁"}


class KeptToken:
    """The token of an account in its row, encrypted."""

    def __init__(self, account: WechatAccount) -> None:
        self.account = account

    def load(self) -> Token | None:
        return self.account.load()

    def save(self, token: Token) -> None:
        self.account.save_token(token.value, token.ends_at)


def connect(account: WechatAccount) -> Client:
    """The client of an account; close it."""
    tokens = KeptToken(account)
    return Client(account.appid, account.secret, tokens, now=timezone.now, base=settings.GONGKAI_WECHAT_URL)


def deliver(now: datetime) -> str:
    """Take every sending that is due as far as it goes. A job; says how many steps were made."""
    due = Q(next_try_at=None) | Q(next_try_at__lte=now)
    found = Sending.objects.filter(due, status__in=MOVING).select_related("agency", "channel__wechat").order_by("pk")
    steps = 0
    for sending in found:
        account: WechatAccount | None = getattr(sending.channel, "wechat", None)
        if account is None or not account.is_connected:
            steps += _without_interface(sending)
            continue
        with connect(account) as client:
            while sending.status in MOVING and _step(sending, account, client, now):
                steps += 1
    return f"推进 {steps} 步"


def _without_interface(sending: Sending) -> int:
    """The account was set to publishing by hand meanwhile; what WeChat is doing already is still waited for."""
    if sending.status == Status.SUBMITTED:
        return 0
    services.leave_to_people(sending, services.WITHOUT_INTERFACE)
    return 1


def _step(sending: Sending, account: WechatAccount, client: Client, now: datetime) -> bool:
    """One step; false when it waits now."""
    try:
        return _STEPS[Status(sending.status)](sending, account, client, now)
    except NotPermittedError:
        sending.refresh_from_db()  # somebody settled it meanwhile: what they said holds
        return False
    except PictureError as error:
        services.failed(sending, 0, str(error))
    except UnauthorizedError as error:
        _downgrade(account, str(error))
        if sending.status == Status.SUBMITTED:
            return _put_off(sending, error, now)
        services.leave_to_people(sending, str(error))
    except WechatError as error:
        if sending.status == Status.SUBMITTED and isinstance(error, UnknownPublicationError):
            services.failed(sending, error.code, LOST)
        elif isinstance(error, (*PASSING, *_OF_ACCOUNT)) or sending.status == Status.SUBMITTED:
            return _put_off(sending, error, now)
        elif isinstance(error, WebsiteNeededError):
            services.leave_to_people(sending, str(error))
        else:
            services.failed(sending, error.code, str(error))
    return True


def _downgrade(account: WechatAccount, reason: str) -> None:
    account.mode, account.downgraded = Mode.BY_HAND, reason[:300]
    account.save(update_fields=["mode", "downgraded"])


def _put_off(sending: Sending, error: WechatError | None, now: datetime) -> bool:
    """Try again soon, then less often; when the day's calls are used up, after midnight."""
    sending.tries += 1
    sending.next_try_at = now + (_SOON if sending.tries <= _SOON_TIMES else _LATER)
    if isinstance(error, QuotaError):
        tomorrow = timezone.localtime(now).date() + timedelta(days=1)
        sending.next_try_at = timezone.make_aware(datetime.combine(tomorrow, time(0, 10)))
    sending.waiting_for = str(error)[:300] if error else ""
    sending.save(update_fields=["tries", "next_try_at", "waiting_for"])
    return False


def _begin(sending: Sending, what: str) -> None:
    """Say that a call is about to be made; whoever settles the sending meanwhile is told to wait."""
    if not Sending.objects.filter(pk=sending.pk, status=sending.status).update(begun=what):
        raise NotPermittedError("已经由他人处理。")
    sending.begun = what


# The steps


def _render(sending: Sending, account: WechatAccount, client: Client, now: datetime) -> bool:
    found = article(sending.agency_id, sending.item)
    if found is None:
        services.failed(sending, 0, WITHDRAWN)
        return True
    letter, pictures = _letter(sending, found, account, client)
    wrong = faults(letter)
    if wrong:
        services.failed(sending, 0, "".join(wrong))
    else:
        services.act(sending, [Rendered(edition=found.edition, pictures=pictures)])
    return True


def _draft(sending: Sending, account: WechatAccount, client: Client, now: datetime) -> bool:
    found = article(sending.agency_id, sending.item)
    if found is None or found.edition != sending.edition:
        services.failed(sending, 0, WITHDRAWN if found is None else CHANGED)
        return True
    letter, _ = _letter(sending, found, account, client)
    if sending.begun:
        there = _same(client.drafts(), letter, set(_known("media_id", sending)))
        if there is not None:
            client.update_draft(there.key, letter)  # whatever the interrupted call left there
            services.act(sending, [Drafted(media_id=there.key, found=True)])
            return True
    _begin(sending, "draft")
    services.act(sending, [Drafted(media_id=client.add_draft(letter))])
    return True


def _submit(sending: Sending, account: WechatAccount, client: Client, now: datetime) -> bool:
    found = article(sending.agency_id, sending.item)
    if sending.begun:
        letter = Letter(sending.title, "", address=found.address if found else "")
        there = _same(client.published(), letter, set(_known("article_id", sending)))
        if there is not None:
            services.published(sending, there.url, there.key)
            return True
        try:
            client.draft(sending.media_id)
        except MediaError:
            services.failed(sending, 0, LOST)
            return True
    elif found is None or found.edition != sending.edition:
        services.failed(sending, 0, WITHDRAWN if found is None else CHANGED)
        return True
    _begin(sending, "submit")
    try:
        done = client.submit(sending.media_id)
    except TooFastError as error:
        return _put_off(sending, error, now)  # the mark stays: it may be under way
    services.act(sending, [Submitted(publish_id=done.publish_id, message=done.message)])
    return True


def _poll(sending: Sending, account: WechatAccount, client: Client, now: datetime) -> bool:
    found = client.progress(sending.publish_id)
    if found.status == 1:
        return _put_off(sending, None, now)
    if found.status in STATES:
        which = f"（第 {'、'.join(map(str, found.failed))} 篇）" if found.failed else ""
        services.failed(sending, found.status, f"{STATES[found.status]}{which}，请在公众号后台查看，修改后重新提交。")
        return True
    services.published(sending, found.url, found.article_id)
    if found.status in GONE:
        services.act(sending, [Removed(reason=GONE[found.status])])
    return True


_STEPS: dict[Status, Callable[[Sending, WechatAccount, Client, datetime], bool]] = {
    Status.CHOSEN: _render,
    Status.RENDERED: _draft,
    Status.DRAFTED: _submit,
    Status.SUBMITTED: _poll,
}


def withdraw(sending: Sending, reason: str, *, actor: User) -> Sending:
    """Take it off WeChat for good and record it. Raises :class:`NotPermittedError`, also when WeChat refuses."""
    told = hindrance(Removed, services.case_of(sending), actor_of(actor))
    if told:
        raise NotPermittedError(f"{told}。")
    account: WechatAccount | None = getattr(sending.channel, "wechat", None)
    if sending.article_id and account is not None and account.is_connected and reason.strip():
        try:
            with connect(account) as client:
                client.delete_published(sending.article_id)
        except UnknownPublicationError:
            pass  # it is gone already, which is what was asked for
        except WechatError as error:
            raise NotPermittedError(str(error)) from error
    return services.removed(sending, reason, actor=actor)


# What is sent


def _letter(sending: Sending, found: Article, account: WechatAccount, client: Client) -> tuple[Letter, int]:
    """The article for WeChat, its pictures uploaded, and how many they are."""
    places: dict[str, str] = {}
    first: tuple[bytes, str] | None = None
    for src in sources(found.html):
        content = found.picture(src)
        if content is None:
            raise PictureError("正文中有一张图片已经不在，请在信息中更换后重新签发。")
        fitted = fitting(content)
        first = first or fitted
        places[src] = _uploaded(account, Upload.Kind.BODY, *fitted, client)
    front = first or (cover(sending.title, sending.agency.name), "png")
    letter = Letter(
        sending.title,
        render(found.html, places, absolute=lambda path: _whole(path, found.address)),
        author=sending.author or account.author,
        digest=sending.digest,
        address=found.address,
        cover=_uploaded(account, Upload.Kind.COVER, *front, client),
    )
    return letter, len(places)


def _uploaded(account: WechatAccount, kind: Upload.Kind, content: bytes, ending: str, client: Client) -> str:
    """Where WeChat has a picture; uploaded when it has it not yet."""
    digest = sha256(content).hexdigest()
    known = Upload.objects.filter(account=account, kind=kind, sha256=digest).first()
    if known is not None:
        return known.reference
    name = f"{digest[:12]}.{ending}"
    if kind == Upload.Kind.BODY:
        reference = client.upload_image(content, name)
    else:
        reference = client.add_material(content, name).media_id
    Upload.objects.create(account=account, kind=kind, sha256=digest, reference=reference)
    return reference


def _whole(path: str, address: str) -> str:
    """An address of the site with its host, as that of the article has it."""
    if path.startswith("/") and "//" in address:
        return "/".join(address.split("/", 3)[:3]) + path
    return path


def _same(standing: Sequence[Standing], letter: Letter, known: set[str]) -> Standing | None:
    """The one of ours among what stands at WeChat: of the same title and original, and no other sending's."""
    return next(
        (
            each
            for each in standing
            if each.title == letter.title and each.source == letter.address and each.key not in known
        ),
        None,
    )


def _known(column: str, sending: Sending) -> list[str]:
    """What other sendings to the channel are at WeChat."""
    others = Sending.objects.filter(channel_id=sending.channel_id).exclude(pk=sending.pk).exclude(**{column: ""})
    return list(others.values_list(column, flat=True))
