"""拟答复: step by step to an outcome, what is still missing for it, then the letter; looked at before it is sent on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages

from gongkai.bureau.roles import NotPermittedError, actor_in
from gongkai.law.errors import LawError
from gongkai.law.outcomes import Outcome, outcomes
from gongkai.law.parameters import standard_parameters

from .. import letters, services
from ..events import ReplyDrafted
from ..letters.asks import asks
from ..letters.filling import text_of
from ..letters.forms import LetterForm
from ..models import Access, Application, Evidence, Letter
from ..transitions import hindrance, impossible, unlawful
from .base import CaseMixin
from .steps import FIRST, LAST, STEPS, asks_about_enterprises, outcomes_of, starting_path, walk
from .verbs import VERBS

_PREFIX = "letter"
_ENTERPRISE_RULE = "survey_cell_units"


@dataclass(frozen=True, slots=True)
class Possible:
    """An outcome as the way ends in it: what is missing, and why the law does not admit it as things stand."""

    outcome: Outcome
    missing: tuple[dict[str, str], ...]
    reason: str
    url: str


def statistics_hint(application: Application) -> str:
    """For a bureau of statistics that is asked for figures of single enterprises: the law that keeps them secret."""
    if "统计" not in application.agency.name or not asks_about_enterprises(application.requested):
        return ""
    try:
        rule = standard_parameters().on(_ENTERPRISE_RULE, application.received_on).reference
    except LawError:
        return ""
    return (
        f"申请内容可能涉及单个统计调查对象的资料：{rule}规定，能够识别或者推断单个统计调查对象身份的资料，"
        "任何单位和个人不得对外提供、泄露。属于这种资料的，适用“其他法律、行政法规禁止公开”；可以提供汇总数据的，区分处理。"
    )


class DraftMixin(CaseMixin):
    """Pages for whoever may draft; others are told why not."""

    def crumbs(self) -> list[dict[str, Any]]:
        return self.below("拟答复")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if reason := self.hindrance:
            messages.error(request, f"不能拟答复：{reason}。")
            return redirect(self.case_url)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    @cached_property
    def hindrance(self) -> str | None:
        if self.application.agency_id != self.user.agency_id:
            return "这件申请属于另一机关"
        return hindrance(ReplyDrafted, self.case, actor_in(self.user))

    def possible(self, found: Outcome, back: str) -> Possible:
        event = ReplyDrafted(outcome=found.code, letter=0, digest="")
        missing = tuple(
            {
                "label": evidence.label,
                "url": f"{self.address('evidence')}?{urlencode({'kind': evidence.code, 'next': back})}",
            }
            for evidence in found.missing(self.case.work.evidence)
        )
        reason = impossible(self.case, event, timezone.localdate())
        if reason is None and not missing:
            reason = unlawful(self.case, event, timezone.localdate())
        return Possible(found, missing, reason or "", self.address("draft_letter", found.code))


@method_decorator(never_cache, name="dispatch")
class WizardView(DraftMixin, TemplateView):
    """The way to an outcome. What was answered stands in the address; nothing of the case does."""

    template_name = "applications/staff/draft.html"

    def get_page_title(self) -> str:
        return "拟答复"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        path = self.request.GET.get("path", starting_path(self.case))
        answered, step, choice = walk(path)
        base = self.address("draft")
        taken = ".".join(f"{each.step.code}:{each.choice.code}" for each in answered)
        verb = VERBS[choice.verb] if choice is not None and choice.verb else None
        back = f"{base}?{urlencode({'path': taken})}"
        return super().get_context_data(**kwargs) | {
            "names": [*(each.name for each in STEPS.values()), LAST],
            "current": step.name if step else LAST,
            "answered": [
                {
                    "step": each.step,
                    "choice": each.choice,
                    "url": f"{base}?{urlencode({'path': '.'.join(taken.split('.')[:at])})}",
                }
                for at, each in enumerate(answered)
            ],
            "step": step,
            "choices": [
                {"label": each.label, "url": f"{base}?{urlencode({'path': self._onto(taken, step.code, each.code)})}"}
                for each in step.choices
            ]
            if step
            else [],
            "possible": [self.possible(found, back) for found in outcomes_of(choice)] if choice else [],
            "verb": verb,
            "verb_url": self.address("verb", verb.slug) if verb else "",
            "verb_hindrance": hindrance(verb.event, self.case, actor_in(self.user)) if verb else "",
            "hint": statistics_hint(self.application),
            "restart_url": f"{base}?{urlencode({'path': ''})}" if answered else "",
            "first": FIRST,
        }

    def _onto(self, taken: str, step: str, choice: str) -> str:
        return ".".join(part for part in (taken, f"{step}:{choice}") if part)


@method_decorator(never_cache, name="dispatch")
class DraftLetterView(DraftMixin, TemplateView):
    """怎么答: the letter of the outcome. Filled in, then looked at as it will be, then laid before the reviewer."""

    template_name = "applications/staff/draft_letter.html"

    @cached_property
    def outcome(self) -> Outcome:
        found = outcomes().get(self.kwargs["outcome"])
        if found is None or not found.choosable:
            raise Http404
        return found

    def get_page_title(self) -> str:
        return f"拟答复：{self.outcome.label}"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page(self.form())

    def form(self) -> LetterForm:
        form_class = letters.form_for(self.outcome.letter, self.outcome.code)
        if self.request.method == "POST":
            return form_class(self.request.POST, prefix=_PREFIX)
        return form_class(prefix=_PREFIX, initial=self.initial())

    def initial(self) -> dict[str, Any]:
        """The last draft of this outcome, or what is on file."""
        earlier = Letter.objects.filter(application=self.application, outcome=self.outcome.code).last()
        if earlier is not None:
            return letters.values_of(earlier)
        on_file: dict[str, str] = {}
        for evidence in Evidence.objects.filter(application=self.application):
            on_file[evidence.kind] = evidence.text
        found: dict[str, Any] = {
            ask.name: on_file[ask.evidence]
            for ask in asks(self.outcome.letter, self.outcome.code)
            if ask.evidence and on_file.get(ask.evidence)
        }
        return found | {"officer": self.user.get_full_name(), **self.wanted_delivery()}

    def wanted_delivery(self) -> dict[str, str]:
        """The way that the applicant asked for, where a letter can go that way."""
        wanted = {"email": "email", "post": "signed_post", "pick_up": "pick_up", "portal": "portal", "on_site": "hand"}
        mode = wanted.get(self.application.delivery)
        return {"delivery": mode} if mode else {}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form()
        if not form.is_valid():
            messages.error(request, "请按各处提示填写。")
            return self.page(form, status=422)
        values, today = form.values(), timezone.localdate()
        possible = self.possible(self.outcome, "")
        if possible.missing or possible.reason:
            lacking = "；".join(each["label"] for each in possible.missing)
            told = f"{possible.reason}。" if possible.reason else f"答复之前须先备齐：{lacking}。"
            return self.refused(form, told)
        shown = sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
        code = self.outcome.letter
        try:
            if request.POST.get("confirmed") != shown:
                paper = letters.preview(self.application, code, self.outcome.code, values, today)
                Access.objects.create(application=self.application, user=self.user, what="预览文书")
                return self.page(form, paper=text_of(paper), confirmed=shown)
            with transaction.atomic():
                made = letters.draft(self.application, code, self.outcome.code, values, self.user, today)
                services.draft_reply(self.application, today, made, actor=self.user)
        except letters.IncompleteLetterError as error:
            for name, told_of in error.errors.items():
                if name in form.fields:
                    form.add_error(name, told_of)
            return self.refused(form, str(error))
        except NotPermittedError as error:
            return self.refused(form, str(error))
        messages.success(request, f"{self.application.number}：答复已拟出，送交审核。")
        return redirect(self.case_url)

    def refused(self, form: LetterForm, reason: str) -> HttpResponse:
        messages.error(self.request, reason)
        return self.page(form, status=409)

    def page(self, form: LetterForm, *, paper: str = "", confirmed: str = "", status: int = 200) -> HttpResponse:
        here = self.address("draft_letter", self.outcome.code)
        context = self.get_context_data(
            form=form,
            outcome=self.outcome,
            possible=self.possible(self.outcome, here),
            paper=paper,
            confirmed=confirmed,
            hint=statistics_hint(self.application),
            wizard_url=self.address("draft"),
            tell=[each.label for each in self.outcome.tell if each.code not in self.case.work.evidence],
        )
        return self.render_to_response(context, status=status)
