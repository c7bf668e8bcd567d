"""The day of receipt 收到申请之日 by channel (Article 31; 国办公开办函〔2015〕207号; guiding case 26).

Article 31(3) says that what comes over the internet or by fax is received on the day both sides confirm.
Guiding case 26 (李健雄诉广东省交通运输厅) held that a successful submission on the organ's own site is receipt
and that internal routing is no excuse. We count from the earlier of the two: a reply in time by that count
is in time by both. ``Receipt.statutory`` keeps the day by the words of Article 31.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .errors import LawError
from .wording import chinese_date


class Channel(StrEnum):
    """How an application comes in."""

    COUNTER = "counter"
    SIGNED_POST = "signed_post"
    ORDINARY_POST = "ordinary_post"
    INTERNET = "internet"
    FAX = "fax"

    @property
    def label(self) -> str:
        """The channel in the Regulation's words."""
        return _CHANNELS[self][0]

    @property
    def rule(self) -> str:
        return _CHANNELS[self][1]

    @property
    def proof(self) -> tuple[str, ...]:
        """What must be on file to show the day of receipt."""
        return _CHANNELS[self][2]


_CHANNELS = {
    Channel.COUNTER: ("当面提交", "条例第三十一条第一项", ("接收回执（申请人签名、提交日期）",)),
    Channel.SIGNED_POST: ("邮寄（需签收）", "条例第三十一条第二项", ("邮件签收记录", "信封")),
    Channel.ORDINARY_POST: (
        "平常信函（无需签收）",
        "条例第三十一条第二项",
        ("与申请人确认的记录（时间、方式、经办人）", "信封"),
    ),
    Channel.INTERNET: ("互联网渠道", "条例第三十一条第三项", ("系统接收记录（提交成功时间）", "双方确认的记录")),
    Channel.FAX: ("传真", "条例第三十一条第三项", ("传真接收记录", "双方确认的记录")),
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """``date`` starts the reply clock. ``statutory``: the day by Article 31 alone, ``None`` until confirmed.

    ``text`` gives the reason in the words of a receipt; ``warnings`` name what the clerk should mend.
    """

    channel: Channel
    statutory: date | None
    date: date
    rule: str
    proof: tuple[str, ...]
    text: str
    warnings: tuple[str, ...] = ()


def receipt(channel: Channel, arrived: date, *, confirmed: date | None = None, unreachable: bool = False) -> Receipt:
    """The day of receipt.

    ``arrived``: the day submitted at the counter, signed for, delivered (ordinary post), submitted with
    success (internet) or received (fax). ``confirmed``: the day both sides confirmed, where the channel asks
    for it. ``unreachable``: the applicant could not be reached (no working telephone), so that a later
    confirmation counts; without it a confirmation that came late does not move the day.
    """
    if confirmed is not None and confirmed < arrived:
        raise LawError(f"确认日期（{chinese_date(confirmed)}）早于收到材料之日（{chinese_date(arrived)}），请核对。")
    match channel:
        case Channel.COUNTER:
            return _made(
                channel, arrived, arrived, f"申请人当面提交，以提交之日{chinese_date(arrived)}为收到申请之日。"
            )
        case Channel.SIGNED_POST:
            text = f"申请以邮寄方式提交，以本机关签收之日{chinese_date(arrived)}为收到申请之日。"
            return _made(channel, arrived, arrived, text)
        case Channel.ORDINARY_POST:
            return _ordinary_post(arrived, confirmed, unreachable=unreachable)
        case Channel.INTERNET | Channel.FAX:
            return _electronic(channel, arrived, confirmed)


def _made(channel: Channel, day: date, statutory: date | None, text: str, *warnings: str) -> Receipt:
    return Receipt(channel, statutory, day, channel.rule, channel.proof, text, warnings)


def _ordinary_post(arrived: date, confirmed: date | None, *, unreachable: bool) -> Receipt:
    channel = Channel.ORDINARY_POST
    if unreachable and confirmed is None:
        raise LawError("平常信函尚未与申请人取得联系，请先登记在册，恢复联系并确认后再计算期限（〔2015〕207号）。")
    if confirmed is None:
        text = f"申请以平常信函提交，尚未与申请人确认，暂以收到信函之日{chinese_date(arrived)}为收到申请之日。"
        return _made(channel, arrived, None, text, "应当于收到信函的当日与申请人确认，并留存确认记录。")
    text = f"申请以平常信函提交，以与申请人确认之日{chinese_date(confirmed)}为收到申请之日。"
    if confirmed == arrived:
        return _made(channel, confirmed, confirmed, text)
    if unreachable:
        return _made(channel, confirmed, confirmed, text, "请留存此前无法联系申请人的记录（〔2015〕207号）。")
    return _made(
        channel,
        arrived,
        confirmed,
        f"申请以平常信函提交。条例要求收到当日确认，本机关确认较迟，期限从严自收到信函之日{chinese_date(arrived)}起算。",
        f"确认之日（{chinese_date(confirmed)}）晚于收到之日，迟延确认不宜推迟起算。",
    )


def _electronic(channel: Channel, arrived: date, confirmed: date | None) -> Receipt:
    how = "互联网渠道提交成功" if channel is Channel.INTERNET else "传真收到"
    text = f"申请经{how}之日为{chinese_date(arrived)}，从严以该日为收到申请之日（参照最高人民法院指导案例26号）。"
    if confirmed is None:
        return _made(channel, arrived, None, text, "尚无双方确认的记录，请与申请人确认并留存（条例第三十一条第三项）。")
    if confirmed == arrived:
        return _made(
            channel, arrived, confirmed, f"申请经{how}并于当日由双方确认，以{chinese_date(arrived)}为收到申请之日。"
        )
    text += f"依条例第三十一条第三项，双方确认之日为{chinese_date(confirmed)}，一并留存。"
    return _made(channel, arrived, confirmed, text)
