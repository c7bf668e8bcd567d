"""What stands of 更正 on the portal's page 依申请公开 (``GONGKAI_APPLICATION_PANELS``)."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from gongkai.bureau.models import Agency


def panel(request: HttpRequest, agency: Agency) -> SafeString:
    """The way to ask that a record about oneself be set right."""
    return render_to_string("applications/public/correction_panel.html", {"agency": agency}, request)
