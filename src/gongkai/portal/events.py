"""What can happen to an item. Payloads name staff by their number and texts by their digest, never their words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from gongkai.ledger.events import Event

from .models import EffectKind, Openness, Route

STREAM = "portal.item"
Step = Literal["department", "office", "leader"]
STEPS: dict[Step, str] = {"department": "部门初审", "office": "公开机构审查", "leader": "负责人签发"}


class Edited(Event):
    """修改: somebody wrote at the text for the first time since it was last settled. The first one is 拟稿."""

    kind = "edited"
    title = "修改"
    by: int | None


class Submitted(Event):
    """送审: the proof of this digest goes to the first step of the route."""

    kind = "submitted"
    title = "送审"
    by: int | None
    route: Route
    department: int | None
    edition: int
    digest: str


class Reviewed(Event):
    """审查通过 of one step. The office settles the openness and the check for state secrets (Article 17)."""

    kind = "reviewed"
    title = "审查通过"
    by: int | None
    step: Step
    digest: str
    opinion: str = ""
    openness: Openness | None = None
    secrecy_checked: bool = False


class Approved(Event):
    """签发: the last step passed, the proof of this digest may be read from ``live_from`` on.

    ``basis`` says why without a review: only for what was public already on a former site (``migration``).
    """

    kind = "approved"
    title = "签发"
    by: int | None
    digest: str
    edition: int
    index_number: str
    live_from: datetime
    basis: Literal["review", "migration"] = "review"


class Returned(Event):
    """退回: a step sends the text back with its opinion."""

    kind = "returned"
    title = "退回修改"
    by: int | None
    step: Step
    opinion: str


class Recalled(Event):
    """撤回送审, by whoever sent it."""

    kind = "recalled"
    title = "撤回送审"
    by: int | None


class Withdrawn(Event):
    """撤下: taken off the site; or, with ``before_live``, stopped before anybody could read it."""

    kind = "withdrawn"
    title = "撤下"
    by: int | None
    reason: str
    on: date
    before_live: bool = False


class Restored(Event):
    """恢复: the same approved edition is put back."""

    kind = "restored"
    title = "恢复公开"
    by: int | None
    reason: str
    digest: str


class ValidityChanged(Event):
    """有效性变动 of a published document; ``source`` is the item that did it, by being published."""

    kind = "validity_changed"
    title = "有效性变动"
    effect: EffectKind
    on: date
    until: date | None = None
    source: int


class ValidityRestored(Event):
    """有效性处理取消: a later edition of the item ``source`` no longer does what it did to this document."""

    kind = "validity_restored"
    title = "有效性处理取消"
    source: int


class OverrideRequested(Event):
    """申请放行: the first of two people lets a blocking finding pass."""

    kind = "override_requested"
    title = "申请放行"
    by: int
    rule: str
    fingerprint: str
    reason: str


class OverrideConfirmed(Event):
    """同意放行: the second."""

    kind = "override_confirmed"
    title = "同意放行"
    by: int
    fingerprint: str
    reason: str


class Discarded(Event):
    """作废 of a text that was never public."""

    kind = "discarded"
    title = "作废"
    by: int | None


EVENTS: dict[str, type[Event]] = {
    event.kind: event
    for event in (
        Edited,
        Submitted,
        Reviewed,
        Approved,
        Returned,
        Recalled,
        Withdrawn,
        Restored,
        ValidityChanged,
        ValidityRestored,
        OverrideRequested,
        OverrideConfirmed,
        Discarded,
    )
}
