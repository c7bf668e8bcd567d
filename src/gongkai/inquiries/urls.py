"""Addresses under ``/hdjl/``, the 互动交流 of the site; the page of that address itself is a column of the portal's."""

from __future__ import annotations

from django.urls import path

from .public import answers, asking, pieces, status

app_name = "hdjl"
urlpatterns = [
    path("liuyan/", asking.ask, name="ask"),
    path("liuyan/huizhi/", asking.receipt, name="receipt"),
    path("liuyan/chaxun/", status.status, name="status"),
    path("dafu/", answers.answers, name="answers"),
    path("dafu/<int:pk>.html", answers.answer, name="answer"),
    path("wenti/", pieces.faqs, name="faqs"),
    path("zhengji/", pieces.surveys, name="surveys"),
    path("zhengji/<int:pk>.html", pieces.survey, name="survey"),
    path("fangtan/", pieces.interviews, name="interviews"),
    path("fangtan/<int:pk>.html", pieces.interview, name="interview"),
]
