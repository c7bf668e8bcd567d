"""The page of a verb: what it asks, then what it would do to the due date and the letter it would write, then done."""

from __future__ import annotations

import json
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages

from gongkai.bureau.roles import NotPermittedError, actor_in
from gongkai.law.letters import letters as kinds
from gongkai.law.outcomes import outcome

from .. import letters
from ..letters.filling import text_of
from ..letters.forms import LetterForm
from ..letters.points import TO_OTHERS
from ..models import Access, Letter
from ..transitions import hindrance, refusal
from .base import CaseMixin
from .effects import Effect, effect
from .forms import At, VerbForm
from .verbs import VERBS, Verb
from .volume import Notice, notice_of

CONFIRMED = "confirmed"
_LETTER = "letter"


@method_decorator(never_cache, name="dispatch")
class VerbView(CaseMixin, TemplateView):
    """One verb. Refused: 409 with the form as it was filled in; not filled in well: 422.

    What changes the due date or writes a letter is shown first; what is then confirmed is what was shown.
    """

    template_name = "applications/staff/verb.html"

    @cached_property
    def verb(self) -> Verb:
        if self.kwargs["verb"] not in VERBS:
            raise Http404
        return VERBS[self.kwargs["verb"]]

    @cached_property
    def at(self) -> At:
        return At(self.application, self.case, self.user)

    @cached_property
    def hindrance(self) -> str | None:
        """Why this person may not do it, before anything is typed."""
        if self.application.agency_id != self.user.agency_id:
            return "这件申请属于另一机关"
        return hindrance(self.verb.event, self.case, actor_in(self.user))

    @cached_property
    def letter_code(self) -> str:
        """Which letter is written, where the verb writes one: by ``?to=``."""
        asked = self.request.POST.get("to") or self.request.GET.get("to") or ""
        return asked if asked in self.verb.letters else next(iter(self.verb.letters), "")

    def get_page_title(self) -> str:
        return self.verb.label

    def get_page_subtitle(self) -> str:
        return self.application.number

    def crumbs(self) -> list[dict[str, Any]]:
        return self.below(self.verb.label)

    # --- forms ----------------------------------------------------------------------------------------

    def forms(self) -> tuple[VerbForm, LetterForm | None]:
        given = (self.request.POST, self.request.FILES) if self.request.method == "POST" else (None, None)
        form = self.verb.form(*given, at=self.at)
        if not self.letter_code:
            return form, None
        initial = {"officer": self.user.get_full_name(), **(self.fee.blanks if self.fee else {})}
        blanks = letters.form_for(self.letter_code)(given[0], prefix=_LETTER, initial=initial)
        return form, blanks

    @cached_property
    def fee(self) -> Notice | None:
        """What the notice of a fee begins with."""
        return notice_of(self.application, self.request.GET.dict()) if self.letter_code == "fee_notice" else None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.hindrance:
            messages.error(request, f"不能{self.verb.label}：{self.hindrance}。")
            return redirect(self.case_url)
        form, blanks = self.forms()
        return self.page(form, blanks)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form, blanks = self.forms()
        if self.hindrance:
            return self.refused(form, blanks, f"不能{self.verb.label}：{self.hindrance}。")
        if not form.is_valid() or (blanks is not None and not blanks.is_valid()):
            messages.error(request, "请按各处提示填写。")
            return self.page(form, blanks, status=422)
        values = blanks.values() if blanks is not None else {}
        try:
            if self.verb.events is not None and request.POST.get(CONFIRMED) != self.shown(form):
                return self.preview(form, blanks, values)
            given = {**form.cleaned_data, "letter_code": self.letter_code}
            self.verb.act(self.at, given, values, form.day)
        except letters.IncompleteLetterError as error:
            self.blame(blanks, error)
            return self.refused(form, blanks, str(error))
        except NotPermittedError as error:
            return self.refused(form, blanks, str(error))
        messages.success(request, f"{self.application.number}：{self.verb.done}")
        return redirect(self.case_url)

    def shown(self, form: VerbForm) -> str:
        """What was filled in, as a digest: what is confirmed must be what the preview showed."""
        # A file that is not chosen again comes as an empty field; the one that waits is told by its record.
        left_out = {"csrfmiddlewaretoken", CONFIRMED, "held", "file"}
        given = {name: self.request.POST.getlist(name) for name in self.request.POST if name not in left_out}
        waiting = getattr(form, "waiting", None)
        told = [form.day.isoformat(), given, waiting.record.pk if waiting else None]
        return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    def preview(self, form: VerbForm, blanks: LetterForm | None, values: dict[str, Any]) -> HttpResponse:
        """What would follow. What the table would refuse is refused here already, with 409."""
        assert self.verb.events is not None  # asked before
        events = self.verb.events(self.at, form.cleaned_data, values, self.letter_code)
        actor = actor_in(self.user)
        for event in events:
            if reason := refusal(self.case, event, form.day, actor):
                return self.refused(form, blanks, f"{reason}。")
        paper = ""
        if blanks is not None:
            paper = text_of(letters.preview(self.application, self.letter_code, "", values, form.day))
            if self.letter_code not in TO_OTHERS:  # the others do not name the applicant
                Access.objects.create(application=self.application, user=self.user, what="预览文书")
        effects = effect(self.case, events, form.day)
        return self.page(form, blanks, effects=effects, paper=paper, confirmed=self.shown(form))

    def blame(self, blanks: LetterForm | None, error: letters.IncompleteLetterError) -> None:
        for name, told in error.errors.items():
            if blanks is not None and name in blanks.fields:
                blanks.add_error(name, told)

    def refused(self, form: VerbForm, blanks: LetterForm | None, reason: str) -> HttpResponse:
        """The page again, as it was filled in, with the reason."""
        messages.error(self.request, reason)
        return self.page(form, blanks, status=409)

    def page(
        self,
        form: VerbForm,
        blanks: LetterForm | None,
        *,
        effects: Effect | None = None,
        paper: str = "",
        confirmed: str = "",
        status: int = 200,
    ) -> HttpResponse:
        letter = self.under_review()
        context = self.get_context_data(
            verb=self.verb,
            form=form,
            blanks=blanks,
            effect=effects,
            paper=paper,
            confirmed=confirmed,
            letter_code=self.letter_code,
            letter_title=kinds()[self.letter_code].title if self.letter_code else "",
            fee=self.fee,
            under_review=letter,
            outcome_label=outcome(letter.outcome).label if letter else "",
        )
        return self.render_to_response(context, status=status)

    def under_review(self) -> Letter | None:
        """The reply that whoever reviews or signs has before them."""
        draft = self.case.work.draft
        if draft is None or self.verb.slug not in {"review", "sign", "return-reply"}:
            return None
        return Letter.objects.filter(pk=draft.letter).first()
