"""Accounts made in the back office belong to a body: otherwise nobody but the administrator could work."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from gongkai.bureau.models import Agency, Department, User
from gongkai.bureau.queries import visible_agencies
from gongkai.bureau.roles import Role, roles_of

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture
def bureau() -> Agency:
    return Agency.add_root(code="330300-tj", name="温州市统计局")


@pytest.fixture
def administrator(client: Client, bureau: Agency) -> Client:
    client.force_login(User.objects.create_superuser("guanli", "guanli@example.cn", PASSWORD))
    return client


def filled(agency: Agency, **more: Any) -> dict[str, Any]:
    return {
        "username": "jingban",
        "email": "jingban@example.cn",
        "last_name": "王",
        "first_name": "经办",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "groups": [Group.objects.get(name=Role.CLERK.label).pk],
        "agency": agency.pk,
        **more,
    }


def test_an_account_made_in_the_settings_can_work_for_its_body(administrator: Client, bureau: Agency) -> None:
    office = Department.objects.create(agency=bureau, name="办公室")
    form = administrator.get("/admin/users/new/").content.decode()
    assert all(f'name="{name}"' in form for name in ("agency", "department", "post", "supervising"))
    assert "条例第四十七条" in form
    made = administrator.post("/admin/users/new/", filled(bureau, department=office.pk, post="科员", supervising="on"))
    assert made.status_code == 302, made.content.decode()
    clerk = User.objects.get(username="jingban")
    assert (clerk.agency, clerk.department, clerk.post, clerk.supervising) == (bureau, office, "科员", True)
    assert roles_of(clerk) == {Role.CLERK}
    assert list(visible_agencies(clerk)) == [bureau]
    browser = Client()
    assert browser.login(username="jingban", password=PASSWORD)
    assert browser.get("/admin/annual-reports/2020/").status_code == 200


def test_an_account_can_be_moved_to_another_body(administrator: Client, bureau: Agency) -> None:
    county = bureau.add_child(code="330302-tj", name="鹿城区统计局")
    administrator.post("/admin/users/new/", filled(bureau))
    clerk = User.objects.get(username="jingban")
    changed = filled(county, is_active="on", password1="", password2="")
    assert administrator.post(f"/admin/users/edit/{clerk.pk}/", changed).status_code == 302
    clerk.refresh_from_db()
    assert clerk.agency == county
    assert clerk.check_password(PASSWORD)


def test_a_department_of_another_body_is_refused(administrator: Client, bureau: Agency) -> None:
    county = bureau.add_child(code="330302-tj", name="鹿城区统计局")
    other = Department.objects.create(agency=county, name="综合科")
    answer = administrator.post("/admin/users/new/", filled(bureau, department=other.pk))
    assert "综合科是鹿城区统计局的内设机构" in answer.content.decode()
    assert not User.objects.filter(username="jingban").exists()
