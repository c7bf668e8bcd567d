"""The page of an entry, the form that writes it, and a page for each verb of decisions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages

from gongkai.bureau.models import Agency, User
from gongkai.bureau.queries import visible_agencies
from gongkai.bureau.roles import NotPermittedError, actor_in
from gongkai.bureau.staff import UnfinishedMixin, names_of
from gongkai.ledger.models import Entry as LedgerEntry

from .. import services
from ..clocks import due
from ..events import EVENTS, Event, Published, Revoked, Withdrawn, Withheld, Written
from ..models import Decision
from ..transitions import hindrance, state_of
from . import forms
from .base import address_of
from .kinds import DECISIONS
from .lists import RegisterMixin


@dataclass(frozen=True, slots=True)
class Verb:
    """Something to do with a decision: the event, what it asks, what it does."""

    event: type[Event]
    slug: str
    form: type[django_forms.Form]
    act: Callable[[Decision, dict[str, Any], User], Any]
    icon: str


VERBS = {
    verb.slug: verb
    for verb in (
        Verb(
            Withheld,
            "withhold",
            forms.ReasonForm,
            lambda one, given, user: services.withhold(one, given["reason"], actor=user),
            "no-view",
        ),
        Verb(
            Revoked,
            "revoke",
            forms.RevokeForm,
            lambda one, given, user: services.revoke(one, given["day"], given["how"], actor=user),
            "cross",
        ),
        Verb(
            Withdrawn,
            "withdraw",
            forms.WithdrawForm,
            lambda one, given, user: services.withdraw(one, given["day"], given["explanation"], actor=user),
            "download",
        ),
    )
}


class EntryMixin(RegisterMixin):
    """A page about the entry of ``kwargs['pk']``; 404 when the reader may not see it."""

    @cached_property
    def entry(self) -> Any:
        manager: Any = self.register.model._default_manager
        found = manager.filter(pk=self.kwargs["pk"], agency__in=visible_agencies(self.user)).select_related("agency")
        entry = found.first()
        if entry is None:
            raise Http404
        return entry

    @cached_property
    def agency(self) -> Agency:
        found: Agency = self.entry.agency
        return found

    @property
    def name(self) -> str:
        return str(getattr(self.entry, self.register.name))

    def hindrance(self, event: type[Event]) -> str | None:
        """Why the reader may not bring such an event about."""
        if self.user.agency_id != self.entry.agency_id:
            return "这条记录属于另一机关"
        return hindrance(event, self.entry, actor_in(self.user))

    def below(self, label: str) -> list[dict[str, Any]]:
        return [
            {"url": self.address(""), "label": self.register.title},
            {"url": address_of(self.entry), "label": self.name},
            {"url": "", "label": label},
        ]


@method_decorator(never_cache, name="dispatch")
class EntryView(EntryMixin, TemplateView):
    """The page of an entry: what it says, by when something is due, who did what."""

    template_name = "registers/staff/entry.html"

    def get_page_title(self) -> str:
        return self.name

    def crumbs(self) -> list[dict[str, Any]]:
        return [self.below(self.name)[0], {"url": "", "label": self.name}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entry = self.entry
        kept = list(LedgerEntry.objects.of_stream(services.stream_of(self.register.model), entry.pk))
        people = names_of([*(each.actor_id for each in kept), entry.shown_by_id], with_posts=False)
        pk, code = entry.pk, self.register.code
        deeds = []
        if self.hindrance(Written) is None:
            deeds.append(("修改", reverse(f"registers:{code}_edit", args=[pk]), "edit"))
        if self.hindrance(Published) is None:
            deeds.append(("审核公开", reverse(f"registers:{code}_review"), "globe"))
        if self.register is DECISIONS:
            deeds += [
                (verb.event.title, reverse("registers:decisions_verb", args=[pk, verb.slug]), verb.icon)
                for verb in VERBS.values()
                if self.hindrance(verb.event) is None
            ]
        told = [(label, say(entry)) for _, label, say in self.register.says]
        return super().get_context_data(**kwargs) | {
            "entry": entry,
            "name": self.name,
            "state": state_of(entry).label,
            "told": told,
            "limit": due(entry) if isinstance(entry, Decision) else None,
            "deeds": deeds,
            "shown_by": people.get(entry.shown_by_id, "") if entry.shown_by_id else "",
            "lines": [
                (EVENTS[each.kind].title, people.get(each.actor_id, people[None]), each.occurred_on, _words(each.data))
                for each in kept
            ],
        }


def _words(data: Any) -> str:
    """What somebody wrote with an event."""
    return str(data.get("reason") or data.get("explanation") or ("不再公开，须重新审核" if data.get("lapsed") else ""))


class _FormPage(UnfinishedMixin, RegisterMixin, TemplateView):
    """Refused: 409 with the form as it was filled in; not filled in well: 422."""

    template_name = "registers/staff/form.html"

    def form(self) -> Any:
        raise NotImplementedError

    def refused(self) -> str | None:
        """Why this person may not do it, before anything is typed."""
        raise NotImplementedError

    def back(self) -> str:
        return self.address("")

    def act(self, form: Any) -> str:
        """Do it; where to go."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if reason := self.refused():
            messages.error(request, f"不能{self.get_page_title()}：{reason}。")
            return redirect(self.back())
        return self.render_to_response(self.get_context_data(form=self.form()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form()
        if reason := self.refused():
            return self.unfinished(form, f"不能{self.get_page_title()}：{reason}。", 409)
        if not form.is_valid():
            return self.unfinished(form, "请按各处提示填写。", 422)
        try:
            target = self.act(form)
        except NotPermittedError as error:
            return self.unfinished(form, str(error), 409)
        messages.success(request, "已保存。")
        return redirect(target)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"back": self.back()}


@method_decorator(never_cache, name="dispatch")
class NewView(_FormPage):
    """登记."""

    def get_page_title(self) -> str:
        return f"登记{self.register.title}"

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": self.address(""), "label": self.register.title}, {"url": "", "label": "登记"}]

    def form(self) -> Any:
        given = self.request.POST if self.request.method == "POST" else None
        return forms.form_of(self.register)(given, agency=self.agency)

    def refused(self) -> str | None:
        if self.user.agency_id != self.agency.pk:
            return "只能登记本机关的记录"
        return hindrance(Written, None, actor_in(self.user), decision=self.register is DECISIONS)

    def act(self, form: Any) -> str:
        return address_of(services.write(form.instance, actor=self.user))


@method_decorator(never_cache, name="dispatch")
class EditView(EntryMixin, _FormPage):
    """修改: what was public is not until somebody has published it again."""

    def get_page_title(self) -> str:
        return f"修改{self.register.title}"

    def crumbs(self) -> list[dict[str, Any]]:
        return self.below("修改")

    def form(self) -> Any:
        given = self.request.POST if self.request.method == "POST" else None
        return forms.form_of(self.register)(given, instance=self.entry, agency=self.agency)

    def refused(self) -> str | None:
        return self.hindrance(Written)

    def back(self) -> str:
        return address_of(self.entry)

    def act(self, form: Any) -> str:
        return address_of(services.write(form.instance, actor=self.user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"was_shown": self.entry.shown_on is not None}


@method_decorator(never_cache, name="dispatch")
class VerbView(EntryMixin, _FormPage):
    """One verb of a decision."""

    register = DECISIONS

    @cached_property
    def verb(self) -> Verb:
        if self.kwargs["verb"] not in VERBS:
            raise Http404
        return VERBS[self.kwargs["verb"]]

    def get_page_title(self) -> str:
        return self.verb.event.title

    def crumbs(self) -> list[dict[str, Any]]:
        return self.below(self.verb.event.title)

    def form(self) -> Any:
        return self.verb.form(self.request.POST if self.request.method == "POST" else None)

    def refused(self) -> str | None:
        return self.hindrance(self.verb.event)

    def back(self) -> str:
        return address_of(self.entry)

    def act(self, form: Any) -> str:
        self.verb.act(self.entry, form.cleaned_data, self.user)
        return address_of(self.entry)
