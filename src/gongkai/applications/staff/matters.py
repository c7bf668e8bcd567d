"""Pages of matters beside an application (会商, 更正, 公开目录): one page each, and one for each of their verbs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages

from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError
from gongkai.bureau.staff import names_of
from gongkai.ledger.events import Event
from gongkai.ledger.models import Entry

from .base import StaffMixin

_ON_A_LEAF = 50


class MatterForm(forms.Form):
    """The form of a verb: about ``matter``, filled in by ``user``."""

    def __init__(self, *args: Any, matter: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matter, self.user = matter, user

    @property
    def happened_on(self) -> date:
        """The day on which it happens: the one that was filled in, or today."""
        found: date | None = getattr(self, "cleaned_data", {}).get("day")
        return found or timezone.localdate()


def day_field(label: str = "日期", help_text: str = "实际发生的日期，不一定是今天。") -> forms.DateField:
    """A day that has come already."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        initial=timezone.localdate,
        validators=[_has_come],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "请填写日期。", "invalid": "请填写日期，如 2020-03-02。"},
    )


def _has_come(day: date) -> None:
    if day > timezone.localdate():
        raise forms.ValidationError("日期在今天之后，请核对。")


def choice(label: str, choices: Any, help_text: str = "", **options: Any) -> forms.ChoiceField:
    """One of several, all in sight."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        help_text=help_text,
        widget=forms.RadioSelect,
        error_messages={"required": f"请选择{label}。", "invalid_choice": "请选择列出的一项。"},
        **options,
    )


Act = Callable[[Any, User, Mapping[str, Any], date], Any]


@dataclass(frozen=True, slots=True)
class MatterVerb:
    """Something to do with a matter. ``act`` gets the matter, who, what was filled in, and the day."""

    slug: str
    event: type[Event]
    label: str
    form: type[MatterForm]
    act: Act
    done: str
    advice: str = ""
    is_grave: bool = False


def verbs(*listed: MatterVerb) -> Mapping[str, MatterVerb]:
    """Verbs by their place in the address."""
    return {verb.slug: verb for verb in listed}


class ListMixin(StaffMixin):
    """A list in leaves, with the state of its filter in the address."""

    request: HttpRequest
    on_a_leaf = _ON_A_LEAF

    def leaf(self, records: Any) -> Any:
        return Paginator(records, self.on_a_leaf).get_page(self.request.GET.get("p"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.copy()
        asked.pop("p", None)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"query": asked.urlencode()}


@method_decorator(never_cache, name="dispatch")
class MatterVerbView(StaffMixin, TemplateView):
    """One verb. Not filled in well: 422; refused: 409, with the form as it was filled in."""

    template_name = "applications/staff/matter_verb.html"
    verbs: Mapping[str, MatterVerb]

    @property
    def matter(self) -> Any:
        raise NotImplementedError

    @property
    def back_url(self) -> str:
        raise NotImplementedError

    def why_not(self, verb: MatterVerb) -> str | None:
        """Why this person may not do it, before anything is typed."""
        raise NotImplementedError

    def beside(self) -> dict[str, Any]:
        """What the reader has before them when they fill it in."""
        return {}

    @cached_property
    def verb(self) -> MatterVerb:
        if self.kwargs["verb"] not in self.verbs:
            raise Http404
        return self.verbs[self.kwargs["verb"]]

    def get_page_title(self) -> str:
        return self.verb.label

    def form(self, *given: Any) -> MatterForm:
        return self.verb.form(*given, matter=self.matter, user=self.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if reason := self.why_not(self.verb):
            messages.error(request, f"不能{self.verb.label}：{reason}。")
            return redirect(self.back_url)
        return self.page(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            messages.error(request, "请按各处提示填写。")
            return self.page(form, 422)
        try:
            if reason := self.why_not(self.verb):
                raise NotPermittedError(f"不能{self.verb.label}：{reason}。")
            self.verb.act(self.matter, self.user, form.cleaned_data, form.happened_on)
        except NotPermittedError as refused:
            messages.error(request, str(refused))
            return self.page(form, 409)
        messages.success(request, self.verb.done)
        return redirect(self.back_url)

    def page(self, form: MatterForm, status: int = 200) -> HttpResponse:
        context = self.get_context_data(form=form, verb=self.verb, back_url=self.back_url, **self.beside())
        return self.render_to_response(context, status=status)


@dataclass(frozen=True, slots=True)
class Line:
    """One event in words."""

    title: str
    who: str
    day: date
    details: tuple[str, ...] = ()


def timeline(
    stream: str, pk: int, titles: Mapping[str, type[Event]], details: Callable[[Entry], tuple[str, ...]]
) -> list[Line]:
    """Every event of a matter with who and when; two queries."""
    entries = list(Entry.objects.of_stream(stream, pk))
    names = names_of(entry.actor_id for entry in entries)
    return [
        Line(titles[each.kind].title, names.get(each.actor_id, "系统"), each.occurred_on, details(each))
        for each in entries
    ]
