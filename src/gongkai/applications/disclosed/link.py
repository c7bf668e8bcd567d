"""What stands of the log on the portal's page 依申请公开 (``GONGKAI_APPLICATION_PANELS``)."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from gongkai.bureau.models import Agency

from .models import Disclosed, Status


def panel(request: HttpRequest, agency: Agency) -> SafeString:
    """The way to the log, once there is one."""
    if not Disclosed.objects.filter(agency=agency, status=Status.DRAFTED).exists():
        return mark_safe("")
    return mark_safe(
        '<p class="hint">已经答复、可以公开的申请，见<a href="/ysqgk/mulu/">依申请公开目录</a>，申请前可以先查看。</p>'
    )
