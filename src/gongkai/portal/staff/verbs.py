"""What can be done with an item, each on a page of its own that says what will follow. A table, and one view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView
from wagtail.admin import messages

from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError, actor_in
from gongkai.ledger.events import Event

from .. import events, services
from ..case import Case
from ..models import Edition, Item, Openness
from ..transitions import hindrance
from .base import ItemMixin
from .consequences import consequences
from .forms import OfficeForm, OpinionForm, ReasonForm, ReviewForm, VerbForm
from .timeline import told_of

Act = Callable[[Item, User, Case, Mapping[str, Any]], str | None]


@dataclass(frozen=True, slots=True)
class Verb:
    """Something to do with an item. ``form`` is what it asks; ``act`` does it; ``done`` is said afterwards, unless
    ``act`` knows better.
    """

    slug: str
    event: type[Event]
    label: str
    form: type[VerbForm]
    act: Act
    done: str
    is_grave: bool = False
    icon: str = "check"


def _submit(item: Item, user: User, case: Case, given: Mapping[str, Any]) -> None:
    services.submit(item, user)


def _review(item: Item, user: User, case: Case, given: Mapping[str, Any]) -> str:
    if case.step is None:
        raise NotPermittedError("这条信息不在审查中，请刷新页面。")
    openness = Openness(given["openness"]) if given.get("openness") else None
    last = services.review(
        item,
        user,
        case.step,
        given["digest"],
        opinion=given["opinion"].strip(),
        openness=openness,
        secrecy_checked=bool(given.get("secrecy_checked")),
    )
    return "已签发。" if last else ""


def _return(item: Item, user: User, case: Case, given: Mapping[str, Any]) -> None:
    if case.step is None:
        raise NotPermittedError("这条信息不在审查中，请刷新页面。")
    services.return_to_author(item, user, case.step, given["opinion"].strip())


_VERBS = (
    Verb("submit", events.Submitted, "送审", VerbForm, _submit, "已送审。", icon="resubmit"),
    Verb("review", events.Reviewed, "审查通过", ReviewForm, _review, "已审查通过。"),
    Verb("return", events.Returned, "退回修改", OpinionForm, _return, "已退回起草人。", icon="undo"),
    Verb(
        "recall",
        events.Recalled,
        "撤回送审",
        VerbForm,
        lambda item, user, case, given: services.recall(item, user),
        "已撤回，可以继续修改。",
        icon="undo",
    ),
    Verb(
        "withdraw",
        events.Withdrawn,
        "撤下",
        ReasonForm,
        lambda item, user, case, given: services.withdraw(item, user, given["reason"].strip()),
        "已从网站撤下。",
        is_grave=True,
        icon="view",
    ),
    Verb(
        "restore",
        events.Restored,
        "恢复公开",
        ReasonForm,
        lambda item, user, case, given: services.restore(item, user, given["reason"].strip()),
        "已恢复公开。",
        icon="globe",
    ),
    Verb(
        "discard",
        events.Discarded,
        "作废",
        VerbForm,
        lambda item, user, case, given: services.discard(item, user),
        "已作废；内容和经过仍可查阅。",
        is_grave=True,
        icon="bin",
    ),
)
VERBS: Mapping[str, Verb] = {verb.slug: verb for verb in _VERBS}
BY_EVENT: Mapping[str, Verb] = {verb.event.kind: verb for verb in _VERBS}


def label_of(verb: Verb, case: Case) -> str:
    """What the button says: the leader signs, the others pass."""
    return "签发" if verb.slug == "review" and case.step == "leader" else verb.label


def form_of(verb: Verb, case: Case) -> type[VerbForm]:
    """What the verb asks for: the office settles more than the others."""
    return OfficeForm if verb.slug == "review" and case.step == "office" else verb.form


class VerbView(ItemMixin, FormView):
    """One verb: what it does, what it asks, and why not when it is refused (409, with what was typed)."""

    template_name = "portal/staff/verb.html"

    @cached_property
    def verb(self) -> Verb:
        if self.kwargs["verb"] not in VERBS:
            raise Http404
        return VERBS[self.kwargs["verb"]]

    @cached_property
    def case(self) -> Case:
        return told_of(self.item).case

    @cached_property
    def hindrance(self) -> str | None:
        """Why this person may not do it, before anything is typed."""
        if self.item.agency_id != self.user.agency_id:
            return "这条信息属于另一机关"
        return hindrance(self.case, self.verb.event, actor_in(self.user))

    @cached_property
    def label(self) -> str:
        return label_of(self.verb, self.case)

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.hindrance:
            messages.error(request, f"不能{self.label}：{self.hindrance}。")
            return redirect(self.item_url)
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def get_page_title(self) -> str:
        return self.label

    def get_page_subtitle(self) -> str:
        return self.item.title

    def crumbs(self) -> list[dict[str, Any]]:
        return self.below(self.label)

    def get_form_class(self) -> type[VerbForm]:
        return form_of(self.verb, self.case)

    def get_initial(self) -> dict[str, Any]:
        return {"digest": self.case.digest} if self.verb.slug == "review" else {}

    def form_valid(self, form: VerbForm) -> HttpResponse:
        try:
            done = self.verb.act(self.item, self.user, self.case, form.cleaned_data) or self.verb.done
        except services.BlockedError as error:
            return self.refused(form, str(error), error.findings)
        except NotPermittedError as error:
            return self.refused(form, str(error))
        messages.success(self.request, f"《{self.item.title}》{done}")
        return redirect(self.item_url)

    def form_invalid(self, form: VerbForm) -> HttpResponse:
        messages.error(self.request, "请按各处提示填写。")
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def refused(self, form: VerbForm, reason: str, findings: Any = ()) -> HttpResponse:
        """The page again, as it was filled in, with the reason."""
        messages.error(self.request, reason)
        context = self.get_context_data(form=form, blocking=findings)
        return self.render_to_response(context, status=409)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        edition = None
        if self.case.step is not None and self.case.edition is not None and self.verb.slug in {"review", "return"}:
            edition = Edition.objects.filter(pk=self.case.edition).first()
        return context | {
            "verb": self.verb,
            "label": self.label,
            "case": self.case,
            "edition": edition,
            "edition_url": reverse("portal_items:edition", args=[self.item.pk, edition.pk]) if edition else "",
            "consequences": consequences(self.verb.slug, self.item, self.case, edition),
            "findings_url": f"{self.item_url}#findings",
            "edit_url": reverse("portal_items:edit", args=[self.item.pk]),
        }
