"""An applicant who takes the application back over the internet: it ends, with a record of who said so and how."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from gongkai.law.wording import chinese_date
from gongkai.ledger.services import lock

from .. import services, vault
from ..models import Application, FileKind
from .telling import tell_withdrawn

RECORD_NAME = "网上撤回记录.txt"


def withdraw(application: Application) -> Application:
    """End it today. Raises :class:`NotPermittedError` once it is answered, as the transition table has it."""
    now = timezone.localtime()
    record = "\n".join(
        (
            RECORD_NAME.removesuffix(".txt"),
            f"登记编号：{application.number}",
            f"申请人凭登记编号和查询码撤回申请的时间：{chinese_date(now.date())} {now:%H:%M:%S}（北京时间）",
        )
    )
    file = None
    try:
        with transaction.atomic():
            lock(application.agency_id)  # of withdrawing and answering at the same moment one comes first
            services.withdraw(application, now.date())
            file = vault.keep(application, record.encode(), RECORD_NAME, FileKind.REQUEST)
            tell_withdrawn(application, now.date())
    except BaseException:
        if file is not None:
            default_storage.delete(file.path)
        raise
    return application
