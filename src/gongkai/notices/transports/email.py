"""Electronic mail, through the server that ``EMAIL_URL`` names."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parseaddr
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from gongkai.bureau.models import User

from ..models import Channel, Notice, Preference
from .base import Message, NotSentError, Transport, in_order

_FOOT = "本邮件由政府信息公开工作软件自动发出，请勿回复。更改提醒的方式和时间：{url}"


class Email(Transport):
    """A notice is a mail; several that are due together are one mail."""

    channel = Channel.EMAIL

    def missing(self) -> str:
        return "" if settings.EMAIL_HOST else "没有设置 EMAIL_URL"

    def address(self, user: User, chosen: Preference) -> str:
        return user.email

    def compose(self, to: str, notices: Sequence[Notice], reference: str) -> Message:
        ordered = in_order(notices)
        first = ordered[0]
        mark = "【紧急】" if first.urgent else ""
        if len(ordered) == 1:
            subject, parts = first.subject, [_part(first.text, first)]
        else:
            subject = f"{first.subject}等 {len(ordered)} 条提醒"
            parts = [
                _part(f"{number}. {'【紧急】' if each.urgent else ''}{each.subject}\n{each.text}".rstrip(), each)
                for number, each in enumerate(ordered, 1)
            ]
        foot = _FOOT.format(url=f"{settings.WAGTAILADMIN_BASE_URL}{reverse('notices:settings')}")
        return Message(to, f"{mark}{subject}", "\n\n".join([*parts, "-- ", foot]), reference)

    def send(self, message: Message) -> None:
        domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
        headers = {"Message-ID": f"<{message.reference}@{domain}>", "Auto-Submitted": "auto-generated"}
        mail = EmailMessage(message.subject, message.text, to=[message.to], headers=headers)
        try:
            mail.send()
        except SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise NotSentError(_kind(error, *codes), for_good=all(code >= 500 for code in codes)) from None
        except SMTPDataError as error:
            raise NotSentError(_kind(error, error.smtp_code), for_good=error.smtp_code >= 500) from None
        except SMTPResponseException as error:
            # Not let in, or the sender is not accepted: nobody's mail goes out until somebody mends it.
            raise NotSentError(_kind(error, error.smtp_code), down=True) from None
        except (SMTPException, OSError) as error:
            raise NotSentError(_kind(error), down=True) from None
        except ValueError as error:
            raise NotSentError(_kind(error), for_good=True) from None  # not an address of mail


def _part(text: str, notice: Notice) -> str:
    return f"{text}\n{settings.WAGTAILADMIN_BASE_URL}{notice.url}".strip() if notice.url else text


def _kind(error: Exception, *codes: int) -> str:
    return " ".join([type(error).__name__, *map(str, codes)])
