"""Text messages, through the HTTP gateway of the bureau (短信平台).

``GONGKAI_SMS_URL`` is where to post, ``GONGKAI_SMS_TOKEN`` goes into the ``Authorization`` header, and
``GONGKAI_SMS_BODY`` is the JSON to post, in which ``$mobile`` and ``$text`` stand for the number and the text. A
gateway that answers 200 whatever happened also has ``GONGKAI_SMS_ACCEPTED``, the field of its JSON answer that says
the message was taken, e.g. ``code=0``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from string import Template
from typing import TYPE_CHECKING, Any

from django.conf import settings

from gongkai.bureau.models import User

from ..models import Channel, Notice, Preference
from .base import Message, NotSentError, Transport, in_order

if TYPE_CHECKING:
    import httpx

_TIMEOUT = 10.0  # seconds
# Refused, but not because of this message.
_LATER = frozenset({401, 403, 404, 405, 408, 425, 429})


class Sms(Transport):
    """One short message, whatever the number of notices; the rest is on the desk."""

    channel = Channel.SMS

    def missing(self) -> str:
        if not settings.GONGKAI_SMS_URL:
            return "没有设置 GONGKAI_SMS_URL"
        try:
            json.loads(settings.GONGKAI_SMS_BODY)
        except ValueError:
            return "GONGKAI_SMS_BODY 不是 JSON"
        return ""

    def address(self, user: User, chosen: Preference) -> str:
        return chosen.mobile

    def compose(self, to: str, notices: Sequence[Notice], reference: str) -> Message:
        first = in_order(notices)[0]
        mark = "【紧急】" if first.urgent else ""
        more = f"等 {len(notices)} 条提醒" if len(notices) > 1 else ""
        text = f"{mark}{first.subject}{more}，请登录工作台查看。"
        return Message(to, first.subject, text, reference)

    def send(self, message: Message) -> None:
        import httpx  # three tenths of a second that only sending needs

        body = _filled(json.loads(settings.GONGKAI_SMS_BODY), {"mobile": message.to, "text": message.text})
        token = settings.GONGKAI_SMS_TOKEN
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            answer = httpx.post(settings.GONGKAI_SMS_URL, json=body, headers=headers, timeout=_TIMEOUT)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NotSentError(type(error).__name__, down=True) from None
        if answer.status_code >= 500 or answer.status_code in _LATER:
            raise NotSentError(f"HTTP {answer.status_code}", down=True)
        if not answer.is_success:
            raise NotSentError(f"HTTP {answer.status_code}", for_good=True)
        if not _accepted(answer):
            raise NotSentError("短信平台没有接受")


def _filled(value: Any, words: dict[str, str]) -> Any:
    """The body with its places filled in: in the values, so that no text can change its structure."""
    match value:
        case str():
            return Template(value).safe_substitute(words)
        case dict():
            return {key: _filled(each, words) for key, each in value.items()}
        case list():
            return [_filled(each, words) for each in value]
        case _:
            return value


def _accepted(answer: httpx.Response) -> bool:
    field, _, wanted = settings.GONGKAI_SMS_ACCEPTED.partition("=")
    if not field:
        return True
    try:
        told = answer.json()
    except ValueError:
        return False
    return isinstance(told, dict) and str(told.get(field)) == wanted
