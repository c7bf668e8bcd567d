"""常见问题, 征集调查, 在线访谈 as the public reads them, and takes part."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.bureau.models import Agency
from gongkai.bureau.roles import NotPermittedError
from gongkai.bureau.spam import suspicions
from gongkai.bureau.throttle import allowed
from gongkai.bureau.tokens import FormToken, new_token, read_token

from .. import gathering
from ..models import Faq, Interview, Reviewed, Survey
from .asking import SECONDS, TIMES, TRAP
from .base import agency_of_site, leaf_of, narrowed, page, saying, words_asked

Piece = TypeVar("Piece", bound=Reviewed)
_LONGEST = 3000


def public_of(model: type[Piece], agency: Agency) -> QuerySet[Piece]:
    """What of a kind anybody may read, the newest first."""
    manager: Any = model._default_manager
    found: QuerySet[Piece] = manager.filter(agency=agency, is_public=True).order_by("-published_on", "-pk")
    return found


def _one(model: type[Piece], pk: int) -> Piece:
    found = public_of(model, agency_of_site()).filter(pk=pk).first()
    if found is None or not found.shown:
        raise Http404
    return found


@require_safe
def faqs(request: HttpRequest) -> HttpResponse:
    """常见问题, narrowed by words and topic."""
    agency = agency_of_site()
    everything = public_of(Faq, agency)
    topics = list(
        everything.exclude(shown_topic="").order_by("shown_topic").values_list("shown_topic", flat=True).distinct()
    )
    words, topic = words_asked(request), request.GET.get("topic", "")[:40]
    rows = saying(everything, words, "shown_text")
    if topic:
        rows = rows.filter(shown_topic=topic)
    context = {"leaf": leaf_of(request, rows), "query": narrowed(request), "q": " ".join(words)}
    return page(request, "faqs", {**context, "topics": topics, "topic": topic})


@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    """征集调查: those that take opinions, those that are over, those whose result is known."""
    leaf = leaf_of(request, public_of(Survey, agency_of_site()))
    today = timezone.localdate()
    rows = [(each, _standing(each, today)) for each in leaf]
    return page(request, "surveys", {"leaf": leaf, "rows": rows, "query": narrowed(request)})


def _standing(survey: Survey, today: date) -> str:
    shown = survey.shown or {}
    if shown.get("result"):
        return "已公布结果"
    if gathering.takes_opinions(survey, today):
        return "正在征集"
    return "即将开始" if today.isoformat() < shown.get("opens_on", "") else "已经截止，结果待公布"


@require_safe
def interviews(request: HttpRequest) -> HttpResponse:
    """在线访谈, the newest first."""
    leaf = leaf_of(request, public_of(Interview, agency_of_site()))
    return page(request, "interviews", {"leaf": leaf, "query": narrowed(request)})


class OpinionForm(forms.Form):
    """An opinion: in words, by a choice where one is asked for, or both."""

    use_required_attribute = False
    choice = forms.ChoiceField(
        choices=[],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "请从列出的选项中选择。"},
    )
    text = forms.CharField(
        label="您的意见",
        required=False,
        max_length=_LONGEST,
        help_text="不用写姓名、电话。",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": f"意见不超过 {_LONGEST} 字，请写短一些。"},
    )

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = survey.shown or {}
        choice: Any = self.fields["choice"]
        if shown.get("options"):
            choice.label, choice.choices = shown["question"], [(each, each) for each in shown["options"]]
        else:
            del self.fields["choice"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not given.get("text", "").strip() and not given.get("choice"):
            self.add_error("text", "请填写意见。" if "choice" not in self.fields else "请选择一项，或者填写意见。")
        return given


class QuestionForm(forms.Form):
    """A question to the guests."""

    use_required_attribute = False
    text = forms.CharField(
        label="您的提问",
        max_length=500,
        help_text="不用写姓名、电话；选用的提问隐去个人信息后公开。",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请填写提问。", "max_length": "提问不超过 500 字，请写短一些。"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """A survey with its form while it lasts, and its result."""
    found = _one(Survey, pk)
    form = OpinionForm(request.POST if request.method == "POST" else None, survey=found)

    def take(token: FormToken, marked: Any) -> None:
        given = form.cleaned_data
        day = timezone.localdate()
        gathering.give_opinion(found, day, given["text"].strip(), given.get("choice", ""), token, marked)

    is_open = gathering.takes_opinions(found, timezone.localdate())
    return _taking(request, "survey", found, form, take, is_open=is_open)


@require_http_methods(["GET", "HEAD", "POST"])
def interview(request: HttpRequest, pk: int) -> HttpResponse:
    """An interview with a form for questions until its day, and what was said."""
    found = _one(Interview, pk)
    form = QuestionForm(request.POST if request.method == "POST" else None)

    def take(token: FormToken, marked: Any) -> None:
        gathering.ask(found, timezone.localdate(), form.cleaned_data["text"].strip(), token, marked)

    is_open = gathering.takes_questions(found, timezone.localdate())
    return _taking(request, "interview", found, form, take, is_open=is_open)


def _taking(
    request: HttpRequest,
    name: str,
    piece: Reviewed,
    form: forms.Form,
    take: Callable[[FormToken, Any], None],
    *,
    is_open: bool,
) -> HttpResponse:
    """A page that takes something in: the same control of spam as with messages, the same form twice is one."""
    token = read_token(request.POST.get("token", "")) if request.method == "POST" else new_token()
    told, status = "", 200
    if request.method == "POST":
        if token is None:
            told, status = "页面打开时间过久，已经更新。请核对后再次提交。", 400
        elif not form.is_valid():
            status = 400
        elif not allowed(request, name, TIMES, SECONDS):
            told, status = f"从您所在的网络提交的较多，请 {SECONDS // 60} 分钟后再提交。", 429
        else:
            flood = not allowed(request, f"{name}-flood", TIMES // 2, SECONDS)
            text, trap = form.cleaned_data["text"], request.POST.get(TRAP, "")
            try:
                take(token, suspicions(text, trap=trap, age=token.age, is_flood=flood))
                return redirect(reverse(f"hdjl:{name}", args=[piece.pk]) + "?sent=1")
            except NotPermittedError as error:
                told, status = str(error), 409
    own = token or new_token()
    context = {
        "piece": piece,
        "shown": piece.shown,
        "form": form if is_open else None,
        "token": own.written,
        "trap": TRAP,
        "told": told,
        "sent": request.GET.get("sent") == "1",
    }
    return page(request, name, context, status, private=request.method == "POST")
