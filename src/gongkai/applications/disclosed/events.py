"""What can happen to an entry of the log, and to a matter that several people ask for."""

from __future__ import annotations

from gongkai.ledger.events import Event

STREAM = "applications.disclosed"
DEMANDS = "applications.demand"


class Proposed(Event):
    """提议公开, in words of that digest."""

    kind = "proposed"
    title = "提议公开"
    application: int
    digest: str
    by: int | None = None


class Returned(Event):
    """退回修改."""

    kind = "returned"
    title = "退回修改"
    reason: str
    by: int | None = None


class Approved(Event):
    """审核同意: nothing in it names anybody, and it may be public."""

    kind = "approved"
    title = "审核同意"
    digest: str
    by: int | None = None


class Drafted(Event):
    """生成草稿: from here on it goes the way of every text of the site."""

    kind = "drafted"
    title = "生成网站草稿"
    item: int


class Dropped(Event):
    """不公开."""

    kind = "dropped"
    title = "不公开"
    reason: str


EVENTS: dict[str, type[Event]] = {event.kind: event for event in (Proposed, Returned, Approved, Drafted, Dropped)}
