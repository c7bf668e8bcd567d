"""What waits for a person: texts at their step, texts that came back to them, findings to be let pass, their drafts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from gongkai.bureau.calendar import working_calendar
from gongkai.bureau.models import User
from gongkai.bureau.roles import Actor, Role, actor_in

from ..events import OverrideConfirmed, Reviewed
from ..models import Edition, Finding, Item, Override, Status
from ..transitions import BY_EVENT, hindrance
from .access import WRITERS
from .base import StaffMixin, item_address
from .timeline import Told, told_of_many


@dataclass(frozen=True, slots=True)
class Task:
    """An item that waits, since when, and for how many working days."""

    item: Item
    since: datetime
    days: int
    note: str = ""

    @property
    def url(self) -> str:
        return item_address(self.item.pk)

    @property
    def age(self) -> str:
        return f"已等 {self.days} 个工作日" if self.days else "今天"


@dataclass(frozen=True, slots=True)
class Tasks:
    """The tasks of one person, the oldest first."""

    waiting: list[Task] = field(default_factory=list)
    returned: list[Task] = field(default_factory=list)
    passes: list[Task] = field(default_factory=list)
    drafts: list[Task] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.waiting or self.returned or self.passes or self.drafts)


def tasks_of(user: User) -> Tasks:
    """What waits for a person in their own agency; the number of queries does not depend on how much it is."""
    if user.agency_id is None:
        return Tasks()
    actor = actor_in(user)
    mine = Q(status=Status.DRAFT) & (
        Q(created_by=user) | Exists(Edition.objects.filter(item=OuterRef("pk"), submitted_by=user))
    )
    wanted = _at_my_step(actor) | (mine if actor.roles & WRITERS else Q(pk=None))
    items = list(
        Item.objects.filter(wanted, agency=user.agency_id)
        .select_related("column", "department")
        .defer("body", "summary")
    )
    told = told_of_many(items)
    ages = _Ages(timezone.localdate())
    waiting, returned, drafts = [], [], []
    for item in items:
        case = told[item.pk].case
        if item.status != Status.DRAFT:
            if hindrance(case, Reviewed, actor) is None:
                waiting.append(ages.task(item, told[item.pk]))
        elif told[item.pk].last == "returned":
            returned.append(ages.task(item, told[item.pk], _opinion(told[item.pk])))
        else:
            drafts.append(ages.task(item, told[item.pk]))
    return Tasks(_oldest(waiting), _oldest(returned), _oldest(_passes(user, actor, ages)), _oldest(drafts))


def _at_my_step(actor: Actor) -> Q:
    """The steps that a person's roles and department give them."""
    found = Q(pk=None)
    if Role.REVIEWER in actor.roles and actor.department is not None:
        found |= Q(status=Status.DEPARTMENT, department=actor.department)
        if actor.in_office:
            found |= Q(status=Status.OFFICE)
    if Role.LEADER in actor.roles:
        found |= Q(status=Status.LEADER)
    return found


def _passes(user: User, actor: Actor, ages: _Ages) -> list[Task]:
    """Findings that somebody else asks to let pass, and that the text still has."""
    if not BY_EVENT[OverrideConfirmed.kind].roles & actor.roles:
        return []
    still = Finding.objects.filter(item=OuterRef("item"), fingerprint=OuterRef("fingerprint"))
    asked = (
        Override.objects.filter(
            Exists(still), item__agency=user.agency_id, item__status=Status.DRAFT, confirmed_by=None
        )
        .exclude(requested_by=user)
        .select_related("item__column", "item__department")
    )
    items = {each.item_id: each.item for each in asked}
    return [Task(item, item.updated_at, ages.of(item.updated_at), "申请放行审查发现的问题") for item in items.values()]


def _opinion(told: Told) -> str:
    """What the last reviewer wrote."""
    return next((str(entry.data["opinion"]) for entry in reversed(told.entries) if entry.kind == "returned"), "")


class _Ages:
    """Working days until today, of the calendar that binds this installation."""

    def __init__(self, today: date) -> None:
        self.today, self.calendar = today, working_calendar()

    def of(self, moment: datetime) -> int:
        return max(0, self.calendar.working_days_between(timezone.localdate(moment), self.today))

    def task(self, item: Item, told: Told, note: str = "") -> Task:
        since = told.moved_at or item.updated_at
        return Task(item, since, self.of(since), note)


def _oldest(tasks: Iterable[Task]) -> list[Task]:
    return sorted(tasks, key=lambda task: (task.since, task.item.pk))


class TasksView(StaffMixin, TemplateView):
    """我的任务."""

    template_name = "portal/staff/tasks.html"
    header_icon = "tasks"

    def get_page_title(self) -> str:
        return "我的任务"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tasks = tasks_of(self.user)
        parts = (
            ("waiting", "等我审查", tasks.waiting, "送到您这一步的信息列在这里，先送的在前。"),
            ("returned", "退回给我", tasks.returned, "审查人退回、要您修改的信息列在这里，附审查意见。"),
            ("passes", "等我同意放行", tasks.passes, "别人申请放行、要您决定的审查发现列在这里。"),
            ("drafts", "我的草稿", tasks.drafts, "您起草而没有送审的信息列在这里。"),
        )
        return super().get_context_data(**kwargs) | {
            "parts": parts,
            "types_url": reverse("portal_items:types") if actor_in(self.user).roles & WRITERS else "",
        }
