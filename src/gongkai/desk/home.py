"""The first screen of a body: what must be done, what will be late, what came in. Every number leads to its records."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from gongkai.applications.coordination.queries import waiting_for as coordination_waiting_for
from gongkai.applications.models import Application, Status
from gongkai.applications.queries import OPEN, Urgency, days_left, of_urgency, urgency_of, waiting_for
from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import actor_in
from gongkai.disputes import queries as disputes
from gongkai.disputes.models import Dispute
from gongkai.inquiries.models import Inquiry
from gongkai.inquiries.models import Status as InquiryStatus
from gongkai.portal.staff.tasks import tasks_of

from .duties import Duty, duties
from .kinds import KINDS, counts, last_year_with_records

# How many of the nearest cases are named one by one.
NEAREST = 8
# How many unread notices are shown; the rest is one step away.
NOTICES = 5


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its words and the address of exactly what it counts; ``tone`` colours what is late or near."""

    label: str
    value: int
    url: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Nearest:
    """An open application that is due soon or overdue."""

    number: str
    url: str
    applicant: str
    due_on: date
    tone: str
    words: str


@dataclass(frozen=True, slots=True)
class CameIn:
    """A kind of record: what came in this year and in an earlier one."""

    title: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """What the first screen says. ``years`` are those of :attr:`came_in`, this year first."""

    agency: Agency
    today: date
    duties: list[Duty]
    applications: list[Number]
    nearest: list[Nearest]
    inquiries: Number
    oldest_inquiry: date | None
    years: tuple[int, ...]
    came_in: list[CameIn] = field(default_factory=list)
    publishing: list[Number] = field(default_factory=list)
    waiting: list[Number] = field(default_factory=list)
    disputes: list[Number] = field(default_factory=list)

    @property
    def open_applications(self) -> int:
        return sum(number.value for number in self.applications)

    @property
    def is_new(self) -> bool:
        """Whether the body has no records at all."""
        return not any(number.value for kind in self.came_in for number in kind.numbers)


def home_of(agency: Agency, user: User, *, asked: str = "") -> Home:
    """The first screen of a body for a user who may see it. ``asked``: the body as the address names it, or nothing.

    The number of queries does not depend on the number of records.
    """
    today = timezone.localdate()
    earlier = last_year_with_records(agency, today.year)
    years = (today.year, *([earlier] if earlier else []))
    found = Inquiry.objects.filter(agency=agency, status=InquiryStatus.OPEN).aggregate(
        number=Count("*"), oldest=Min("received_on")
    )
    return Home(
        agency,
        today,
        duties(agency, user, today, earlier, asked=asked),
        _applications(agency, today, asked),
        _nearest(agency, today),
        Number("办理中的留言", found["number"], address("inquiries", asked, urgency="open")),
        found["oldest"],
        years,
        _came_in(agency, years, asked),
        _publishing(user) if user.agency_id == agency.pk else [],
        _waiting(agency, user, today) if user.agency_id == agency.pk else [],
        _disputes(agency, today, asked),
    )


def _publishing(user: User) -> list[Number]:
    """What of the site waits for this person; only what there is."""
    tasks = tasks_of(user)
    numbers = (
        ("等我审查", "waiting", tasks.waiting),
        ("退回给我", "returned", tasks.returned),
        ("等我同意放行", "passes", tasks.passes),
        ("我的草稿", "drafts", tasks.drafts),
    )
    page = reverse("portal_staff:tasks")
    return [Number(label, len(found), f"{page}#{name}") for label, name, found in numbers if found]


def _disputes(agency: Agency, today: date, asked: str) -> list[Number]:
    """The disputes that are not concluded, and of all what is due from us; nothing where there are none."""
    page = reverse("disputes:list")
    kinds = [("overdue", "已逾期", disputes.of_urgency(disputes.Urgency.OVERDUE, today))]
    kinds.append(("due_soon", "快到期", disputes.of_urgency(disputes.Urgency.DUE_SOON, today)))
    kinds.append(("open", "未审结", Q(status__in=disputes.OPEN)))
    found = Dispute.objects.filter(agency=agency).aggregate(**{code: Count("pk", filter=q) for code, _, q in kinds})
    return [
        Number(
            label,
            found[code],
            f"{page}?{urlencode({**({'agency': asked} if asked else {}), 'urgency': code})}",
            code if code != "open" else "",
        )
        for code, label, _ in kinds
        if found[code]
    ]


def _waiting(agency: Agency, user: User, today: date) -> list[Number]:
    """Which applications wait for this person, and which 会商 for the whole agency; only what there is."""
    found = [
        Number(kind.label, number, address("applications", "", waiting=kind.value))
        for kind, number in waiting_for(agency, actor_in(user))
        if number
    ]
    late = Count("pk", filter=Q(reply_by__lt=today))
    asked = coordination_waiting_for(agency).order_by().aggregate(number=Count("pk"), late=late)
    if asked["number"]:
        tone = Urgency.OVERDUE.value if asked["late"] else ""
        label = f"待答复的会商（{asked['late']} 件已逾期）" if asked["late"] else "待答复的会商"
        found.append(Number(label, asked["number"], reverse("coordination:incoming"), tone))
    return found


def address(kind: str, asked: str, **filters: str) -> str:
    """The list of a kind of record, narrowed."""
    query = {"agency": asked, **filters} if asked else filters
    own = kind in ("applications", "inquiries")
    page = reverse(f"{kind}:list") if own else reverse("desk:records", args=[kind])
    return page + (f"?{urlencode(query)}" if query else "")


def _applications(agency: Agency, today: date, asked: str) -> list[Number]:
    """How many open applications are of each class."""
    classes = {urgency.value: Count("pk", filter=of_urgency(urgency, today)) for urgency in Urgency}
    found = Application.objects.filter(agency=agency, status__in=OPEN).aggregate(**classes)
    return [
        Number(
            urgency.label,
            found[urgency.value],
            address("applications", asked, urgency=urgency.value),
            urgency.value if found[urgency.value] else "",
        )
        for urgency in Urgency
    ]


def _nearest(agency: Agency, today: date) -> list[Nearest]:
    """The applications that are overdue or due first, among those whose clock runs."""
    running = Application.objects.filter(agency=agency, status=Status.HANDLING, due_on__isnull=False)
    rows = running.only("number", "applicant_kind", "due_on", "status").order_by("due_on", "pk")[:NEAREST]
    return [
        Nearest(
            application.number,
            reverse("applications:case", args=[application.pk]),
            application.get_applicant_kind_display(),
            application.due_on,
            urgency_of(application, today) or "",
            days_left(application.due_on, today),
        )
        for application in rows
        if application.due_on is not None
    ]


def _came_in(agency: Agency, years: tuple[int, ...], asked: str) -> list[CameIn]:
    found = counts(agency, *years)
    return [
        CameIn(
            kind.title,
            tuple(
                Number(f"{year}年{kind.came}", number, address(kind.code, asked, year=str(year)))
                for year, number in zip(years, found[kind.code], strict=True)
            ),
        )
        for kind in KINDS.values()
    ]
