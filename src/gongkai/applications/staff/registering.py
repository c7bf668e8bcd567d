"""登记申请 on behalf of whoever came to the counter, wrote, faxed or spoke: shown with its day of receipt, its clock
and what came before it, then registered, then a receipt to print."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from gongkai.bureau.models import User
from gongkai.bureau.requests import as_file
from gongkai.bureau.roles import NotPermittedError, Role, actor_in
from gongkai.bureau.tokens import FormToken, new_token, read_token
from gongkai.law.errors import LawError
from gongkai.law.receipt import Channel
from gongkai.ledger.fields import keyring

from ..intake.arriving import is_known, take_in, taken_before
from ..intake.papers import OWN, Held, UnusableFileError, content_of, find, hold
from ..intake.parts import renew_code
from ..intake.printing import as_pdf
from ..intake.receipts import receipt_sheet
from ..intake.spam import judge
from ..models import Access, Application, Judgement
from .base import StaffMixin, case_address
from .registering_forms import STAFF_PARTS, UPLOADS, Preview, RegisterForm, preview

_SESSION = "applications.receipt"


class ClerkMixin(StaffMixin):
    """A page for those who register in the agency."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.user.agency_id != self.agency.pk or Role.CLERK not in actor_in(self.user).roles:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class RegisterView(ClerkMixin, TemplateView):
    """登记申请: filled in, shown with its effect, registered."""

    template_name = "applications/staff/register.html"

    def get_page_title(self) -> str:
        return "登记申请"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        initial = {"arrived_on": timezone.localdate(), "kind": "natural_person"}
        return self.shown(RegisterForm(initial=initial), new_token(), {})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        token = read_token(request.POST.get("token", ""))
        action = request.POST.get("action", "")
        if token is not None and action == "register" and taken_before(self.agency, token):
            return self.done(token)
        is_stale, token = token is None, token or new_token()
        form = RegisterForm(request.POST)
        held = self.held(form, token)
        if action == "edit":
            given = {name: request.POST.get(name, "") for name in RegisterForm.base_fields}
            return self.shown(RegisterForm(initial=given), token, held)
        if not form.is_valid():
            return self.shown(form, token, held, status=422)
        try:
            papers = [content_of(file, UPLOADS[name]) for name, file in held.items()] if action == "register" else []
            incoming = form.incoming(papers)
            if incoming.external_number and is_known(self.agency, incoming.external_number):
                form.add_error("external_number", "这个收件编号已经登记过，请核对是否重复登记。")
                return self.shown(form, token, held, status=422)
            if action != "register" or is_stale:
                return self.shown(form, token, held, preview=preview(self.agency.pk, incoming))
            take_in(self.agency, incoming, token, actor=self.user)
        except (LawError, NotPermittedError, UnusableFileError) as error:
            form.add_error(None, str(error))
            return self.shown(form, token, held, status=422)
        return self.done(token)

    def held(self, form: RegisterForm, token: FormToken) -> dict[str, Held]:
        """The files that came now or wait from before, by the field that they were chosen in."""
        found = {}
        for name in UPLOADS:
            place = f"{token.digest[:OWN]}-{name}"
            if upload := self.request.FILES.get(name):
                try:
                    found[name] = hold(upload.read(), upload.name or "", place)
                except UnusableFileError as error:
                    form.add_error(name, str(error))
            elif given := self.request.POST.get(f"held_{name}"):
                waiting = find(given, place)
                if waiting is None:
                    form.add_error(name, "暂存的文件已超过一小时，请重新选择。")
                else:
                    found[name] = waiting
        return found

    def done(self, token: FormToken) -> HttpResponse:
        taken = taken_before(self.agency, token)
        if taken is None:
            raise Http404
        remember(self.request, (taken.application, taken.query_code))
        messages.success(self.request, f"已登记，编号 {taken.application.number}。")
        return redirect("applications:registered", taken.application.pk)

    def shown(
        self,
        form: RegisterForm,
        token: FormToken,
        held: dict[str, Held],
        *,
        preview: Preview | None = None,
        status: int = 200,
    ) -> HttpResponse:
        parts = [
            (code, title, [(form[name], held.get(name)) for name in names if name in form.fields])
            for code, title, names in STAFF_PARTS
        ]
        kept = [(name, self.request.POST.get(name, "")) for name in form.fields if self.request.POST.get(name)]
        context = self.get_context_data(
            form=form, parts=parts, token=token.written, held=held, preview=preview, kept=kept, agency=self.agency
        )
        return self.render_to_response(context, status=status)


