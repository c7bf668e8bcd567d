"""What local sets of indicators ask beyond the national one, and the records tell."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from gongkai.applications.models import Application
from gongkai.applications.models import Status as ApplicationStatus
from gongkai.disputes.models import Dispute, DisputeResult
from gongkai.law.indicators import Found, Measured, Verdict
from gongkai.portal.models import Door, ItemType, Publication
from gongkai.portal.queries import validity_of
from gongkai.portal.validity.queries import cleanup_due, documents
from gongkai.reporting.queries import public_reports

from ..world import World, late, left


def uninterpreted(world: World) -> Measured:
    """Normative documents of the last year that no interpretation is tied to; one query. The tie is read both ways:
    the page of each leads to the other."""
    read = Publication.objects.filter(Publication.SHOWN, interprets=OuterRef("item"), type=ItemType.INTERPRETATION)
    found = Publication.objects.filter(
        Publication.SHOWN,
        ~Exists(read),
        agency=world.agency,
        document_class__in=("rules", "normative_documents"),
        published_on__gte=world.year_ago,
        published_on__lte=world.day,
    )
    return Measured(
        tuple(
            Found(title, world.address("portal_items:item", item), f"{on} 发布，没有关联的解读")
            for item, title, on in found.order_by("published_on", "pk").values_list("item", "title", "published_on")
        )
    )


def guide(world: World) -> Measured:
    """The guide is there; whether it is up to date is for whoever reads it."""
    return _door(world, Door.GUIDE, "公开指南", "请核对指南是否与现状一致。")


def policies(world: World) -> Measured:
    """The rules of disclosure are there; whether they are followed is for a person."""
    return _door(world, Door.POLICIES, "公开制度", "请核对制度是否现行、是否执行。")


def _door(world: World, door: Door, label: str, why: str) -> Measured:
    found = next((each for each in world.columns if each.column.door == door), None)
    if found is None or found.standing.fed is None:
        return Measured((Found(label, world.address("portal_columns:index"), f"没有发布{label}"),))
    url = world.address("portal_duties:watch", column=found.column.pk)
    return Measured(unsure=(Found(label, url, f"最近更新 {found.standing.fed}"),), why=why)


def annual_report(world: World) -> Measured:
    """The report of the year before, due by 31 January; one query. How much of it repeats the one before is what
    ``gongkai check --previous`` says."""
    year = world.day.year - 1
    due, url = date(world.day.year, 1, 31), world.address("annual_reports:index")
    if public_reports().filter(agency=world.agency, year=year).exists():
        return Measured(why=f"{year}年度报告已经发布。")
    label = f"{year}年度报告"
    if due < world.day:
        return Measured((Found(label, url, f"没有发布，{late(world.day, due)}", due),))
    return Measured(ahead=(Found(label, url, f"没有发布，{left(world.day, due)}", due),))


def validity(world: World) -> Measured:
    """Documents of which nobody can say on their page whether they are in force; one query."""
    shown = documents(world.agency).only(
        "item", "title", "document_class", "formed_on", "effective_on", "expires_on", "amended_on", "repealed_on"
    )
    return Measured(
        tuple(
            Found(each.title, world.address("portal_items:item", each.item_id), "没有成文日期或者施行日期")
            for each in shown
            if validity_of(each, world.day) is None
        )
    )


def request_channels(world: World) -> Measured:
    """当面、邮寄、在线、传真: what the guide and the form name of each."""
    own, url = world.agency, world.address("assessment:page")
    asked = (
        ("当面申请", own.address, "办公地址"),
        ("邮寄申请", own.postcode, "邮政编码"),
        ("传真申请", own.fax, "传真"),
    )
    return Measured(tuple(Found(label, url, f"机关资料中没有{what}") for label, value, what in asked if not value))


def overdue_replies(world: World) -> Measured:
    """Applications answered late in the year before, or open past their last day; one query."""
    overdue = Q(closed_on__gt=F("due_on"), closed_on__gte=world.year_ago) | Q(closed_on=None, due_on__lt=world.day)
    found = Application.objects.filter(overdue, agency=world.agency).order_by("due_on", "pk")
    faults = tuple(
        Found(
            f"申请 {number}",
            world.address("applications:case", pk),
            f"应于 {due} 前答复，" + (f"{closed} 答复" if closed else late(world.day, due)),
            due,
        )
        for pk, number, due, closed in found.values_list("pk", "number", "due_on", "closed_on")
        if due is not None
    )
    open_ = Application.objects.filter(agency=world.agency, closed_on=None, due_on__gte=world.day)
    waiting = open_.exclude(status=ApplicationStatus.CLOSED).order_by("due_on", "pk")
    ahead = tuple(
        Found(
            f"申请 {number}", world.address("applications:case", pk), f"应于 {due} 前答复，{left(world.day, due)}", due
        )
        for pk, number, due in waiting.values_list("pk", "number", "due_on")
        if due is not None
    )
    return Measured(faults, ahead)


def lost_disputes(world: World) -> Measured:
    """Reviews and suits concluded within the year before that put the body right; one query."""
    lost = Dispute.objects.filter(
        agency=world.agency,
        result=DisputeResult.CORRECTED,
        concluded_on__gte=world.year_ago,
        concluded_on__lte=world.day,
    )
    return Measured(
        tuple(
            Found(f"{each.get_kind_display()} {each.number}", world.address("disputes:case", each.pk),
                  f"{each.concluded_on} 审结，结果纠正")
            for each in lost.only("kind", "number", "concluded_on").order_by("concluded_on", "pk")
        )
    )  # fmt: skip


def cleanup(world: World) -> Measured:
    """The two-yearly clean-up, which ends in the published lists of what is no longer in force; one query."""
    due, url = cleanup_due(world.agency), world.address("portal_validity:cleanups")
    if due is None:
        return Measured(state=Verdict.REVIEW, why="本系统中没有公布过清理结果；在系统外公布的，登记地址。")
    words = f"下次清理应于 {due} 前公布"
    if due < world.day:
        return Measured((Found("文件清理", url, f"{words}，{late(world.day, due)}", due),))
    return Measured(ahead=(Found("文件清理", url, f"{words}，{left(world.day, due)}", due),), why=words)
