"""Who may read whose records."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.test import Client

from gongkai.bureau.models import Agency, User
from gongkai.bureau.queries import may_see, visible_agencies
from gongkai.bureau.roles import Role, roles_of


@pytest.fixture
def tree(agency: Agency) -> dict[str, Agency]:
    county = agency.add_child(code="county", name="鹿城区统计局")
    town = county.add_child(code="town", name="某镇统计站")
    other = Agency.add_root(code="other", name="另一机关")
    return {"city": agency, "county": county, "town": town, "other": other}


@pytest.mark.parametrize(
    ("home", "supervising", "seen"),
    [
        ("city", False, {"city"}),
        ("city", True, {"city", "county", "town"}),
        ("county", True, {"county", "town"}),
        ("other", True, {"other"}),
        (None, True, set()),
    ],
)
def test_a_supervisor_sees_the_bodies_below_and_nobody_sees_beside_or_above(
    tree: dict[str, Agency], home: str | None, supervising: bool, seen: set[str]
) -> None:
    user = User.objects.create(username="u", agency=tree[home] if home else None, supervising=supervising)
    assert set(visible_agencies(user)) == {tree[name] for name in seen}
    assert {name for name, agency in tree.items() if may_see(user, agency)} == seen


def test_visitors_and_dismissed_staff_see_nothing_and_the_administrator_all(tree: dict[str, Agency]) -> None:
    assert not visible_agencies(AnonymousUser()).exists()
    dismissed = User.objects.create(username="d", agency=tree["city"], supervising=True, is_active=False)
    assert not visible_agencies(dismissed).exists()
    assert visible_agencies(User(username="root", is_superuser=True)).count() == 4


def test_the_roles_are_there_from_the_start_and_open_the_back_office(agency: Agency, client: Client) -> None:
    user = User.objects.create(username="u", agency=agency, last_name="欧阳", first_name="某")
    assert roles_of(user) == frozenset()
    user.groups.add(Group.objects.get(name="经办"), Group.objects.get(name="负责人"))
    assert roles_of(user) == {Role.CLERK, Role.LEADER}
    assert user.get_full_name() == "欧阳某"
    client.force_login(User.objects.get(pk=user.pk))
    response = client.get("/admin/")
    assert response.status_code == 200
    assert "script-src 'self' 'unsafe-inline'" in response["Content-Security-Policy"]


def test_a_page_of_the_public_runs_no_inline_script(client: Client, db: None) -> None:
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