class RegisteredView(ClerkMixin, TemplateView):
    """What was registered, with the query code, once, for whoever registered it."""

    template_name = "applications/staff/registered.html"

    def get_page_title(self) -> str:
        return "接收回执"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application = own(self.request, self.kwargs["pk"])
        return super().get_context_data(**kwargs) | {
            "application": application,
            "code": code_in(self.request, application),
            "case_url": case_address(application.pk),
        }


class ReceiptView(ClerkMixin, View):
    """The receipt as a PDF, with the query code while it is known; who prints it is recorded."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        application = own(request, pk)
        Access.objects.create(application=application, user=self.user, what="接收回执")
        code = code_in(request, application)
        sheet = receipt_sheet(application.submission, query_code=code, signs=application.channel == Channel.COUNTER)
        response = as_file(as_pdf(sheet), f"接收回执{application.number}.pdf", "application/pdf")
        response.headers["Cache-Control"] = "no-store, private"
        return response


class NewCodeView(ClerkMixin, View):
    """A new query code for an applicant who has proved who they are; the former one is no good any more."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        application = own(request, pk)
        code = renew_code(application)
        Access.objects.create(application=application, user=self.user, what="重新给出查询码")
        remember(request, (application, code))
        return redirect("applications:registered", application.pk)


class JudgeView(ClerkMixin, View):
    """Whether what was marked 疑似垃圾 is an application."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        application = own(request, pk)
        given = request.POST.get("judgement", "")
        if given not in (Judgement.GENUINE, Judgement.SPAM):
            raise Http404
        try:
            judge(application.submission, Judgement(given), self.user)
            messages.success(request, f"已判断：{Judgement(given).label}。")
        except NotPermittedError as error:
            messages.error(request, str(error))
        return redirect(case_address(application.pk))


def own(request: HttpRequest, pk: int) -> Application:
    """An application of the clerk's agency that came in through this part; 404 for any other."""
    found = Application.objects.select_related("agency", "applicant", "submission").filter(
        pk=pk,
        agency=cast("User", request.user).agency_id,
        submission__isnull=False,
    )
    application = found.first()
    if application is None:
        raise Http404
    return application


def remember(request: HttpRequest, *coded: tuple[Application, str]) -> None:
    """Keep the query codes of what was registered together for this clerk, until others take their place; sessions
    are readable, so they are encrypted."""
    codes = {str(each.pk): keyring().encrypt(code, _context(each.pk)) for each, code in coded}
    request.session[_SESSION] = {"codes": codes}


def code_in(request: HttpRequest, application: Application) -> str:
    """The query code of an application that this clerk has registered just now; empty for any other."""
    known = (request.session.get(_SESSION) or {}).get("codes", {})
    code = known.get(str(application.pk))
    return keyring().decrypt(code, _context(application.pk)) if code else ""


def _context(pk: int) -> bytes:
    return f"{_SESSION} {pk}".encode()


urlpatterns = [
    path("register/", RegisterView.as_view(), name="register"),
    path("<int:pk>/registered/", RegisteredView.as_view(), name="registered"),
    path("<int:pk>/receipt.pdf", ReceiptView.as_view(), name="receipt"),
    path("<int:pk>/new-code/", NewCodeView.as_view(), name="new_code"),
    path("<int:pk>/judge/", JudgeView.as_view(), name="judge"),
]
