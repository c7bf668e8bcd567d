"""The form to print, how an application goes through the office, and what becomes of personal data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.bureau.models import Agency
from gongkai.bureau.requests import as_file
from gongkai.law.parameters import standard_parameters
from gongkai.law.retention import Kept, standard_periods

from ..intake.printing import as_docx, as_pdf
from ..intake.receipts import FORM_TITLE, form_sheet
from ..models import RetentionSchedule
from .base import DOOR, agency_of_site

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop on the way of an application: what happens, by when, by which article."""

    title: str
    text: str
    article: str
    branches: tuple[tuple[str, str], ...] = ()


@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """申请表 and 办理流程图."""
    return _page(request, "papers", {"stops": stops()})


@require_safe
def form_docx(request: HttpRequest) -> HttpResponse:
    """The form as a Word document."""
    return as_file(as_docx(form_sheet(agency_of_site())), f"{FORM_TITLE}.docx", DOCX)


@require_safe
def form_pdf(request: HttpRequest) -> HttpResponse:
    """The form to print."""
    return as_file(as_pdf(form_sheet(agency_of_site())), f"{FORM_TITLE}.pdf", "application/pdf")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """个人信息处理告知 (个人信息保护法 Article 17): who, what for, how, which kinds, how long, which rights."""
    return _page(request, "privacy", {"kept": _kept(agency_of_site())})


def stops() -> list[Stop]:
    """The way of an application as the law has it today."""
    law, today = standard_parameters(), timezone.localdate()
    days = {code: law.on(code, today).number for code in ("correction_request", "reply", "extension", "consultation")}
    return [
        Stop(
            "提出申请", "当面、邮寄、互联网、传真；书写困难的可以口头提出，由本机关代为填写。", "第二十七条、第二十九条"
        ),
        Stop("登记", "确定收到申请之日，出具接收回执。", "第三十一条"),
        Stop(
            "审查",
            "内容明确的，进入办理。",
            "第三十条",
            (
                (
                    "内容不明确",
                    f"{days['correction_request']}个工作日内一次性告知补正；收到补正之日起重新计算期限。逾期不补正的，视为放弃。",
                ),
            ),
        ),
        Stop(
            "办理",
            "检索、审查所申请的政府信息。",
            "第三十二条至第三十八条",
            (
                ("涉及第三方", f"书面征求意见，第三方{days['consultation']}个工作日内答复，其间不计入期限。"),
                ("涉及其他机关", "征求意见，其间不计入期限。"),
                ("不能按期答复", f"经负责人同意并告知申请人，延长不超过{days['extension']}个工作日。"),
            ),
        ),
        Stop(
            "答复", f"自收到申请之日起{days['reply']}个工作日内书面答复，说明理由和救济途径。", "第三十三条、第三十六条"
        ),
        Stop("送达", "按申请人要求的途径送达，留存送达凭证。", "第四十条"),
        Stop("归档", "全部材料归档。", "第四十五条"),
        Stop("救济", "对答复不服的，可以依法申请行政复议或者提起行政诉讼。", "第五十一条"),
    ]


def _kept(agency: Agency) -> list[tuple[str, int]]:
    """For how many years what is kept: as the agency has fixed it, else as the program proposes."""
    fixed = RetentionSchedule.objects.filter(agency=agency).first()
    if fixed is not None:
        return [(Kept.ID_PROOF.label, fixed.id_proof_years), (Kept.APPLICANT.label, fixed.applicant_years)]
    return [(period.kept.label, period.years) for period in standard_periods(timezone.localdate()).values()]


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"applications/public/{name}.html", {"door": DOOR, "agency": agency_of_site(), **context})
