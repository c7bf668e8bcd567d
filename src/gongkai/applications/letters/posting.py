"""Letters by mail to applicants: queued here, handed over by the worker, proved by what the mail server answered.

A letter counts as sent on the day on which the server took it, not on the day on which somebody pressed a button:
that day decides whether a reply is in time. So it is sent, decided and served in one transaction after the hand-over;
until then it waits. Nothing here is logged that says to whom.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError
from gongkai.notices.outgoing import LEASE, PAUSES
from gongkai.notices.running import kind_and_place
from gongkai.notices.schedule import ZONE
from gongkai.notices.services import notify
from gongkai.notices.transports.base import NotSentError

from .. import services, vault
from ..models import Application, Dispatch, FileKind, Letter
from .drafting import values_of
from .forms import ELECTRONIC
from .points import TO_OTHERS
from .printing import pdf_of
from .smtp import open_connection

logger = logging.getLogger(__name__)

State = Dispatch.State
OPEN = (State.WAITING, State.FAILED)
_BODY = """{recipient}：

{agency}《{title}》{number}见附件（PDF）。

申请编号：{application}
{contact}

本邮件由政府信息公开工作机构发出。文书以附件为准。
"""


@dataclass(frozen=True, slots=True)
class _Accepted:
    """What the server said, and when."""

    message_id: str
    answer: str
    at: datetime


def send_by_email(letter: Letter, actor: User | None) -> Dispatch:
    """Put a letter into the outbox, for the address that the applicant gave. Raises :class:`NotPermittedError` when
    the letter may not be sent now, or when there is no address or no way to send.
    """
    application = letter.application
    if letter.code in TO_OTHERS:
        raise NotPermittedError("这份文书不是给申请人的，请打印后送达。")
    address = _address(application)
    if values_of(letter).get("delivery") not in ELECTRONIC and not application.agency.review_online and letter.outcome:
        raise NotPermittedError(
            "这份答复没有写网上申请行政复议的渠道，不能电子送达；请在拟稿时选择电子送达，或者改用其他方式。"
        )
    _rehearse(letter, actor)
    try:
        with transaction.atomic():
            return Dispatch.objects.create(letter=letter, address=address, queued_by=actor)
    except IntegrityError:
        raise NotPermittedError("这份文书已经在发送，不必再发。") from None


def try_again(dispatch: Dispatch, actor: User | None) -> Dispatch:
    """Queue a letter anew whose mail was given up, by the address that the applicant has now."""
    if dispatch.state != State.GIVEN_UP:
        raise NotPermittedError("这份文书还在发送，不必再发。")
    return send_by_email(dispatch.letter, actor)


def _address(application: Application) -> str:
    address = application.applicant.email.strip()
    try:
        validate_email(address)
    except ValidationError:
        raise NotPermittedError("申请人没有填写可用的电子邮箱，请选择其他送达方式。") from None
    return address


def _rehearse(letter: Letter, actor: User | None) -> None:
    """Ask the verbs whether it may be sent today, and take everything back."""
    today = timezone.now().astimezone(ZONE).date()
    with transaction.atomic():
        copy = Letter.objects.select_related("application__agency", "file").get(pk=letter.pk)
        services.send_letter(copy.application, today, copy, "email", actor=actor)
        transaction.set_rollback(True)


# --- The worker ---------------------------------------------------------------------------------------


def deliver(now: datetime, *, clock: Callable[[], datetime] = timezone.now) -> str:
    """Hand over what is due. Of several workers each letter is taken by one, for ``LEASE``."""
    if not settings.EMAIL_HOST:
        return "没有设置 EMAIL_URL"
    sent = failed = 0
    seen: set[Any] = set()
    while dispatch := _claim(clock(), seen):
        seen.add(dispatch.pk)
        try:
            accepted = _hand_over(dispatch, clock)
        except NotSentError as error:
            failed += 1
            _mark_failed(dispatch, error, clock())
            if error.down:
                break
        else:
            sent += 1
            _prove(dispatch, accepted)
    return f"发出 {sent} 份，未发出 {failed} 份" if sent or failed else ""


@transaction.atomic
def _claim(now: datetime, seen: set[Any]) -> Dispatch | None:
    due = Dispatch.objects.filter(state__in=OPEN, next_try_at__lte=now).exclude(pk__in=seen)
    found = due.order_by("next_try_at").select_for_update(skip_locked=True, of=("self",)).first()
    if found is None:
        return None
    found.attempts, found.next_try_at = found.attempts + 1, now + LEASE
    found.save(update_fields=["attempts", "next_try_at"])
    return Dispatch.objects.select_related(
        "letter__application__agency", "letter__application__applicant", "letter__file", "queued_by"
    ).get(pk=found.pk)


def _hand_over(dispatch: Dispatch, clock: Callable[[], datetime]) -> _Accepted:
    """Raises :class:`NotSentError`, which says what kind of failure it was and nothing of address or content."""
    try:
        _rehearse(dispatch.letter, dispatch.queued_by)
        mail = _compose(dispatch)
    except NotPermittedError:
        raise NotSentError("不能再发送", for_good=True) from None
    except Exception as error:  # noqa: BLE001  one letter that cannot be read must not keep the others in
        raise NotSentError(kind_and_place(error)) from None
    try:
        with open_connection() as connection:
            answer = connection.send(mail)
    except SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise NotSentError(_kind(error, *codes), for_good=all(code >= 500 for code in codes)) from None
    except SMTPDataError as error:
        raise NotSentError(_kind(error, error.smtp_code), for_good=error.smtp_code >= 500) from None
    except SMTPResponseException as error:
        raise NotSentError(_kind(error, error.smtp_code), down=True) from None
    except (SMTPException, OSError) as error:
        raise NotSentError(_kind(error), down=True) from None
    except Exception as error:  # noqa: BLE001  as above
        raise NotSentError(kind_and_place(error)) from None
    return _Accepted(str(mail.extra_headers["Message-ID"]), answer, clock())


def _compose(dispatch: Dispatch) -> EmailMessage:
    letter = dispatch.letter
    application = letter.application
    agency = application.agency
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    text = _BODY.format(
        recipient=application.applicant.name or "申请人",
        agency=agency.name,
        title=letter.title,
        number=f"（{letter.document_number}）" if letter.document_number else "",
        application=application.number,
        contact=f"联系电话：{agency.telephone}" if agency.telephone else "",
    )
    mail = EmailMessage(
        f"{agency.name}：{letter.title}（{application.number}）",
        text,
        to=[dispatch.address],
        # The same whenever it is tried again: a server that has it already can tell.
        headers={"Message-ID": f"<gongkai.{dispatch.pk.hex}@{domain}>"},
    )
    mail.attach(f"{letter.title}.pdf", pdf_of(letter), "application/pdf")
    return mail


@transaction.atomic
def _prove(dispatch: Dispatch, accepted: _Accepted) -> None:
    """The letter is sent, and served, with what the server said on file."""
    letter, actor = dispatch.letter, dispatch.queued_by
    day = accepted.at.astimezone(ZONE).date()
    proof = _proof(dispatch, accepted)
    name = "电子邮件送达记录.txt"
    try:
        with transaction.atomic():
            services.send_letter(letter.application, day, letter, "email", actor=actor)
            services.record_service(letter.application, day, letter, proof, name, actor=actor)
    except NotPermittedError:
        # The case was changed in the seconds of the hand-over: the mail is out all the same, and somebody must look.
        vault.keep(letter.application, proof, name, FileKind.SERVICE_PROOF)
        _tell(dispatch, "文书已发出，但未能登记发出和送达", "请在案卷中核对发送记录，并登记发出和送达。")
    Dispatch.objects.filter(pk=dispatch.pk).update(state=State.SENT, accepted_at=accepted.at, last_error="", address="")


def _proof(dispatch: Dispatch, accepted: _Accepted) -> bytes:
    letter = dispatch.letter
    assert letter.file is not None
    told = (
        ("文书", f"{letter.title} {letter.document_number}".strip()),
        ("申请编号", letter.application.number),
        ("文书摘要（SHA-256）", letter.file.digest),
        ("收件地址", dispatch.address),
        ("Message-ID", accepted.message_id),
        ("对方或者中转服务器的应答", accepted.answer),
        ("接收时间", f"{accepted.at.astimezone(ZONE):%Y-%m-%d %H:%M:%S}（北京时间）"),
        ("第几次发送", str(dispatch.attempts)),
    )
    return "\n".join(f"{label}：{value}" for label, value in told).encode()


def _mark_failed(dispatch: Dispatch, error: NotSentError, now: datetime) -> None:
    over = error.for_good or dispatch.attempts > len(PAUSES)
    pause = timedelta(minutes=PAUSES[min(dispatch.attempts, len(PAUSES)) - 1])
    values: dict[str, Any] = {"last_error": error.kind[:120], "next_try_at": now + pause}
    with transaction.atomic():
        if over:
            values |= {"state": State.GIVEN_UP, "address": ""}
            _tell(dispatch, "文书邮件没有发出", "邮件不能送达申请人的邮箱，请核对邮箱，或者改用其他方式送达。")
        else:
            values["state"] = State.FAILED
        Dispatch.objects.filter(pk=dispatch.pk).update(**values)
    logger.warning("dispatch of a letter: not sent, %s", error.kind)


def _tell(dispatch: Dispatch, subject: str, text: str) -> None:
    if dispatch.queued_by is None:
        return
    number = dispatch.letter.application.number
    key = f"applications:dispatch:{dispatch.pk.hex}"
    notify([dispatch.queued_by], f"{number}：{subject}", text, key=key, urgent=True)


def _kind(error: Exception, *codes: int) -> str:
    return " ".join([type(error).__name__, *map(str, codes)])
