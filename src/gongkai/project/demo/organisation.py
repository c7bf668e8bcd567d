"""The bodies and people of the demonstration."""

from __future__ import annotations

from pathlib import Path
from secrets import choice
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from gongkai.bureau.models import Agency, Department, User
from gongkai.bureau.roles import Role
from gongkai.ledger.keyfile import secret_file

from .targets import BUREAU

CITY_OFFICE = "330300-zfb"
_COUNTIES = {"330302-tjj": ("鹿城区统计局（演示）", "330302"), "330381-tjj": ("瑞安市统计局（演示）", "330381")}
_DEPARTMENTS = ("办公室", "综合核算处", "工业能源处", "人口就业处", "统计执法监督处", "市普查中心")
# No letters or digits that look alike.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class Person(NamedTuple):
    """A demonstration user: name to sign in with, post, role, body and department."""

    username: str
    post: str
    role: Role | None
    agency: str = BUREAU
    department: str = "办公室"  # of the disclosure office, unless it is said
    supervising: bool = False
    superuser: bool = False


LEADER = "fuzeren"
OFFICE_CHIEF = "shenhe"
PEOPLE = (
    Person("jingban", "办公室经办", Role.CLERK),
    Person("fuzhuren", "办公室副主任（部门初审）", Role.REVIEWER),
    Person(OFFICE_CHIEF, "办公室主任（公开机构审查）", Role.REVIEWER),
    Person(LEADER, "分管副局长（负责人）", Role.LEADER),
    Person("anquanyuan", "安全员", Role.SECURITY_OFFICER),
    Person("chengban", "综合核算处承办", Role.HANDLER, department="综合核算处"),
    Person("hesuan", "综合核算处处长（部门初审）", Role.REVIEWER, department="综合核算处"),
    Person("gongye-cb", "工业能源处承办", Role.HANDLER, department="工业能源处"),
    Person("gongye", "工业能源处处长（部门初审）", Role.REVIEWER, department="工业能源处"),
    Person("renkou-cb", "人口就业处承办", Role.HANDLER, department="人口就业处"),
    Person("renkou", "人口就业处处长（部门初审）", Role.REVIEWER, department="人口就业处"),
    Person("zhifa-cb", "统计执法监督处承办", Role.HANDLER, department="统计执法监督处"),
    Person("zhifa", "统计执法监督处处长（部门初审）", Role.REVIEWER, department="统计执法监督处"),
    Person("pucha-cb", "市普查中心承办", Role.HANDLER, department="市普查中心"),
    Person("pucha", "市普查中心主任（部门初审）", Role.REVIEWER, department="市普查中心"),
    Person("xianju", "县局经办", Role.CLERK, agency="330302-tjj"),
    Person("jiandu", "市政府办公室监督", Role.REVIEWER, agency=CITY_OFFICE, supervising=True),
    Person("admin", "系统管理员", None, superuser=True),
)

# Who writes in each department, and who passes what was written there.
_WRITERS = {
    person.department: person.username
    for person in PEOPLE
    if person.role in (Role.CLERK, Role.HANDLER) and person.agency == BUREAU
}
_CHIEFS = {
    person.department: person.username
    for person in reversed(PEOPLE)
    if person.role is Role.REVIEWER and person.agency == BUREAU
}


def writer_of(department: str) -> str:
    """The user who writes in a department."""
    return _WRITERS[department]


def chief_of(department: str) -> str:
    """The user who passes what a department wrote; in the office not the one who passes for the office."""
    return _CHIEFS[department]


def establish() -> Agency:
    """Make the bodies of the demonstration that are not there yet; returns the bureau."""
    office = _agency(None, CITY_OFFICE, "温州市人民政府办公室（演示）", "330300", Agency.Kind.GOVERNMENT)
    bureau = _agency(office, BUREAU, "温州市统计局（演示）", "330300", Agency.Kind.DEPARTMENT)
    for code, (name, region) in _COUNTIES.items():
        _agency(bureau, code, name, region, Agency.Kind.DEPARTMENT)
    for order, name in enumerate(_DEPARTMENTS):
        Department.objects.get_or_create(agency=bureau, name=name, defaults={"order": order})
    return bureau


def _agency(parent: Agency | None, code: str, name: str, region: str, kind: str) -> Agency:
    known: Agency | None = Agency.objects.filter(code=code).first()
    if known is not None:
        return known
    fields = {
        "code": code,
        "name": name,
        "short_name": name.removesuffix("（演示）"),
        "region_code": region,
        "credit_code": "11330300000000000U" if code == BUREAU else "",  # zeros for the nine places of an organisation
        "site_code": "3303000000" if code == BUREAU else "",
        "kind": kind,
        "office": "办公室",
        "address": "浙江省温州市鹿城区（演示地址）",
        "postcode": "325000",
        "office_hours": "工作日8:30—12:00、14:00—17:30（演示）",
        "telephone": "0577-00000000",
        "fax": "0577-00000000",
        "email": "xxgk@tjj.wenzhou.example",
        "website": "https://tjj.wenzhou.example/",
        "review_government": "温州市人民政府",
        "review_online": "浙江省行政复议网上申请平台（演示）",
        "review_superior": "浙江省统计局",
        "court": "温州市鹿城区人民法院",
        "is_demo": True,
    }
    made: Agency = parent.add_child(**fields) if parent else Agency.add_root(**fields)
    return made


def password(home: Path) -> str:
    """The password of all demonstration users of this installation, made on first use."""
    return secret_file(home / "keys" / "demo.password", lambda: "-".join(_word() for _ in range(3)))


def _word() -> str:
    return "".join(choice(_LETTERS) for _ in range(4))


def people(home: Path) -> None:
    """Make the users that are not there yet and give every one the demonstration password."""
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    departments = {(d.agency_id, d.name): d for d in Department.objects.all()}
    groups = {group.name: group for group in Group.objects.all()}
    hashed = make_password(password(home))
    for person in PEOPLE:
        agency = agencies[person.agency]
        user, _ = User.objects.update_or_create(
            username=person.username,
            defaults={
                "password": hashed,
                "last_name": "演示",
                "first_name": person.post,
                "post": person.post[:40],
                "agency": agency,
                "department": departments.get((agency.pk, person.department)),
                "supervising": person.supervising,
                "is_staff": person.superuser,
                "is_superuser": person.superuser,
            },
        )
        if person.role is not None:
            user.groups.set([groups[person.role.label]])
