"""A letter that is served by being downloaded: the download is the proof of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.law.wording import chinese_date
from gongkai.ledger.services import lock

from .. import services
from ..models import Letter


@transaction.atomic
def prove_download(letter: Letter, now: datetime) -> bool:
    """Register the service of a letter of the mode 网上查询下载 at its first download, with the record of it as the
    proof; whether it was the first. Letters that went by mail are proved by the mail."""
    if letter.mode != "portal":
        return False
    lock(letter.application.agency_id)  # of two downloads at the same moment one is the first
    letter.refresh_from_db(fields=["served_on"])
    if letter.served_on is not None:
        return False
    local = timezone.localtime(now)
    record = "\n".join(
        (
            "网上送达记录",
            f"登记编号：{letter.application.number}",
            f"文书：{letter}",
            f"文书摘要（SHA-256）：{letter.file.digest if letter.file else ''}",
            f"申请人凭登记编号和查询码下载的时间：{chinese_date(local.date())} {local:%H:%M:%S}（北京时间）",
        )
    )
    services.record_service(letter.application, local.date(), letter, record.encode(), "网上送达记录.txt")
    return True
