"""What can happen to a sending, and to a press conference; the date is the entry's."""

from __future__ import annotations

from gongkai.ledger.events import Event

STREAM = "channels.sending"
PRESS = "channels.press"
APPEARED = "channels.appearance"


class Chosen(Event):
    """选定渠道. ``altered``: title or digest are not those that were approved."""

    kind = "chosen"
    title = "选定渠道"
    number: str
    channel: int
    item: int
    heading: str
    author: str = ""
    digest: str = ""
    altered: bool = False


class Rendered(Event):
    """排版: the body was laid out for WeChat from the edition of that digest, and its pictures uploaded."""

    kind = "rendered"
    title = "排版并上传图片"
    edition: str
    pictures: int = 0


class Drafted(Event):
    """草稿已建."""

    kind = "drafted"
    title = "建立草稿"
    media_id: str
    found: bool = False  # it was there already, after a crash


class Submitted(Event):
    """提交发布: accepted for doing, not done. ``found``: it had been submitted before a crash."""

    kind = "submitted"
    title = "提交发布"
    publish_id: str
    message: str = ""


class Published(Event):
    """已发布, by the interface or by hand."""

    kind = "published"
    title = "发布"
    url: str = ""
    article_id: str = ""
    by_hand: bool = False
    issue: str = ""


class LeftToPeople(Event):
    """改为人工发布: the channel has no interface, or the account no right to it."""

    kind = "left_to_people"
    title = "转人工发布"
    reason: str = ""


class Failed(Event):
    """未成功, and why."""

    kind = "failed"
    title = "发布未成功"
    code: int = 0
    reason: str


class Retried(Event):
    """重新提交: from the beginning, with what is published now."""

    kind = "retried"
    title = "重新提交"


class Cancelled(Event):
    """取消, before it is published."""

    kind = "cancelled"
    title = "取消"
    reason: str


class Removed(Event):
    """渠道上已删除: by its people or by the platform."""

    kind = "removed"
    title = "渠道上已删除"
    reason: str


EVENTS: dict[str, type[Event]] = {
    event.kind: event
    for event in (
        Chosen,
        Rendered,
        Drafted,
        Submitted,
        Published,
        LeftToPeople,
        Failed,
        Retried,
        Cancelled,
        Removed,
    )
}


class Written(Event):
    """录入或者修改发布会: how much there is of it; the text itself is in its record."""

    kind = "written"
    title = "录入"
    topic: str
    held_on: str
    questions: int
    links: int


class Shown(Event):
    """在网站公开."""

    kind = "shown"
    title = "在网站公开"


class Hidden(Event):
    """从网站撤下."""

    kind = "hidden"
    title = "从网站撤下"


class Entered(Event):
    """登记发布信息: what people wrote down of an item in a channel."""

    kind = "entered"
    title = "登记"
    values: dict[str, str]
    adoptions: tuple[str, ...] = ()


class Corrected(Entered):
    """更正发布信息."""

    kind = "corrected"
    title = "更正"


class Struck(Event):
    """删去: it had been entered by mistake."""

    kind = "struck"
    title = "删去"
    values: dict[str, str]
