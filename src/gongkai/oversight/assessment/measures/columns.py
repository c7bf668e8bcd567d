"""首页和栏目: what was fed when, by the periods of the inspection; a bureau's own shorter ones are its own affair."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.html import strip_tags

from gongkai.law.indicators import Found, Measured, Verdict, guide_elements
from gongkai.law.inspection import Freshness, period_of
from gongkai.portal.duties.watch import Watched
from gongkai.portal.models import ColumnType, Publication

from ..world import World, late, left

_TOGETHER = (ColumnType.NEWS, ColumnType.NOTICES, ColumnType.DOCUMENTS)
# What the first page lists (gongkai.portal.views.home).
_ON_HOME = (
    ColumnType.NEWS,
    ColumnType.NOTICES,
    ColumnType.DATA,
    ColumnType.INTERPRETATIONS,
    ColumnType.CREDIT,
)
_MOST_GUIDES = 300
_BY_NATURE_A_GUIDE = ("办事指南", "服务指南")


def home(world: World) -> Measured:
    """The last day on which one of the columns of the first page was fed. Two weeks ago to the day is in time."""
    shown = [each for each in world.columns if each.column.type in _ON_HOME]
    fed = [(each.standing.fed, each) for each in shown if each.standing.fed is not None]
    period = world.number("update_home")
    if not fed:
        url = world.address("portal_duties:watch")
        return Measured((Found("首页", url, "首页所列的栏目没有一条注明日期的信息"),))
    last, newest = max(fed, key=lambda each: each[0])
    due = last + timedelta(days=period)
    words = f"最近更新 {last}（{newest.column}）"
    url = world.address("portal_duties:watch", column=newest.column.pk)
    if due < world.day:
        return Measured((Found("首页", url, f"{words}，{late(world.day, due)}", due),))
    return Measured(ahead=(Found("首页", url, f"{words}，{left(world.day, due)}", due),), why=words)


def stale(world: World) -> Measured:
    """动态要闻、通知公告、政策文件类 by the periods of the inspection."""
    return _by_nation(world, (each for each in world.columns if each.column.type in _TOGETHER))


def documents(world: World) -> Measured:
    """政策文件类一级栏目: those of first level, or below a first level that is of another kind."""
    kind = ColumnType.DOCUMENTS
    return _by_nation(
        world,
        (
            each
            for each in world.columns
            if each.column.type == kind and (each.column.parent is None or each.column.parent.type != kind)
        ),
    )


def _by_nation(world: World, columns: Iterable[Watched]) -> Measured:
    faults, ahead = [], []
    for each in columns:
        period = period_of(each.column.type, None, world.day)
        fed = each.standing.fed
        if period is None or fed is None:
            continue  # a blank column counts as blank
        due = period.last_day(fed)
        if due < world.day:
            faults.append(_column(world, each, f"最近更新 {fed}，{late(world.day, due)}", due))
        else:
            ahead.append(_column(world, each, f"最近更新 {fed}，{left(world.day, due)}", due))
    return _sorted(faults, ahead)


def overdue(world: World) -> Measured:
    """应更新而未更新: past its period, the bureau's own where it has set one."""
    faults, ahead = [], []
    for each in world.columns:
        due, fed = each.standing.due, each.standing.fed
        if due is None:
            continue
        if each.standing.freshness is Freshness.LATE:
            faults.append(_column(world, each, f"最近更新 {fed}，{late(world.day, due)}", due))
        else:
            ahead.append(_column(world, each, f"最近更新 {fed}，{left(world.day, due)}", due))
    return _sorted(faults, ahead)


def blank(world: World) -> Measured:
    """空白栏目."""
    found = (each for each in world.columns if each.standing.freshness is Freshness.BLANK)
    return Measured(tuple(_column(world, each, "没有发布过信息") for each in found))


def labels(world: World) -> Measured:
    """ColumnDescription and ColumnKeywords of the page labels."""
    faults = []
    for each in world.columns:
        named = (("简介", each.column.description), ("关键词", each.column.keywords))
        missing = [label for label, text in named if not text.strip()]
        if missing:
            url = world.address("portal_columns:edit", each.column.pk)
            faults.append(Found(str(each.column), url, f"没有填写{'、'.join(missing)}"))
    return Measured(tuple(faults))


# --- Services ---------------------------------------------------------------------------------------------


def services(world: World) -> Measured:
    """A column of services with something in it; nothing is asked of a body that renders none."""
    if (open_ := _without_services(world)) is not None:
        return open_
    filled = [each for each in _service_columns(world) if each.standing.fed is not None]
    if filled:
        return Measured(why="、".join(str(each.column) for each in filled))
    url = world.address("portal_duties:watch")
    return Measured((Found("办事服务", url, "没有已发布信息的办事服务类栏目"),))


def guides(world: World) -> Measured:
    """Guides that leave out an element; one query. What calls itself a guide is held to all of them, other pages of
    these columns are left to a person: they need not be guides."""
    if (open_ := _without_services(world)) is not None:
        return open_
    columns = [each.column.pk for each in _service_columns(world)]
    shown = Publication.objects.filter(Publication.SHOWN, agency=world.agency, column__in=columns)
    texts = shown.order_by("-live_from", "-pk").values_list("item", "title", "edition__content")[:_MOST_GUIDES]
    faults = []
    for item, title, content in texts:
        text = strip_tags(content or "") + title
        if not any(word in title for word in _BY_NATURE_A_GUIDE):
            continue
        missing = [name for name, words in guide_elements().items() if not any(word in text for word in words)]
        if missing:
            faults.append(Found(title, world.address("portal_items:item", item), f"没有写明{'、'.join(missing)}"))
    if not len(texts):
        return Measured(state=Verdict.REVIEW, why="没有在本站发布的办事指南；指南在其他平台的，到该平台核对。")
    return Measured(tuple(faults))


def _service_columns(world: World) -> list[Watched]:
    return [each for each in world.columns if each.column.type == ColumnType.SERVICES]


def _without_services(world: World) -> Measured | None:
    if world.has_services is None:
        return Measured(state=Verdict.REVIEW, why="请先登记本机关有没有对外服务职能。")
    if not world.has_services:
        return Measured(state=Verdict.EXEMPT, why="本机关没有对外服务职能。")
    return None


def _column(world: World, each: Watched, words: str, due: date | None = None) -> Found:
    keeper = each.duty.keeper.get_full_name() or each.duty.keeper.username if each.duty else "没有指定责任人"
    url = world.address("portal_duties:watch", column=each.column.pk)
    return Found(str(each.column), url, f"{words}（{keeper}）", due)


def _sorted(faults: list[Found], ahead: list[Found]) -> Measured:
    """The longest overdue, and the next due, first."""

    def first(each: Found) -> tuple[date, str]:
        return (each.due or date.min, each.label)

    return Measured(tuple(sorted(faults, key=first)), tuple(sorted(ahead, key=first)))
