"""What can happen to an entry of a register; the date is the ledger's. No name of a person is in a payload."""

from __future__ import annotations

from typing import Literal

from gongkai.ledger.events import Event

STREAM = "registers"  # followed by the name of the model


class Written(Event):
    """登记 or 修改; ``lapsed``: it was public, and is no longer until it is published again."""

    kind = "written"
    title = "登记内容"
    digest: str
    lapsed: bool = False


class Published(Event):
    """审核公开: of the content with this digest."""

    kind = "published"
    title = "审核公开"
    digest: str


class Withheld(Event):
    """不予公开, with the reason."""

    kind = "withheld"
    title = "不予公开"
    reason: str


class Revoked(Event):
    """决定被撤销、变更、确认违法或者无效: what was published must be withdrawn."""

    kind = "revoked"
    title = "登记决定被撤销"
    how: Literal["changed", "revoked", "unlawful", "void"]


class Withdrawn(Event):
    """撤下, and why, for the public."""

    kind = "withdrawn"
    title = "撤下并说明"
    explanation: str


HOW = {"changed": "变更", "revoked": "撤销", "unlawful": "确认违法", "void": "确认无效"}
EVENTS: dict[str, type[Event]] = {event.kind: event for event in (Written, Published, Withheld, Revoked, Withdrawn)}
