"""常见问题, 征集调查, 在线访谈 in the back office: one list and one page for the three."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from gongkai.bureau.models import Agency
from gongkai.bureau.queries import visible_agencies
from gongkai.bureau.roles import NotPermittedError, Role, actor_in
from gongkai.bureau.staff import names_of
from gongkai.ledger.models import Entry

from .. import gathering
from ..models import Answer, Faq, Interview, Reviewed, Survey, Use
from ..reviewed import services
from ..reviewed.events import EVENTS
from ..reviewed.transitions import permitted
from .base import StaffMixin
from .piece_forms import FaqForm, InterviewForm, SurveyForm, TalkForm

_ON_A_PAGE = 50
_WRITERS = frozenset({Role.CLERK, Role.HANDLER})


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of text: its table, its form, its public page."""

    slug: str
    model: type[Reviewed]
    form: type[Any]
    public: str
    empty: str

    @property
    def title(self) -> str:
        return self.model.noun

    def of(self, agency: Agency) -> Any:
        return self.model._default_manager.filter(agency=agency).order_by("-pk")


KINDS = {
    kind.slug: kind
    for kind in (
        Kind("faq", Faq, FaqForm, "hdjl:faqs", "反复有人问的，可以在这里新建，也可以从公开的答复转来。"),
        Kind(
            "surveys",
            Survey,
            SurveyForm,
            "hdjl:survey",
            "新建、审核发布后，网站接收意见；截止后公布结果。",
        ),
        Kind("interviews", Interview, InterviewForm, "hdjl:interview", "先预告、接收提问，访谈后整理问答、发布实录。"),
    )
}
# What may be done besides editing: the event, the button.
_DEEDS = {"submitted": "送审", "published": "审核通过，发布", "returned": "退回修改", "withdrawn": "撤下"}


class KindMixin(StaffMixin):
    """A page about one kind of text."""

    @cached_property
    def kind(self) -> Kind:
        if self.kwargs["kind"] not in KINDS:
            raise Http404
        return KINDS[self.kwargs["kind"]]

    @property
    def list_url(self) -> str:
        return reverse("inquiries:pieces", args=[self.kind.slug])

    @cached_property
    def writes(self) -> bool:
        return self.user.agency_id == self.agency.pk and bool(actor_in(self.user).roles & _WRITERS)

    def get_page_title(self) -> str:
        return self.kind.title


class ListView(KindMixin, TemplateView):
    """All of a kind, the newest first."""

    template_name = "inquiries/staff/pieces.html"

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": self.kind.title, "sublabel": self.agency.name}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        leaf = Paginator(self.kind.of(self.agency), _ON_A_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "kind": self.kind,
            "leaf": leaf,
            "agency": self.agency,
            "writes": self.writes,
            "bodies": list(visible_agencies(self.user).order_by("path")),
        }


class PieceMixin(KindMixin):
    """A page about the text of ``kwargs['pk']``; 404 when the reader may not see it."""

    @cached_property
    def piece(self) -> Any:
        model: Any = self.kind.model
        found = model.objects.filter(pk=self.kwargs["pk"], agency__in=visible_agencies(self.user))
        piece = found.select_related("agency").first()
        if piece is None:
            raise Http404
        return piece

    @cached_property
    def agency(self) -> Agency:
        found: Agency = self.piece.agency
        return found

    @property
    def url(self) -> str:
        return reverse("inquiries:piece", args=[self.kind.slug, self.piece.pk])

    def done(self, act: Callable[[], Any], told: str) -> HttpResponse:
        """Do something and go back to the page, saying what came of it."""
        try:
            act()
        except NotPermittedError as error:
            messages.error(self.request, str(error))
        else:
            messages.success(self.request, f"{self.piece.number}：{told}")
        return redirect(self.url)


