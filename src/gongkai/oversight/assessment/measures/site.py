"""The site as it is served: tampering, whether it opens, dead links, dates, its identity."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.db.models import Exists, OuterRef

from gongkai.law.indicators import Found, Measured, Verdict
from gongkai.portal.models import Edition, Publication

from ..world import World

_SITE_CODE = re.compile(r"[0-9a-zA-Z]{10}")


def tampering(world: World) -> Measured:
    """What the watch over the site found and nobody closed. No round of it is recorded here yet."""
    return Measured(state=Verdict.UNKNOWN, why="还没有网页防篡改的监测记录，请登记人工核查的结果。")


def visits(world: World) -> Measured:
    """How often the site did not open within a week of visits. No visits are recorded here yet."""
    return Measured(state=Verdict.UNKNOWN, why="还没有 1 周的访问监测记录，请登记监测的结果。")


def dead_links(world: World) -> Measured:
    """Links of the first page that lead nowhere. No round of the watch is recorded here yet."""
    return Measured(state=Verdict.UNKNOWN, why="还没有首页链接的监测记录，请登记检查的结果。")


def misdated(world: World) -> Measured:
    """Texts of the last year whose day of publication this program did not witness: they were taken over from a former
    site; one query. For its own the database accepts no other day than that of the approval."""
    by_then = Edition.objects.filter(item=OuterRef("item"), submitted_at__date__lte=OuterRef("published_on"))
    found = Publication.objects.filter(
        Publication.SHOWN, ~Exists(by_then), agency=world.agency, published_on__gte=world.year_ago
    )
    unsure = tuple(
        Found(title, world.address("portal_items:item", item), f"标注 {on} 发布，系从原网站迁移")
        for item, title, on in found.order_by("published_on", "pk").values_list("item", "title", "published_on")
    )
    return Measured(
        unsure=unsure, why="迁移信息的发布日期请对照原网站抽查。" if unsure else "发布日期即签发公开的日期。"
    )


def identity(world: World) -> Measured:
    """域名 and 标识码 as they are registered."""
    url, faults = world.address("assessment:page"), []
    host = urlsplit(world.agency.website).hostname or ""
    if not host.endswith(".gov.cn"):
        faults.append(Found("域名", url, f"网站地址“{world.agency.website or '没有登记'}”不以 .gov.cn 结尾"))
    if not _SITE_CODE.fullmatch(world.agency.site_code):
        faults.append(Found("网站标识码", url, f"“{world.agency.site_code or '没有登记'}”不是 10 位标识码"))
    return Measured(tuple(faults))
