"""A site with columns of every kind, and a reader without a script."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from gongkai.bureau.models import Agency
from gongkai.portal.models import Column, ColumnType, Door, Kind, Presentation

from .. import world

Reader = Callable[..., LexborHTMLParser]


@pytest.fixture
def agency(agency: Agency) -> Agency:
    """The bureau with what its pages say of it."""
    agency.site_code, agency.address, agency.postcode = "3303000077", "鹿城区学院中路303号", "325009"
    agency.telephone, agency.fax, agency.email = "0577-88960000", "0577-88960001", "xxgk@tjj.example"
    agency.save()
    return agency


def columns(bureau: SimpleNamespace) -> SimpleNamespace:
    """The bureau of :mod:`tests.portal.world` with more columns, by their names in ``columns``."""
    agency = bureau.agency
    Column.objects.filter(pk=bureau.first.pk).update(slug="gzdt", path="gzdt")
    Column.objects.filter(pk=bureau.column.pk).update(slug="sjdt", path="gzdt/sjdt")
    bureau.first.refresh_from_db()
    made = {"工作动态": bureau.first}

    def column(name: str, above: str = "", **fields: object) -> None:
        made[name] = Column.objects.create(agency=agency, parent=made.get(above), name=name, order=len(made), **fields)

    column("通知公告", "工作动态", slug="tzgg", type=ColumnType.NOTICES, kind=Kind.NEWS)
    column("统计数据", slug="tjsj", type=ColumnType.DATA, category="statistics")
    column("政务公开", slug="zwgk", type=ColumnType.PLATFORM)
    column("政策文件", "政务公开", slug="zcwj", type=ColumnType.DOCUMENTS, category="rules_and_documents")
    column("政策解读", "政务公开", slug="zcjd", type=ColumnType.INTERPRETATIONS, kind=Kind.INTERPRETATION)
    column("信息公开指南", "政务公开", door=Door.GUIDE, presentation=Presentation.PAGE)
    column("信息公开制度", "政务公开", door=Door.POLICIES)
    column("机构职能", slug="jgzn", type=ColumnType.OVERVIEW, presentation=Presentation.PAGE, category="organisation")
    column("统计信用公示", slug="tjxygs", type=ColumnType.CREDIT)
    bureau.columns = {**made, "市局动态": Column.objects.get(pk=bureau.column.pk)}
    bureau.column = bureau.columns["市局动态"]
    return bureau


@pytest.fixture
def site(bureau: SimpleNamespace) -> SimpleNamespace:
    """A site; see :func:`columns`."""
    return columns(bureau)


@pytest.fixture
def read(client: Client) -> Reader:
    """Asks for a page and parses it; the status is 200 unless told."""

    def ask(path: str, status: int = 200, **headers: str) -> LexborHTMLParser:
        response = client.get(path, headers=headers)
        assert response.status_code == status, path
        return LexborHTMLParser(response.content.decode())

    return ask


def links(page: LexborHTMLParser, selector: str = "main a") -> list[str]:
    """Addresses of links in order."""
    return [str(node.attributes["href"]) for node in page.css(selector)]


def texts(page: LexborHTMLParser, selector: str) -> list[str]:
    """Texts of nodes in order."""
    return [node.text(strip=True) for node in page.css(selector)]


def adopt(site: SimpleNamespace, title: str, column: str, published: str, **fields: object) -> object:
    """Something that was public already at a moment, published in one step."""
    from gongkai.portal import services

    item = world.draft(site, title, column=site.columns[column], **fields)
    services.adopt(item, site.leader, world.moment(published))
    return item
