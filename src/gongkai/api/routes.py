"""The addresses of the interface: lists by key, single records, the same as CSV."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI, Path, Query, Schema

from gongkai import __version__
from gongkai.inquiries.queries import public_answers
from gongkai.portal.models import DocumentClass, Kind, Publication
from gongkai.portal.queries import public as public_items
from gongkai.portal.queries import public_edition
from gongkai.registers.credit import queries as credit
from gongkai.registers.public.base import agency_of_site, as_csv
from gongkai.registers.public.kinds import SHOWN, Shown
from gongkai.registers.queries import public as public_entries
from gongkai.reporting.models import AnnualReport
from gongkai.reporting.queries import public_reports

from . import shapes
from .answering import Fault, fault, speak_chinese
from .paging import USUAL, After, Limit, page_of

CREDIT = "xinyong"
_CREDIT_SAYS = (
    ("企业名称", "enterprise"),
    ("统一社会信用代码", "credit_code"),
    ("违法行为", "violation"),
    ("处理情况", "handling"),
    ("认定文号", "number"),
    ("认定日期", "decided_on"),
    ("公示日期", "published_on"),
    ("公示期满", "public_until"),
)
Key = Annotated[int, Path(ge=1, le=2**63 - 1)]
Year = Annotated[int, Path(ge=1900, le=2999)]
OfYear = Annotated[int | None, Query(ge=1900, le=2999, description="年份")]
FAULTS: dict[Any, Any] = {404: Fault, 422: Fault}

api = NinjaAPI(
    title="政府信息公开数据接口",
    version=__version__,
    description="本网站公开的全部信息，供程序读取。只读，不需要登记。列表按键翻页：把 next 写进下一次的 after。",
    openapi_url="/openapi.json",
    docs_url=None,
    urls_namespace="api",
)
speak_chinese(api)


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return fault(404, "没有这一条，或者没有公开。", "请从列表里取编号。")


def _csv(name: str, shape: type[Schema], rows: Iterable[dict[str, Any]]) -> HttpResponse:
    return as_csv(name, shapes.headings(shape), (list(row.values()) for row in rows))


# --- Publications and documents ----------------------------------------------------------------------


def _publications(year: int | None, kind: Kind | None) -> QuerySet[Publication]:
    found = public_items(agency_of_site().pk).select_related("column")
    if year is not None:
        found = found.filter(published_on__gte=date(year, 1, 1), published_on__lte=date(year, 12, 31))
    return found.filter(kind=kind) if kind else found


def _documents(of: DocumentClass | None) -> QuerySet[Publication]:
    found = public_items(agency_of_site().pk).select_related("column").exclude(document_class="")
    return found.filter(document_class=of) if of else found


def _rows(found: Iterable[Publication]) -> list[dict[str, Any]]:
    today = timezone.localdate()
    return [shapes.PublicationOut.of(each, today) for each in found]


@api.get("/publications", response={200: shapes.PublicationsOut, **FAULTS}, summary="主动公开信息")
def publications(
    request: HttpRequest, year: OfYear = None, kind: Kind | None = None, after: After = "", limit: Limit = USUAL
) -> dict[str, Any]:
    rows, following = page_of(_publications(year, kind), "live_from", after, limit)
    return {"items": _rows(rows), "next": following}


@api.get("/publications.csv", summary="主动公开信息，CSV", include_in_schema=False)
def publications_csv(request: HttpRequest, year: OfYear = None, kind: Kind | None = None) -> HttpResponse:
    return _csv("主动公开信息", shapes.PublicationOut, _rows(_publications(year, kind)))


@api.get("/publications/{item}", response={200: shapes.WholePublicationOut, **FAULTS}, summary="一条信息，连同正文")
def publication(request: HttpRequest, item: Key) -> dict[str, Any]:
    found = public_edition(agency_of_site().pk, item)
    if found is None:
        raise Http404
    shown, edition = found
    content = edition.data
    return shapes.PublicationOut.of(shown, timezone.localdate()) | {
        "summary": content["summary"],
        "html": content["html"],
        "attachments": [
            {"name": each["name"], "url": f"/{each['url'].lstrip('/')}"} for each in content["attachments"]
        ],
        "digest": edition.digest,
    }


@api.get("/documents", response={200: shapes.PublicationsOut, **FAULTS}, summary="文件，带有效性")
def documents(
    request: HttpRequest, document_class: DocumentClass | None = None, after: After = "", limit: Limit = USUAL
) -> dict[str, Any]:
    rows, following = page_of(_documents(document_class), "live_from", after, limit)
    return {"items": _rows(rows), "next": following}


@api.get("/documents.csv", summary="文件，CSV", include_in_schema=False)
def documents_csv(request: HttpRequest, document_class: DocumentClass | None = None) -> HttpResponse:
    return _csv("文件", shapes.PublicationOut, _rows(_documents(document_class)))


# --- Registers -----------------------------------------------------------------------------------------


def _register(code: str) -> Shown | None:
    """A register by its code; ``None`` for 统计信用公示, which has a gate of its own. 404 for others."""
    if code != CREDIT and code not in SHOWN:
        raise Http404
    return SHOWN.get(code)


def _entries(register: Shown | None) -> QuerySet[Any]:
    agency = agency_of_site()
    if register is None:
        return credit.public(agency.pk, timezone.localdate())
    return public_entries(register.model, agency.pk).filter(register.condition)


def _said(register: Shown | None, each: Any) -> dict[str, str]:
    if register is None:
        told = {head: getattr(each, name) for head, name in _CREDIT_SAYS}
    else:
        told = {head: say(each) for head, say in register.says}
    return {head: "" if value is None else str(value) for head, value in told.items()}


@api.get("/registers", response={200: list[shapes.RegisterOut], **FAULTS}, summary="有哪些名录")
def registers(request: HttpRequest) -> list[dict[str, Any]]:
    found = [
        {"code": each.code, "title": each.title, "columns": [head for head, _ in each.says]} for each in SHOWN.values()
    ]
    return [*found, {"code": CREDIT, "title": "统计信用公示", "columns": [head for head, _ in _CREDIT_SAYS]}]


@api.get("/registers/{code}.csv", summary="名录，CSV", include_in_schema=False)
def register_csv(request: HttpRequest, code: str) -> HttpResponse:
    register = _register(code)
    heads = [head for head, _ in (register.says if register else _CREDIT_SAYS)]
    found = _entries(register).order_by(f"-{register.day if register else 'published_on'}", "-pk")
    rows = (list(_said(register, each).values()) for each in found)
    return as_csv(register.title if register else "统计信用公示", heads, rows)


@api.get("/registers/{code}", response={200: shapes.EntriesOut, **FAULTS}, summary="名录")
def register(request: HttpRequest, code: str, after: After = "", limit: Limit = USUAL) -> dict[str, Any]:
    found = _register(code)
    rows, following = page_of(_entries(found), found.day if found else "published_on", after, limit)
    return {"items": [{"id": each.pk, "fields": _said(found, each)} for each in rows], "next": following}


# --- Annual reports ---------------------------------------------------------------------------------------


def _report(year: int, code: str) -> AnnualReport:
    found = public_reports().select_related("agency").filter(year=year, agency__code=code or agency_of_site().code)
    report = found.first()
    if report is None:
        raise Http404
    return report


def _cells(year: int, code: str) -> tuple[AnnualReport, list[dict[str, Any]]]:
    found = _report(year, code)
    report = found.as_published()
    rows = [
        {"cell": str(cell), "label": report.form.label(cell), "value": report.value(cell)}
        for cell in report.form.cells()
    ]
    return found, rows


OfAgency = Annotated[str, Query(max_length=32, pattern=r"^[^\x00]*$", description="机关代码；不写的是本机关")]


@api.get("/reports", response={200: shapes.ReportsOut, **FAULTS}, summary="年度报告")
def reports(request: HttpRequest) -> dict[str, Any]:
    found = public_reports().select_related("agency").defer("frozen", "prose").order_by("-year", "agency__path")
    return {
        "items": [
            {
                "agency": each.agency.name,
                "code": each.agency.code,
                "year": each.year,
                "form": each.form_code,
                "version": each.version,
                "published_at": each.published_at,
                "digest": each.digest,
            }
            for each in found
        ]
    }


@api.get("/reports/{year}.csv", summary="年度报告逐格的数，CSV", include_in_schema=False)
def report_csv(request: HttpRequest, year: Year, agency: OfAgency = "") -> HttpResponse:
    found, rows = _cells(year, agency)
    return _csv(f"{found.agency.name}{year}年度报告", shapes.CellOut, rows)


@api.get("/reports/{year}", response={200: shapes.CellsOut, **FAULTS}, summary="年度报告逐格的数")
def report(request: HttpRequest, year: Year, agency: OfAgency = "") -> dict[str, Any]:
    found, rows = _cells(year, agency)
    return {"agency": found.agency.name, "year": found.year, "form": found.form_code, "items": rows}


# --- Answered messages ------------------------------------------------------------------------------------


@api.get("/answers", response={200: shapes.AnswersOut, **FAULTS}, summary="留言的公开答复")
def answers(request: HttpRequest, after: After = "", limit: Limit = USUAL) -> dict[str, Any]:
    rows, following = page_of(public_answers(agency_of_site()), "published_on", after, limit)
    return {"items": [shapes.AnswerOut.of(each) for each in rows], "next": following}


@api.get("/answers.csv", summary="留言的公开答复，CSV", include_in_schema=False)
def answers_csv(request: HttpRequest) -> HttpResponse:
    return _csv("公开答复", shapes.AnswerOut, (shapes.AnswerOut.of(each) for each in public_answers(agency_of_site())))


@api.get("/answers/{key}", response={200: shapes.AnswerOut, **FAULTS}, summary="一条公开答复")
def answer(request: HttpRequest, key: Key) -> dict[str, Any]:
    found = public_answers(agency_of_site()).filter(pk=key).first()
    if found is None:
        raise Http404
    return shapes.AnswerOut.of(found)
