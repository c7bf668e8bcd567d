"""Whose site this is: the body whose name stands in the masthead and whose particulars stand in the footer."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib import resources

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from gongkai.annual.write.html import style
from gongkai.bureau.models import Agency

# Places of the footer that the law or the platform's standard asks for; what is not set is left out.
FOOTER_LINKS = {
    "GONGKAI_ICP": ("ICP 备案号", "https://beian.miit.gov.cn/"),
    "GONGKAI_POLICE_RECORD": ("公安备案号", "https://beian.mps.gov.cn/"),
}


def bureau() -> Agency | None:
    """The agency of ``GONGKAI_SITE_AGENCY``, or the topmost one that was registered first."""
    agencies = Agency.objects.all()
    if settings.GONGKAI_SITE_AGENCY:
        return agencies.filter(code=settings.GONGKAI_SITE_AGENCY).first()
    return agencies.order_by("path").first()


def site(request: HttpRequest) -> dict[str, object]:
    """What every public page needs: the bureau, its style sheet and its footer. A context processor."""
    if request.path.startswith("/admin/"):
        return {}
    records = [
        (label, getattr(settings, name), address)
        for name, (label, address) in FOOTER_LINKS.items()
        if getattr(settings, name)
    ]
    return {"bureau": bureau(), "site_css": style_address(), "site_records": records}


@cache
def stylesheet() -> str:
    """The one style sheet of the public pages: that of the site and that of the report."""
    own = resources.files("gongkai.portal").joinpath("static/portal/portal.css")
    return own.read_text("utf-8") + style()


def style_address() -> str:
    """Where it is; the address changes with what it says, so that it can be kept for ever."""
    return f"{reverse('portal:style')}?v={sha256(stylesheet().encode()).hexdigest()[:12]}"
