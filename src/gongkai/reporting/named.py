"""The figures that prose may name beside the cells: 主动公开, 政务新媒体, 群众留言 (section 一 of the report).

The names are those of the website work sheet (``published.total``, ``inquiries.received``…) and of
:mod:`gongkai.annual.draft`; each channel adds its own (``channel_12.items``), by its key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from gongkai.annual.report import Number
from gongkai.bureau.figures import Scope

from . import terms
from .terms import Behind, Readings, Term, Terms, exact

ONE_DECIMAL = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Named:
    """A figure that prose may name. A mean is rounded half up to one decimal, as the work sheet prints it."""

    name: str
    title: str
    terms: Terms
    is_mean: bool = False

    def value(self, readings: Readings) -> Number | None:
        """The number; a mean of nothing is ``None``."""
        if not self.is_mean:
            return readings.total(self.terms)
        mean = readings.single(self.terms[0].figure)
        return None if mean is None else rounded(exact(mean))


def _published(kind: str) -> Terms:
    return (Term("portal.published", {"kind": (kind,)}),)


def _appeared(kind: str) -> Terms:
    return (Term("channels.appearances", {"channel__kind": (kind,)}),)


NAMED = {
    named.name: named
    for named in (
        Named("published.total", "主动公开政府信息（条）", (Term("portal.published"), Term("channels.appearances"))),
        Named("published.website", "门户网站发布信息（条）", (Term("portal.published"),)),
        Named("published.wechat", "微信公众号发布信息（条）", _appeared("wechat")),
        Named("published.weibo", "政务微博发布信息（条）", _appeared("weibo")),
        Named("published.gazette", "政府公报公开信息（条）", _appeared("gazette")),
        Named("published.media", "新闻媒体发布信息（条）", _appeared("media")),
        Named("published.other_channels", "其他渠道发布信息（条）", _appeared("other")),
        Named("published.overview", "门户网站概况类信息更新（条）", _published("overview")),
        Named("published.news", "门户网站政务动态信息更新（条）", _published("news")),
        Named("published.catalogue", "门户网站信息公开目录信息更新（条）", _published("catalogue")),
        Named(
            "published.interpretations",
            "门户网站政策解读（条）",
            (Term("portal.published", {"kind": ("interpretation", "interpretation_product", "commentary")}),),
        ),
        Named("published.responses", "门户网站回应公众关注（条）", _published("response")),
        Named("press_conferences.total", "新闻发布会（场）", (Term("channels.press_conferences"),)),
        Named("adoptions.total", "被上级转发录用（篇）", (Term("channels.adoptions"),)),
        Named(
            "adoptions.national", "被国家级单位转发录用（篇）", (Term("channels.adoptions", {"level": ("national",)}),)
        ),
        Named(
            "adoptions.provincial",
            "被省级单位转发录用（篇）",
            (Term("channels.adoptions", {"level": ("provincial",)}),),
        ),
        Named("inquiries.received", "收到群众留言（条）", (Term("inquiries.received"),)),
        Named("inquiries.closed", "办结群众留言（条）", (Term("inquiries.closed"),)),
        Named("inquiries.public_replies", "公开答复群众留言（条）", (Term("inquiries.public_replies"),)),
        Named("inquiries.mean_days", "群众留言平均办理时间（天）", (Term("inquiries.mean_days"),), is_mean=True),
        *(
            Named(f"interpretations.{name}", title, _published(kind))
            for name, title, kind in (
                ("materials", "门户网站解读材料（条）", "interpretation"),
                ("products", "门户网站解读产品（个）", "interpretation_product"),
                ("commentaries", "门户网站媒体评论文章（篇）", "commentary"),
            )
        ),
        Named("surveys.total", "征集调查期数（期）", (Term("inquiries.surveys"),)),
        Named("surveys.opinions", "征集调查收到意见（条）", (Term("inquiries.survey_opinions"),)),
        Named("surveys.results", "公布征集调查结果（期）", (Term("inquiries.survey_results"),)),
        Named("interviews.total", "在线访谈期数（期）", (Term("inquiries.interviews"),)),
        Named("interviews.messages", "在线访谈网民留言（条）", (Term("inquiries.interview_messages"),)),
        Named("interviews.replies", "在线访谈答复网民提问（条）", (Term("inquiries.interview_replies"),)),
        Named("applications.overdue", "超过答复期限的申请（件）", (Term("applications.overdue"),)),
    )
}

# What a channel counts: the last part of the name, the figure, the words of the title.
_OF_CHANNEL = {
    "items": ("channels.appearances", "发布信息（条）"),
    "issues": ("channels.issues", "发布信息（期）"),
    "subscribers": ("channels.subscribers", "订阅数"),
    "reads": ("channels.reads", "阅读量"),
}
_CHANNEL_NAME = re.compile(r"channel_(\d+)\.(\w+)")


def _of_channel(channel: int, what: str, name: str = "") -> Named:
    figure, words = _OF_CHANNEL[what]
    title = f"“{name}”{words}" if name else words
    return Named(f"channel_{channel}.{what}", title, (Term(figure, {"channel": (channel,)}),))


def find(name: str) -> Named | None:
    """The named figure, or ``None`` where nobody keeps one of that name."""
    if match := _CHANNEL_NAME.fullmatch(name):
        return _of_channel(int(match[1]), match[2]) if match[2] in _OF_CHANNEL else None
    return NAMED.get(name)


class NamedFigures:
    """A lookup for :mod:`gongkai.annual.prose`: values for a scope, each figure asked of the database once."""

    def __init__(self, readings: Readings) -> None:
        self.readings = readings

    def __call__(self, name: str) -> Number | None:
        named = find(name)
        return None if named is None else named.value(self.readings)

    def all(self) -> Iterator[tuple[Named, Number | None]]:
        """Every figure that prose may name here, with its value, for the clerk to choose from."""
        for named in (*NAMED.values(), *self._channels()):
            yield named, named.value(self.readings)

    def _channels(self) -> Iterator[Named]:
        """What each channel with records in the year counts."""
        figures = ("channels.appearances", "channels.subscribers")
        known = {channel: name for figure in figures for _, name, channel in self.readings.of(figure)}
        for channel, name in sorted(known.items()):
            for what, (figure, _) in _OF_CHANNEL.items():
                if any(key[2] == channel for key in self.readings.of(figure)):
                    yield _of_channel(channel, what, name)


def rounded(mean: Number) -> Decimal:
    """A mean as it is printed."""
    return Decimal(mean).quantize(ONE_DECIMAL, ROUND_HALF_UP)


def records_behind(name: str, scope: Scope) -> list[Behind]:
    """The records behind a named figure. Raises ``KeyError`` when there is none of that name."""
    named = find(name)
    if named is None:
        raise KeyError(name)
    return terms.records_behind(named.terms, scope)
