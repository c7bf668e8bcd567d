"""The back office is a program of its own: in Chinese, with its own name, and nothing in it that leads nowhere."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

import gongkai.desk
from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import Role
from gongkai.portal.staff.access import KEEPERS, WRITERS

from ..reporting import world
from .words import foreign, foreign_of

pytestmark = pytest.mark.anywhere

LOCALE = Path(gongkai.desk.__file__).parent / "locale/zh_Hans/LC_MESSAGES"
PAGES = (
    "/admin/",
    "/admin/applications/",
    "/admin/applications/?urgency=open&year=2020",
    "/admin/inquiries/",
    "/admin/records/inquiries/",
    "/admin/records/decisions/?year=1999",
    "/admin/import/",
    "/admin/account/",
    "/admin/annual-reports/",
    "/admin/annual-reports/2019/",
    "/admin/annual-reports/2019/cell/3.received.total/",
    "/admin/nothing-here/",
)
LABEL = re.compile(r'"label": "([^"]*)"')


@pytest.fixture
def administrator(agency: Agency) -> Client:
    user = world.user(agency, "guanliyuan")
    user.is_superuser = True
    user.save()
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("path", PAGES)
def test_staff_read_chinese(as_clerk: Client, open_cases: Agency, path: str) -> None:
    # SECTION is the name of a check, under which the manual explains it.
    assert foreign_of(as_clerk.get(path).content.decode(), "docx", "clerk", "closed", "SECTION") == set()


@pytest.mark.parametrize("path", ["/admin/", "/admin/account/", "/admin/import/", "/admin/users/", "/admin/users/new/"])
def test_the_administrator_reads_chinese(administrator: Client, agency: Agency, path: str) -> None:
    assert foreign_of(administrator.get(path).content.decode(), "guanliyuan", "True") == set()


def test_signing_in_is_chinese_and_says_whose_desk_it_is(client: Client, agency: Agency) -> None:
    html = client.get("/admin/login/").content.decode()
    assert foreign_of(html) == set()
    assert agency.name in html
    wrong = client.post("/admin/login/", {"username": "nobody", "password": "wrong"}).content.decode()
    assert foreign_of(wrong, "nobody") == set()
    assert "请重试" in wrong or "再试" in wrong or "不匹配" in wrong


def test_signing_in_needs_no_database_of_agencies(client: Client, db: None) -> None:
    assert "政府信息公开工作台" in client.get("/admin/login/").content.decode()


def test_refusals_and_changes_of_password_are_chinese(as_clerk: Client, clerk: User) -> None:
    refused = as_clerk.get("/admin/users/", follow=True).content.decode()
    assert "您的角色不能使用这个页面" in refused
    html = as_clerk.post(
        "/admin/account/",
        {"password-old_password": "wrong", "password-new_password1": "1", "password-new_password2": "2"},
    ).content.decode()
    assert "error" in html
    assert foreign_of(html, "clerk") == set()


def sidebar(client: Client) -> str:
    """The sidebar as its script is told it."""
    props = LexborHTMLParser(client.get("/admin/").content.decode()).css_first("#wagtail-sidebar-props")
    assert props is not None
    return json.dumps(json.loads(props.text()), ensure_ascii=False)


@pytest.mark.parametrize("role", Role)
def test_the_menu_has_what_a_role_can_use(client: Client, agency: Agency, role: Role) -> None:
    client.force_login(world.user(agency, "someone", [role]))
    told = sidebar(client)
    for address in ("/admin/applications/", "/admin/inquiries/", "/admin/annual-reports/"):
        assert f'"{address}"' in told
        assert client.get(address).status_code == 200
    may_import = role is Role.CLERK
    assert ('"/admin/import/"' in told) == may_import
    assert client.get("/admin/import/").status_code == (200 if may_import else 302)
    writes, keeps = role in WRITERS, role in KEEPERS
    for address, may in (
        ("/admin/portal/items/", True),
        ("/admin/portal/columns/", True),
        ("/admin/images/", writes),
        ("/admin/documents/", writes),
        ("/admin/portal/words/", keeps),
        ("/admin/portal/indicators/", keeps),
    ):
        assert (f'"{address}"' in told) == may, address
        assert client.get(address).status_code == (200 if may else 302)
    for elsewhere in ("/admin/pages/", "/admin/reports/", "/admin/users/", "/admin/snippets/", "wagtail.org", "http"):
        assert elsewhere not in told
    labels = LABEL.findall(told)
    assert {"依申请公开", "群众留言", "年度报告", "账号", "退出登录"} <= set(labels)
    assert foreign(" ".join(labels)) == set()


def test_an_account_without_agency_has_no_menu_of_records(client: Client, db: None) -> None:
    client.force_login(world.user(None, "nobody", [Role.CLERK]))
    assert "/admin/records/" not in sidebar(client)
    assert "/admin/import/" not in sidebar(client)


def test_the_administrator_manages_people_and_nothing_that_has_no_use_yet(
    administrator: Client, agency: Agency
) -> None:
    told = sidebar(administrator)
    assert "/admin/users/" in told
    assert "/admin/groups/" in told
    assert "SearchModule" not in told
    for hidden in ("/admin/pages/", "/admin/snippets/", "/admin/workflows/", "/admin/sites/", "/admin/redirects/"):
        assert hidden not in told
    assert "Wagtail v" not in told


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/", "/admin/nothing-here/", "/admin/applications/"])
def test_nothing_advertises_or_leads_outside(as_clerk: Client, agency: Agency, path: str) -> None:
    client = Client() if path.endswith("login/") else as_clerk
    page = LexborHTMLParser(client.get(path).content.decode())
    title = page.css_first("title")
    assert title is not None
    assert title.text().endswith("- 公开")
    assert [a.attributes["href"] for a in page.css("a[href^=http], a[href^='//']")] == []
    icon = page.css_first("link[rel=icon]")
    assert icon is not None
    assert "desk/mark.svg" in str(icon.attributes["href"])
    for script in page.css("script"):
        script.decompose()
    assert "Wagtail" not in page.body.text()  # type: ignore[union-attr]


def test_scripts_speak_chinese(client: Client, db: None) -> None:
    catalogue = client.get("/admin/jsi18n/").content.decode()
    for word in ("工作台", "展开或者收起侧栏", "网络出错。", "关闭"):
        assert word in _unescaped(catalogue)


def _unescaped(script: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), script)


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_what_is_compiled_is_what_is_written(domain: str) -> None:
    written = read_po(io.BytesIO((LOCALE / f"{domain}.po").read_bytes()))
    compiled = read_mo(io.BytesIO((LOCALE / f"{domain}.mo").read_bytes()))
    assert said(written) == said(compiled)


def said(catalogue: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    """What a catalogue says of each original, with its plural where it has one."""
    return {_several(message.id): _several(message.string) for message in catalogue if message.id}


def _several(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_every_translation_keeps_the_places_of_its_original(domain: str) -> None:
    for message in read_po(io.BytesIO((LOCALE / f"{domain}.po").read_bytes())):
        if message.id:
            known = set(re.findall(r"%\(\w+\)[sd]", " ".join(_several(message.id))))
            for string in _several(message.string):
                assert string
                assert set(re.findall(r"%\(\w+\)[sd]", string)) <= known, message.id
