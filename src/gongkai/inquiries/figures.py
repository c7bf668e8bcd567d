"""Messages from the public in the year (website work sheet, 留言办理; annual report, section 一).

``inquiries.mean_days`` is the mean of the calendar days from receipt to closing over the messages closed in the
year: a message closed on the day it came counts 0, on the next day 1. It is not rounded here; the work sheet
prints one decimal (77 days over 51 messages is 1.5).
"""

from __future__ import annotations

from django.db.models import Avg, QuerySet

from gongkai.bureau.figures import Figure, Scope

from .models import Closing, Inquiry, Interview, Opinion, Question, Survey, Use


def _received(scope: Scope) -> QuerySet[Inquiry]:
    return Inquiry.objects.filter(scope.of_agencies(), scope.during("received_on"))


def _closed(scope: Scope) -> QuerySet[Inquiry]:
    return Inquiry.objects.filter(scope.of_agencies(), scope.during("closed_on"))


def _public(scope: Scope) -> QuerySet[Inquiry]:
    return _closed(scope).filter(closing=Closing.PUBLIC)


def _surveys(scope: Scope) -> QuerySet[Survey]:
    return Survey.objects.filter(scope.of_agencies(), scope.during("published_on"))


def _opinions(scope: Scope) -> QuerySet[Opinion]:
    return Opinion.objects.filter(scope.of_agencies("survey__agency"), scope.during("received_on")).exclude(
        use=Use.INVALID
    )


def _results(scope: Scope) -> QuerySet[Survey]:
    return Survey.objects.filter(scope.of_agencies(), scope.during("results_on"))


def _interviews(scope: Scope) -> QuerySet[Interview]:
    return Interview.objects.filter(scope.of_agencies(), scope.during("held_on"), is_public=True)


def _asked(scope: Scope) -> QuerySet[Question]:
    held = scope.of_agencies("interview__agency") & scope.during("interview__held_on")
    return Question.objects.filter(held, interview__is_public=True, from_public=True)


def _answered(scope: Scope) -> QuerySet[Question]:
    return _asked(scope).exclude(answer="")


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
# 征集调查 count by the day on which they, and their results, were published first; 在线访谈 by the day they were held.
SURVEYS = Figure("inquiries.surveys", "本年征集调查期数（期）", _surveys)
OPINIONS = Figure("inquiries.survey_opinions", "本年征集调查收到意见数量（条）", _opinions)
SURVEY_RESULTS = Figure("inquiries.survey_results", "本年公布调查结果期数（期）", _results)
INTERVIEWS = Figure("inquiries.interviews", "本年在线访谈期数（期）", _interviews)
INTERVIEW_MESSAGES = Figure("inquiries.interview_messages", "本年在线访谈网民留言数量（条）", _asked)
INTERVIEW_REPLIES = Figure("inquiries.interview_replies", "本年在线访谈答复网民提问数量（条）", _answered)
