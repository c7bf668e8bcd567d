"""Records of every kind that a report counts, made straight in the tables: what a figure sees is columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from gongkai.applications.models import Applicant, ApplicantKind, Application, Status
from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import Role
from gongkai.channels.models import Appearance, Channel, PressConference
from gongkai.disputes.models import Dispute, DisputeKind, DisputeResult
from gongkai.inquiries.models import Closing, Inquiry
from gongkai.law.outcomes import outcomes
from gongkai.law.validity import ended_on
from gongkai.portal.models import Column, Publication
from gongkai.registers.models import (
    Decision,
    DecisionKind,
    Document,
    DocumentKind,
    FeeReceipt,
    ItemKind,
    PartyKind,
    Procurement,
    ServiceItem,
)

YEAR = 2020
NAME = "欧阳不可泄露"


def day_between(random: Random, first: date, last: date) -> date:
    return first + timedelta(days=random.randrange((last - first).days + 1))


def some_day(random: Random) -> date:
    return day_between(random, date(2019, 6, 1), date(2021, 12, 31))


def later(random: Random, day: date) -> date | None:
    """A day on or after another, or none."""
    return None if random.random() < 0.25 else day + timedelta(days=random.randrange(400))


def populate(agency: Agency, seed: int = 1, size: int = 12) -> None:
    """``size`` records of each kind around the year 2020."""
    random = Random(seed)
    applications(agency, random, size)
    disputes(agency, random, size)
    registers(agency, random, size)
    publications(agency, random, size)
    inquiries(agency, random, size)


def application(
    agency: Agency,
    number: str,
    received: date,
    closed: date | None = None,
    row: str = "granted",
    kind: ApplicantKind = ApplicantKind.NATURAL_PERSON,
) -> Application:
    return Application.objects.create(
        agency=agency,
        number=number,
        applicant=Applicant.objects.create(agency=agency, kind=kind, name=NAME, phone="13900000000"),
        requested=f"{NAME}想看的信息",
        applicant_kind=kind,
        received_on=received,
        due_on=received + timedelta(days=28),
        status=Status.CLOSED if closed else Status.HANDLING,
        closed_on=closed,
        outcome=row if closed else "",
        outcome_row=row if closed else "",
    )


def applications(agency: Agency, random: Random, size: int) -> None:
    rows = sorted({outcome.row("2021") for outcome in outcomes().values()})
    for number in range(size):
        received = some_day(random)
        kind = random.choice(ApplicantKind.values)
        application(agency, f"a{number}", received, later(random, received), random.choice(rows), ApplicantKind(kind))


def disputes(agency: Agency, random: Random, size: int) -> None:
    for number in range(size):
        filed = some_day(random)
        concluded = later(random, filed)
        Dispute.objects.create(
            agency=agency,
            number=f"d{number}",
            kind=random.choice(DisputeKind.values),
            filed_on=filed,
            concluded_on=concluded,
            result=random.choice(DisputeResult.values) if concluded else "",
        )


def registers(agency: Agency, random: Random, size: int) -> None:
    for number in range(size):
        made = some_day(random)
        repealed = later(random, made)
        Document.objects.create(
            agency=agency,
            kind=random.choice(DocumentKind.values),
            title=f"文件{number}",
            made_on=made,
            published_on=later(random, made),
            repealed_on=repealed,
            ended_on=ended_on(repealed, None),
        )
        item = ServiceItem.objects.create(
            agency=agency,
            kind=random.choice(ItemKind.values),
            name=f"事项{number}",
            valid_from=made,
            valid_until=later(random, made),
        )
        Decision.objects.create(
            agency=agency,
            kind=random.choice(DecisionKind.values),
            document_number=f"决字{number}号",
            decided_on=some_day(random),
            party_kind=PartyKind.NATURAL_PERSON,
            person=NAME,
        )
        FeeReceipt.objects.create(
            agency=agency, item=item, received_on=some_day(random), amount=Decimal(random.randrange(10**7)) / 100
        )
        Procurement.objects.create(
            agency=agency,
            name=f"采购{number}",
            purchased_on=some_day(random),
            amount=Decimal(random.randrange(10**8)) / 100,
        )


def publications(agency: Agency, random: Random, size: int) -> None:
    column, _ = Column.objects.get_or_create(agency=agency, name="工作动态", first_level="工作动态")
    channel, _ = Channel.objects.get_or_create(agency=agency, kind="wechat", name="温州统计")
    for number in range(size):
        day = some_day(random)
        Publication.objects.create(
            agency=agency,
            column=column,
            kind=random.choice(["news", "overview"]),
            title=f"信息{number}",
            published_on=day,
        )
        Appearance.objects.create(
            agency=agency, channel=channel, title=f"推文{number}", published_on=day, issue=f"{day:%m}", reads=number
        )
    PressConference.objects.create(agency=agency, held_on=date(YEAR, 6, 1), topic="发布会")


def inquiries(agency: Agency, random: Random, size: int) -> None:
    for number in range(size):
        received = some_day(random)
        days = random.randrange(9)
        Inquiry.objects.create(
            agency=agency,
            number=f"q{number}",
            subject=f"{NAME}的问题",
            source="website",
            received_on=received,
            status="closed",
            closed_on=received + timedelta(days=days),
            closing=Closing.PUBLIC,
            days=days,
        )


def user(agency: Agency | None, name: str, roles: Sequence[Role] = (), *, supervising: bool = False) -> User:
    """A member of staff with roles; every role group opens the back office."""
    from django.contrib.auth.models import Group

    made = User.objects.create_user(name, password="correct horse battery", agency=agency, supervising=supervising)
    made.groups.set(Group.objects.filter(name__in=[role.label for role in roles]))
    return made
