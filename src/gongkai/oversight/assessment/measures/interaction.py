"""互动交流 and 政务新媒体: messages, answers, surveys, accounts."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Max

from gongkai.channels.models import Channel
from gongkai.channels.models import Kind as ChannelKind
from gongkai.inquiries.models import Answer, Closing, Inquiry, Survey
from gongkai.inquiries.models import Status as InquiryStatus
from gongkai.law.indicators import Found, Measured, Verdict
from gongkai.law.validity import add_months
from gongkai.portal.models import ColumnType

from ..world import World, late, left


def channel_for_questions(world: World) -> Measured:
    """A column of interaction on the site: its page leads to the form."""
    found = [each.column for each in world.columns if each.column.type == ColumnType.INTERACTION]
    if found:
        return Measured(why="、".join(str(each) for each in found))
    return Measured((Found("互动交流", world.address("portal_columns:index"), "网站没有互动交流类栏目"),))


def unanswered(world: World) -> Measured:
    """Open valid messages older than the limit; two queries. What was answered too late within the year is left to a
    person: the text speaks of messages that are not answered."""
    months = world.number("inquiry_inspection_limit")
    faults, ahead = [], []
    open_ = Inquiry.objects.filter(agency=world.agency, status=InquiryStatus.OPEN, received_on__lte=world.day)
    for pk, number, received in open_.order_by("received_on", "pk").values_list("pk", "number", "received_on"):
        due, url = add_months(received, months), world.address("inquiries:case", pk)
        words = f"{received} 收到"
        if due < world.day:
            faults.append(Found(f"留言 {number}", url, f"{words}，{late(world.day, due)}", due))
        else:
            ahead.append(Found(f"留言 {number}", url, f"{words}，{left(world.day, due)}", due))
    closed = Inquiry.objects.filter(
        agency=world.agency, closed_on__gte=world.year_ago, closed_on__lte=world.day, days__gt=28 * months
    ).exclude(closing=Closing.DISMISSED)
    unsure = tuple(
        Found(f"留言 {number}", world.address("inquiries:case", pk), f"{received} 收到，{on} 才办结")
        for pk, number, received, on in closed.order_by("closed_on", "pk").values_list(
            "pk", "number", "received_on", "closed_on"
        )
        if on is not None and add_months(received, months) < on
    )
    return Measured(tuple(faults), tuple(ahead), unsure, why="所列留言已经办结，但超过了期限。" if unsure else "")


def overdue(world: World) -> Measured:
    """Open messages past the last day of the bureau's own service level; one query."""
    found = Inquiry.objects.filter(agency=world.agency, status=InquiryStatus.OPEN, due_on__isnull=False)
    faults: list[Found] = []
    ahead: list[Found] = []
    for pk, number, due in found.order_by("due_on", "pk").values_list("pk", "number", "due_on"):
        if due is None:
            continue
        url = world.address("inquiries:case", pk)
        where, words = (faults, late(world.day, due)) if due < world.day else (ahead, left(world.day, due))
        where.append(Found(f"留言 {number}", url, words, due))
    return Measured(tuple(faults), tuple(ahead))


def answers_published(world: World) -> Measured:
    """The last public answer; one query."""
    shown = Answer.objects.filter(agency=world.agency, is_shown=True, published_on__lte=world.day)
    last = shown.aggregate(last=Max("published_on"))["last"]
    url = world.address("inquiries:list")
    if last is None:
        return Measured((Found("留言答复", url, "没有公开过留言答复"),))
    due = add_months(last, world.number("reply_published_months"))
    words = f"最近公开答复 {last}"
    if due < world.day:
        return Measured((Found("留言答复", url, f"{words}，{late(world.day, due)}", due),))
    return Measured(ahead=(Found("留言答复", url, f"{words}，{left(world.day, due)}", due),), why=words)


def surveys(world: World) -> Measured:
    """征集调查 published within the year before; one query. Each that leaves the year without another following it may
    make them too few."""
    held = Survey.objects.filter(
        agency=world.agency, published_on__gt=world.year_ago, published_on__lte=world.day
    ).order_by("published_on", "pk")
    found = [(pk, title, on) for pk, title, on in held.values_list("pk", "title", "published_on") if on is not None]
    wanted = world.number("surveys_a_year")
    url = world.address("inquiries:pieces", "surveys")
    words = f"监测时间点前 1 年内开展 {len(found)} 期，应不少于 {wanted} 期"
    if len(found) < wanted:
        return Measured((Found("征集调查", url, words),), why=words)
    last = found[-wanted]
    due = add_months(last[2], 12) - timedelta(days=1)
    ahead = Found(last[1], world.address("inquiries:piece", "surveys", last[0]), f"满 1 年后只剩 {wanted - 1} 期", due)
    return Measured(ahead=(ahead,), why=words)


def survey_results(world: World) -> Measured:
    """Surveys that ended within the year before and whose result nobody published; one query."""
    ended = Survey.objects.filter(
        agency=world.agency,
        published_on__isnull=False,
        results_on=None,
        closes_on__lt=world.day,
        closes_on__gte=world.year_ago,
    )
    return Measured(
        tuple(
            Found(title, world.address("inquiries:piece", "surveys", pk), f"{closes} 截止，没有公布结果", closes)
            for pk, title, closes in ended.order_by("closes_on", "pk").values_list("pk", "title", "closes_on")
        )
    )


def media(world: World) -> Measured:
    """Accounts without anything new for two weeks; one query."""
    kinds = (ChannelKind.WECHAT, ChannelKind.WEIBO)
    accounts = (
        Channel.objects.filter(agency=world.agency, kind__in=kinds)
        .annotate(last=Max("appearances__published_on"))
        .order_by("name", "pk")
    )
    period = timedelta(days=world.number("update_media"))
    faults, ahead = [], []
    for account in accounts:
        url, label = world.address("channels:channel", account.pk), f"{account.get_kind_display()}“{account.name}”"
        if account.last is None:
            faults.append(Found(label, url, "没有登记过发布的信息"))
            continue
        due = account.last + period
        words = f"最近发布 {account.last}"
        if due < world.day:
            faults.append(Found(label, url, f"{words}，{late(world.day, due)}", due))
        else:
            ahead.append(Found(label, url, f"{words}，{left(world.day, due)}", due))
    if not (faults or ahead):
        return Measured(state=Verdict.EXEMPT, why="没有登记政务新媒体账号。")
    return Measured(tuple(faults), tuple(ahead))
