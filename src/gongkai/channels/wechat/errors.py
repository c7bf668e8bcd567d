"""What WeChat refuses, as exceptions whose Chinese message says what to do. Codes are those of its documentation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class WechatError(Exception):
    """WeChat did not do what was asked. ``code`` is its errcode, 0 where there is none."""

    advice = "请把错误码告诉管理员，对照微信公众平台的说明处理。"

    def __init__(self, code: int = 0, said: str = "") -> None:
        self.code = code
        # WeChat adds an id of the request (rid) for its own support; what it says otherwise is English.
        self.said = said.split(" rid:")[0].strip()[:100]
        number = f"（错误码 {code}）" if code else ""
        super().__init__(f"{self.advice}{number}")


class UnreachableError(WechatError):
    """No answer, or none that can be read: it is tried again by itself."""

    advice = "没有连上微信服务器，稍后会自动再试；一直不通的，请检查服务器能否访问外网。"


class BusyError(WechatError):
    """-1: the system is busy."""

    advice = "微信服务器繁忙，稍后会自动再试。"


class TokenError(WechatError):
    """40001, 40014, 42001: the token is not, or no longer, valid. The client fetches another one, once."""

    advice = "微信不认可访问凭证，请核对公众号的 AppSecret 是否被重置过，在渠道设置中重新填写。"


class AppIdError(WechatError):
    """40013: no such AppID."""

    advice = "AppID 不正确，请在渠道设置中核对 AppID（注意大小写，不要填成微信号）。"


class SecretError(WechatError):
    """40125, 40001 on fetching a token: the AppSecret is wrong."""

    advice = "AppSecret 不正确，请在微信公众平台重置后，在渠道设置中重新填写。"


class AddressError(WechatError):
    """40164: the server's address is not on the list of the account."""

    advice = "本服务器的 IP 地址不在公众号的白名单中，请在微信公众平台“设置与开发—基本配置”中加入。"


class QuotaError(WechatError):
    """45009: the interface has been called too often today."""

    advice = "今天的接口调用次数已经用完，明天会自动继续；急需发布的，请改为人工发布。"


class TooFastError(WechatError):
    """45011, 53501: called too often in a short time, or a publication that is under way was submitted again."""

    advice = "提交过于频繁，或者同一草稿正在发布，稍后会自动再看结果。"


class UnauthorizedError(WechatError):
    """48001: the account has no right to this interface."""

    advice = "公众号没有这个接口的权限（未认证的账号自 2025 年 7 月起不能用接口发布），请改为人工发布并回填链接。"


class MediaError(WechatError):
    """40007, 40004, 40005, 40006, 40009: a picture or draft is not there, or not of a kind or size that is taken."""

    advice = "草稿或图片无效：可能已在公众号后台删除，或者图片格式、大小不符合要求，请检查后重新提交。"


class LengthError(WechatError):
    """45002, 45003, 45004, 45110: something is too long."""

    advice = "标题、作者、摘要或者正文超过微信的长度限制，请缩短后重新提交。"


class DraftRefusedError(WechatError):
    """53503: the draft did not pass the check before publishing."""

    advice = "草稿没有通过微信的发布检查，请在公众号后台的草稿箱打开，按提示修改后重新提交。"


class WebsiteNeededError(WechatError):
    """53504: WeChat wants somebody to do it on its own site."""

    advice = "这篇草稿须由管理员登录微信公众平台官网，在草稿箱中操作发布，然后在这里回填链接。"


class SaveNeededError(WechatError):
    """53505: the draft has to be saved by hand first."""

    advice = "请登录微信公众平台官网，打开草稿手动保存一次，再重新提交。"


class BannedError(WechatError):
    """53500: the account may not publish."""

    advice = "公众号的发布功能被微信封禁，请登录微信公众平台查看原因并申诉。"


class UnknownPublicationError(WechatError):
    """53502, 53600: no such publish_id or article_id."""

    advice = "微信没有这次发布的记录，请在公众号后台核对是否已经发布，再决定重新提交或者回填链接。"


class SpanError(WechatError):
    """61501: a period of statistics of the wrong length or in the wrong order."""

    advice = "统计日期的跨度不对：每次最多 7 天，只能查到昨天为止。"


class NotYetError(WechatError):
    """61500, 61503: figures of this day are not there (yet); those of yesterday are ready after 08:00."""

    advice = "这一天的数据还没有生成；前一天的数据在早上 8 点以后才能查到，稍后会自动再取。"


_BY_CODE: Mapping[int, type[WechatError]] = {
    -1: BusyError,
    40001: TokenError,
    40014: TokenError,
    42001: TokenError,
    40013: AppIdError,
    40125: SecretError,
    40164: AddressError,
    45009: QuotaError,
    45011: TooFastError,
    53501: TooFastError,
    48001: UnauthorizedError,
    40004: MediaError,
    40005: MediaError,
    40006: MediaError,
    40007: MediaError,
    40009: MediaError,
    45002: LengthError,
    45003: LengthError,
    45004: LengthError,
    45110: LengthError,
    53500: BannedError,
    53502: UnknownPublicationError,
    53503: DraftRefusedError,
    53504: WebsiteNeededError,
    53505: SaveNeededError,
    53600: UnknownPublicationError,
    61500: NotYetError,
    61501: SpanError,
    61503: NotYetError,
}
# What passes by itself: tried again, nobody is asked to do anything.
PASSING = (UnreachableError, BusyError, QuotaError, TooFastError, NotYetError)


def error_of(answer: Mapping[str, Any]) -> WechatError | None:
    """What an answer complains of; ``None`` when it does not."""
    code = int(answer.get("errcode", 0) or 0)
    return _BY_CODE.get(code, WechatError)(code, str(answer.get("errmsg", ""))) if code else None
