"""What can happen to a text that is to be published; its words are told by their digest."""

from __future__ import annotations

from gongkai.ledger.events import Event


class Begun(Event):
    """新建."""

    kind = "begun"
    title = "新建"
    number: str


class Submitted(Event):
    """送审, by whom."""

    kind = "submitted"
    title = "送审"
    digest: str
    by: int | None = None


class Returned(Event):
    """退回修改."""

    kind = "returned"
    title = "退回修改"


class Published(Event):
    """发布 of what was reviewed; ``result``: it says what came of it."""

    kind = "published"
    title = "审核并发布"
    digest: str
    result: bool = False


class Withdrawn(Event):
    """撤下."""

    kind = "withdrawn"
    title = "撤下"


EVENTS: dict[str, type[Event]] = {each.kind: each for each in (Begun, Submitted, Returned, Published, Withdrawn)}
