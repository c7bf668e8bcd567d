"""Messages from the public in the year (website work sheet, 留言办理; annual report, section 一).

``inquiries.mean_days`` is the mean of the calendar days from receipt to closing over the messages closed in the
year: a message closed on the day it came counts 0, on the next day 1. It is not rounded here; the work sheet
prints one decimal (77 days over 51 messages is 1.5).
"""

from __future__ import annotations

from django.db.models import Avg, QuerySet

from gongkai.bureau.figures import Figure, Scope

from .models import Closing, Inquiry


def _received(scope: Scope) -> QuerySet[Inquiry]:
    return Inquiry.objects.filter(scope.of_agencies(), scope.during("received_on"))


def _closed(scope: Scope) -> QuerySet[Inquiry]:
    return Inquiry.objects.filter(scope.of_agencies(), scope.during("closed_on"))


def _public(scope: Scope) -> QuerySet[Inquiry]:
    return _closed(scope).filter(closing=Closing.PUBLIC)


RECEIVED = Figure("inquiries.received", "本年收到留言数量（条）", _received)
CLOSED = Figure("inquiries.closed", "本年办结留言数量（条）", _closed)
PUBLIC_REPLIES = Figure("inquiries.public_replies", "本年公开答复留言数量（条）", _public)
MEAN_DAYS = Figure("inquiries.mean_days", "留言平均办理时间（天）", _closed, Avg("days"))
# The same messages by source and by the way they were closed with its reason.
RECEIVED_BY_SOURCE = Figure(
    "inquiries.received_by_source", "本年收到留言，按来源（条）", _received, dimensions=("source",)
)
CLOSED_BY_CLOSING = Figure(
    "inquiries.closed_by_closing", "本年办结留言，按办结方式（条）", _closed, dimensions=("closing", "private_reason")
)
