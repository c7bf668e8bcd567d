"""A bureau with its people, a case under way, and blanks of letters filled in as a drafter would."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import Group

from gongkai.applications import services
from gongkai.applications.letters.asks import asks
from gongkai.applications.models import Application, Channel
from gongkai.bureau.models import Agency, Department, User
from gongkai.bureau.roles import Role
from gongkai.law.outcomes import outcome

from ..cases import PERSON

RECEIVED = date(2025, 6, 3)
DAY = date(2025, 6, 9)
GOVERNMENT, SUPERIOR, COURT = "温州市人民政府", "浙江省统计局", "温州市鹿城区人民法院"

_SAMPLES: dict[str, Any] = {
    "days": 15,
    "date": "2025-06-20",
    "count": 45,
    "earlier": None,
    "tariff": "items",
    "delivery": "signed_post",
    "party": "第三方",
    "postcode": "310012",
    "partner": "department",
    "severance": "第2页上部｜第三方权益\n第3页下部｜不是政府信息的便笺｜双方的约定",
}


def fields(code: str, outcome_code: str = "", **changes: Any) -> dict[str, Any]:
    """Every blank filled in; texts say which blank they fill."""
    told = {ask.name: _SAMPLES.get(ask.kind, f"这里是{ask.label}的内容") for ask in asks(code, outcome_code)}
    return told | changes


@dataclass
class World:
    agency: Agency
    survey: Department
    clerk: User
    handler: User
    chief: User
    leader: User
    application: Application


def make_world() -> World:
    agency = Agency.add_root(
        code="330300-tj",
        name="温州市统计局",
        short_name="温统",
        region_code="330300",
        address="温州市鹿城区某大道 100 号",
        postcode="325000",
        telephone="0577-00000000",
        review_government=GOVERNMENT,
        review_superior=SUPERIOR,
        court=COURT,
    )
    office = Department.objects.create(agency=agency, name="办公室", order=0)
    survey = Department.objects.create(agency=agency, name="综合处", order=1)

    def user(name: str, role: Role, department: Department) -> User:
        made = User.objects.create_user(name, email=f"{name}@example.cn", agency=agency, department=department)
        made.groups.set(Group.objects.filter(name=role.label))
        return made

    world = World(
        agency,
        survey,
        user("clerk", Role.CLERK, office),
        user("handler", Role.HANDLER, survey),
        user("chief", Role.REVIEWER, survey),
        user("leader", Role.LEADER, office),
        services.register(agency, RECEIVED, PERSON, "2024年粮食播种面积", channel=Channel.INTERNET),
    )
    services.assign(world.application, RECEIVED, survey, [office], actor=world.clerk)
    services.sign_for(world.application, RECEIVED, survey, actor=world.handler)
    return world


def file_everything(world: World, outcome_code: str) -> None:
    """What the law wants on file before a reply of this outcome."""
    for kind in outcome(outcome_code).need:
        services.file_evidence(world.application, DAY, kind.code, f"{kind.label}在卷", actor=world.handler)
