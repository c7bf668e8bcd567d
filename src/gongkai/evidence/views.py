"""One page: what the bundle holds, which variant, and the button that makes it."""

from __future__ import annotations

from functools import cached_property
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.applications.models import Application
from gongkai.applications.staff.access import own_or_404
from gongkai.bureau.models import User
from gongkai.bureau.requests import as_file
from gongkai.bureau.roles import NotPermittedError
from gongkai.disputes.models import Dispute

from . import services
from .access import may_take
from .keys import public_key
from .verifying import fingerprint


@method_decorator(never_cache, name="dispatch")
class BundleView(WagtailAdminTemplateMixin, TemplateView):
    """Made by POST, because it is recorded who took it; it comes as a download."""

    template_name = "evidence/bundle.html"
    header_icon = "download"
    page_title = "证据包"
    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def application(self) -> Application:
        found = own_or_404(self.request, self.kwargs["pk"])
        if not may_take(cast("User", self.request.user), found):
            raise Http404
        return found

    def get_page_subtitle(self) -> str:
        return self.application.number

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        application = self.application
        case = {"url": reverse("applications:case", args=[application.pk]), "label": application.number}
        return [*self.breadcrumbs_items, case, {"url": "", "label": self.page_title}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        application, variant = self.application, request.POST.get("variant", "")
        if variant not in services.VARIANTS:
            messages.error(request, "请选择版本。")
            return self.render_to_response(self.get_context_data(), status=422)
        redacted = variant == services.REDACTED
        try:
            bundle = services.make(application, redacted=redacted, user=cast("User", request.user))
        except NotPermittedError as error:
            messages.error(request, str(error))
            return self.render_to_response(self.get_context_data(), status=409)
        return as_file(bundle.content, bundle.name, "application/zip")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application = self.application
        disputes = Dispute.objects.filter(application=application).only("number").order_by("filed_on", "pk")
        return super().get_context_data(**kwargs) | {
            "application": application,
            "case_url": reverse("applications:case", args=[application.pk]),
            "disputes": [(each.number, reverse("disputes:case", args=[each.pk])) for each in disputes],
            "variants": services.VARIANTS.items(),
            "fingerprint": fingerprint(public_key()),
        }
