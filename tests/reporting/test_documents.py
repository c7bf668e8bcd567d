"""A document that both the ledger and the site have stands in table 二 once, with the dates that the site has."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from gongkai.annual.forms import FORM_2019, FORM_2021, Cell, Form
from gongkai.bureau.figures import Scope
from gongkai.bureau.models import Agency, User
from gongkai.portal import services
from gongkai.portal.models import Publication
from gongkai.registers.models import Document
from gongkai.reporting.cells import compute, compute_each, records_behind
from gongkai.reporting.difference import changed_since

from ..portal import world as portal

YEAR = 2020


@pytest.fixture
def on_site(agency: Agency) -> Publication:
    """A document made and published on the site in 2020."""
    bureau = portal.populate(agency)
    item = portal.published(
        bureau,
        "统计调查项目管理办法",
        at=portal.moment("2020-03-03 09:00"),
        type="document",
        document_class="normative_documents",
        document_number="温统〔2020〕1号",
        formed_on=date(2020, 3, 2),
        issuer="温州市统计局",
    )
    return item.publication


def in_ledger(agency: Agency, number: str, title: str = "另一文件", made: date = date(2020, 3, 2)) -> Document:
    return Document.objects.create(
        agency=agency,
        kind="normative_documents",
        title=title,
        document_number=number,
        made_on=made,
        published_on=made,
    )


def value(agency: Agency, form: Form, column: str) -> int | object:
    return compute(agency, Scope.of(agency, YEAR), form).value(f"2.normative_documents.{column}")


def first(form: Form) -> str:
    """A column of documents of the form that counts what was made or first published in the year."""
    return next(cell.column for cell in form.cells() if cell.table == "2" and cell.column in ("made", "published"))


@pytest.mark.parametrize("form", [FORM_2019, FORM_2021], ids=lambda form: form.code)
@pytest.mark.parametrize(
    ("number", "title", "made", "total"),
    [
        ("温统〔2020〕2号", "另一文件", date(2020, 3, 2), 2),
        ("温统〔2020〕1号", "另一文件", date(2020, 3, 2), 1),
        ("温统〔2020〕1号", "另一文件", date(2019, 3, 2), 1),  # the site's dates are the ones
        ("", "另一文件", date(2020, 3, 2), 2),
        ("", "统计调查项目管理办法", date(2020, 3, 2), 1),
        ("", "统计调查项目管理办法", date(2020, 3, 9), 2),
    ],
)
def test_what_ledger_and_site_both_have_is_counted_once(
    agency: Agency, on_site: Publication, form: Form, number: str, title: str, made: date, total: int
) -> None:
    in_ledger(agency, number, title, made)
    column = first(form)
    assert value(agency, form, column) == total
    behind = records_behind(Cell("2", "normative_documents", column), Scope.of(agency, YEAR), form)
    assert sum(each.value() for each in behind) == total
    assert len(behind) == 3


def test_the_site_alone_and_the_ledger_alone_are_counted(agency: Agency, on_site: Publication) -> None:
    assert value(agency, FORM_2019, first(FORM_2019)) == 1
    other = Agency.add_root(code="x", name="另一机关")
    in_ledger(other, on_site.document_number)
    assert value(other, FORM_2019, first(FORM_2019)) == 1, "another body's document of the same number is another"
    both = compute_each({agency.pk: agency, other.pk: other}, YEAR, FORM_2019)
    cell = f"2.normative_documents.{first(FORM_2019)}"
    assert [report.value(cell) for report in both.values()] == [1, 1]


def test_a_document_whose_validity_changed_after_the_report_explains_the_difference(on_site: Publication) -> None:
    rows = Publication.objects.all()
    before = timezone.now()
    assert list(changed_since(rows, before)) == []
    agency = on_site.agency
    staff = User.objects.get(agency=agency, username="leader")
    services.withdraw(on_site.item, staff, "内容有误")
    assert list(changed_since(rows, before)) == [on_site]