@method_decorator(never_cache, name="dispatch")
class NewView(KindMixin, TemplateView):
    """新建; ``?answer=``: out of a public answer."""

    template_name = "inquiries/staff/form.html"

    def get_page_title(self) -> str:
        return f"新建{self.kind.title}"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.writes:
            messages.error(request, "由本机关的经办、承办新建。")
            return redirect(self.list_url)
        return self.render_to_response(self.get_context_data(form=self.kind.form()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "from_answer" in request.POST:
            return self._from_answer(request.POST["from_answer"])
        form = self.kind.form(request.POST)
        if not form.is_valid():
            messages.error(request, "请按各处提示填写。")
            return self.render_to_response(self.get_context_data(form=form), status=422)
        try:
            piece = services.begin(self.kind.model, self.agency, self.user, **form.cleaned_data)
        except NotPermittedError as error:
            messages.error(request, str(error))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(request, f"{piece.number}：已保存为草稿，请送审。")
        return redirect("inquiries:piece", self.kind.slug, piece.pk)

    def _from_answer(self, number: str) -> HttpResponse:
        own = Answer.objects.filter(agency=self.agency, is_shown=True).select_related("agency")
        answer = own.filter(pk=int(number)).first() if number.isascii() and number.isdecimal() else None
        if answer is None or self.kind.model is not Faq:
            raise Http404
        try:
            piece = services.begin_faq(answer, self.user)
        except NotPermittedError as error:
            messages.error(self.request, str(error))
            return redirect("inquiries:case", answer.inquiry_id)
        messages.success(self.request, f"{piece.number}：已从公开答复转来，请修改后送审。")
        return redirect("inquiries:piece", self.kind.slug, piece.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"label": "保存草稿", "back": self.list_url}


@method_decorator(never_cache, name="dispatch")
class PieceView(PieceMixin, TemplateView):
    """The text: what is edited, what may be done, what the public sent, what happened."""

    template_name = "inquiries/staff/piece.html"

    def get_page_title(self) -> str:
        return str(self.piece.number)

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": self.list_url, "label": self.kind.title}, {"url": "", "label": self.piece.number}]

    @cached_property
    def acts(self) -> list[str]:
        if self.user.agency_id != self.agency.pk:
            return []
        return [each.kind for each in permitted(services.case_of(self.piece), actor_in(self.user))]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.kind.form(request.POST, initial=self.kind.form.words_of(self.piece))
        if not form.is_valid():
            messages.error(request, "请按各处提示填写。")
            return self.render_to_response(self.get_context_data(form=form), status=422)
        try:
            services.edit(self.piece, self.user, **form.cleaned_data)
        except NotPermittedError as error:
            messages.error(request, str(error))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(request, f"{self.piece.number}：已保存，送审、审核后公开。")
        return redirect(self.url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        piece, acts = self.piece, self.acts
        entries = list(Entry.objects.of_stream(piece.stream, piece.pk))
        people = names_of((each.actor_id for each in entries), with_posts=False)
        public = reverse(self.kind.public, args=[] if self.kind.model is Faq else [piece.pk])
        form = kwargs.pop("form", None) or self.kind.form(initial=self.kind.form.words_of(piece))
        return super().get_context_data(**kwargs) | {
            "kind": self.kind,
            "piece": piece,
            "form": form if "submitted" in acts else None,
            "content": [(field.label, self.kind.form.words_of(piece).get(field.name, "")) for field in form],
            "deeds": [(kind, label) for kind, label in _DEEDS.items() if kind in acts and kind != "returned"],
            "returns": "returned" in acts,
            "faults": services.faults(piece, piece.content()),
            "public": public if piece.is_public else "",
            "opinions": list(piece.opinions.all()) if isinstance(piece, Survey) else [],
            "uses": Use.choices,
            "questions": [(each, TalkForm(each)) for each in piece.questions.all()]
            if isinstance(piece, Interview)
            else [],
            "talk": TalkForm() if isinstance(piece, Interview) else None,
            "works": "submitted" in acts,
            "lines": [(EVENTS[each.kind].title, people[each.actor_id], each.occurred_on) for each in entries],
        }


@method_decorator(never_cache, name="dispatch")
class DeedView(PieceMixin, View):
    """送审, 发布, 退回, 撤下."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        piece, user = self.piece, self.user
        match kwargs["deed"]:
            case "submitted":
                return self.done(lambda: services.submit(piece, user), "已送审，由另一人审核。")
            case "published":
                return self.done(lambda: services.publish(piece, user), "已发布。")
            case "returned":
                remark = request.POST.get("remark", "")
                return self.done(lambda: services.send_back(piece, user, remark), "已退回。")
            case "withdrawn":
                return self.done(lambda: services.withdraw(piece, user), "已撤下。")
        raise Http404


@method_decorator(never_cache, name="dispatch")
class GatheredView(PieceMixin, View):
    """What becomes of an opinion; how a question is read and answered, or one of the host's own."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        piece, user = self.piece, self.user
        number: int | None = kwargs.get("number")
        if isinstance(piece, Survey):
            opinion = piece.opinions.select_related("survey").filter(pk=number or 0).first()
            use = request.POST.get("use", "")
            if opinion is None or use not in Use.values:
                raise Http404
            return self.done(lambda: gathering.mark(opinion, use, user), "已标明采纳情况。")
        if not isinstance(piece, Interview):
            raise Http404
        question, answer = (request.POST.get(name, "").strip() for name in ("question", "answer"))
        if number is None:
            if not question:
                messages.error(request, "请填写问题。")
                return redirect(self.url)
            return self.done(lambda: gathering.add_question(piece, question, answer, user), "已加入问题。")
        asked = piece.questions.select_related("interview").filter(pk=number).first()
        if asked is None:
            raise Http404
        return self.done(lambda: gathering.answer_question(asked, question, answer, user), "已保存问答。")
