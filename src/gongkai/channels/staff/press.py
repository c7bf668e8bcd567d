"""新闻发布会: the list, and a page each with its questions and links."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.forms import BaseFormSet, formset_factory
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from gongkai.bureau.models import Agency
from gongkai.bureau.queries import visible_agencies
from gongkai.bureau.roles import NotPermittedError

from ..models import PressConference
from ..records import PUBLISHERS, WRITERS, save_conference, show_conference
from .base import FormPage, StaffMixin
from .forms import ConferenceForm, LinkForm, QuestionForm
from .overview import YearMixin

_FIELDS = ("held_on", "topic", "host", "speakers", "head_spoke", "summary", "url")
MOST = 60  # questions, links
EMPTY = 2  # lines to fill in; saving gives as many again
Questions = formset_factory(QuestionForm, extra=EMPTY, max_num=MOST, absolute_max=MOST + EMPTY)
Links = formset_factory(LinkForm, extra=EMPTY, max_num=MOST, absolute_max=MOST + EMPTY)


class ConferencesView(YearMixin, TemplateView):
    """Those of a year."""

    template_name = "channels/staff/conferences.html"

    def get_page_title(self) -> str:
        return "新闻发布会"

    @cached_property
    def years(self) -> list[int]:
        dates = PressConference.objects.filter(agency=self.agency).dates("held_on", "year", order="DESC")
        return [each.year for each in dates] or super().years

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = PressConference.objects.filter(agency=self.agency, held_on__year=self.year).order_by("-held_on", "-pk")
        return super().get_context_data(**kwargs) | {
            "year": self.year,
            "years": self.years,
            "conferences": list(found),
            "may_write": self.may_write,
            "bodies": list(visible_agencies(self.user).order_by("path")),
        }


@method_decorator(never_cache, name="dispatch")
class ConferenceNewView(FormPage):
    """登记一场发布会."""

    template_name = "channels/staff/conference.html"
    above = (("channels:conferences", "新闻发布会"),)

    def get_page_title(self) -> str:
        return "登记新闻发布会"

    @cached_property
    def conference(self) -> PressConference:
        return PressConference(agency=self.agency)

    def form(self) -> ConferenceForm:
        found = self.conference
        initial = {} if found.pk is None else {name: getattr(found, name) for name in _FIELDS}
        return ConferenceForm(*self.given(), initial=initial)

    @cached_property
    def questions(self) -> BaseFormSet[QuestionForm]:
        fields = ("asker", "question", "speaker", "answer")
        known = [] if self.conference.pk is None else list(self.conference.questions.values(*fields))
        return Questions(*self.given(), initial=known, prefix="q")

    @cached_property
    def links(self) -> BaseFormSet[LinkForm]:
        known = [] if self.conference.pk is None else list(self.conference.links.values("title", "url"))
        return Links(*self.given(), initial=known, prefix="l")

    def act(self, form: ConferenceForm) -> str:
        if not (self.questions.is_valid() and self.links.is_valid()):
            raise NotPermittedError("请按各处提示填写答问和链接。")
        conference = self.conference
        for name in _FIELDS:
            setattr(conference, name, form.cleaned_data[name])
        asked = [
            {name: value.strip() for name, value in each.cleaned_data.items()}
            for each in self.questions.forms
            if each.cleaned_data.get("question", "").strip()
        ]
        led = [
            (each.cleaned_data["title"].strip(), each.cleaned_data["url"].strip())
            for each in self.links.forms
            if each.cleaned_data.get("url", "").strip()
        ]
        save_conference(conference, asked, led, user=self.user)
        messages.success(self.request, "已保存。")
        return reverse("channels:conference", args=[conference.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "questions": self.questions,
            "links": self.links,
            "conference": self.conference,
            "may_publish": self.may_publish,
        }


class _ConferenceMixin(StaffMixin):
    @cached_property
    def conference(self) -> PressConference:
        found = (
            PressConference.objects.filter(pk=self.kwargs["pk"], agency__in=visible_agencies(self.user))
            .select_related("agency")
            .first()
        )
        if found is None:
            raise Http404
        return found

    @cached_property
    def agency(self) -> Agency:
        return self.conference.agency


class ConferenceView(_ConferenceMixin, ConferenceNewView):
    """Change it. Once it is on the site, reviewers and the leader alone do."""

    def get_page_title(self) -> str:
        return "新闻发布会"

    @cached_property
    def is_allowed(self) -> bool:
        self.needs = PUBLISHERS if self.conference.is_public else WRITERS
        return super().is_allowed


class ShowView(_ConferenceMixin, View):
    """Onto the site, or off it."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        public = request.POST.get("public") == "1"
        try:
            show_conference(self.conference, public, user=self.user)
        except NotPermittedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "已在网站公开。" if public else "已从网站撤下。")
        return redirect("channels:conference", self.conference.pk)
