"""Make what a plan says, and leave alone what is there: repeated, it only adds what is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from secrets import choice

from django.contrib.auth.models import Group
from django.db import transaction

from gongkai.bureau.models import Agency, Department, User
from gongkai.bureau.roles import NotPermittedError
from gongkai.portal.duties import services as duties
from gongkai.portal.models import Column, Duty
from gongkai.portal.moving.columns import lay

from .plan import ROLES, AgencyPlan, PersonPlan, Plan
from .reading import PlanError

# No letters or digits that look alike.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(slots=True)
class Made:
    """What was made and what was there, in Chinese, and the first passwords by user name: told once, never kept."""

    made: list[str] = field(default_factory=list)
    there: list[str] = field(default_factory=list)
    passwords: dict[str, str] = field(default_factory=dict)

    def note(self, what: str, *, made: bool) -> None:
        (self.made if made else self.there).append(what)


@transaction.atomic
def make(plan: Plan) -> Made:
    """Carry a plan out, wholly or not at all. Raises :class:`PlanError` for what the records contradict."""
    done = Made()
    agency = _agency(plan.agency, done)
    names = dict.fromkeys([plan.agency.office, *plan.departments])
    departments: dict[str, Department] = {}
    for order, name in enumerate(names):
        departments[name], made = Department.objects.get_or_create(agency=agency, name=name, defaults={"order": order})
        done.note(f"内设机构 {name}", made=made)
    people = {person.username: _person(person, agency, departments, done) for person in plan.people}
    laid = lay(agency, plan.column_plans)
    if laid.made:
        done.made.append(f"栏目 {len(laid.made)} 个")
    if laid.there:
        done.there.append(f"栏目 {len(laid.there)} 个")
    _duties(plan, agency, departments, people, done)
    return done


def _agency(plan: AgencyPlan, done: Made) -> Agency:
    there: Agency | None = Agency.objects.filter(code=plan.code).first()
    told = plan.model_dump(exclude={"superior"})
    if there is not None:
        # What was left empty is filled in; what somebody set stays.
        empty = [name for name, value in told.items() if value and not getattr(there, name)]
        for name in empty:
            setattr(there, name, told[name])
        if empty:
            there.save(update_fields=empty)
        filled = "、".join(str(Agency._meta.get_field(name).verbose_name) for name in empty)
        done.note(f"机关 {there.name}" + (f"（补上：{filled}）" if filled else ""), made=False)
        return there
    made: Agency
    if plan.superior:
        superior = Agency.objects.filter(code=plan.superior).first()
        if superior is None:
            raise PlanError([f"agency.superior：没有代码为“{plan.superior}”的机关，请先登记上级机关，或者空着"])
        made = superior.add_child(**told)
    else:
        made = Agency.add_root(**told)
    done.note(f"机关 {made.name}", made=True)
    return made


def _person(plan: PersonPlan, agency: Agency, departments: dict[str, Department], done: Made) -> User:
    there = User.objects.filter(username=plan.username).first()
    if there is not None:
        if there.agency_id != agency.pk:
            raise PlanError([f"people：用户名“{plan.username}”是另一机关的，请换一个"])
        done.note(f"用户 {plan.username}", made=False)
        return there
    password = "-".join("".join(choice(_LETTERS) for _ in range(4)) for _ in range(3))
    made = User.objects.create_user(
        plan.username,
        plan.email,
        password,
        agency=agency,
        department=departments.get(plan.department or agency.office),
        last_name=plan.name[:30],
        post=plan.post,
        supervising=plan.supervising,
        is_staff=plan.administrator,
        is_superuser=plan.administrator,
    )
    made.groups.set(Group.objects.filter(name__in=[ROLES[role].label for role in plan.roles]))
    done.passwords[plan.username] = password
    done.note(f"用户 {plan.username}（{'、'.join(plan.roles) or '系统管理员'}）", made=True)
    return made


def _duties(
    plan: Plan, agency: Agency, departments: dict[str, Department], people: dict[str, User], done: Made
) -> None:
    """Who keeps what. Registered in the name of whoever in the plan may keep the list: a leader or a reviewer."""
    if not plan.duties:
        return
    keepers = [p.username for role in ("负责人", "审核") for p in plan.people if role in p.roles]
    if not keepers:
        raise PlanError(["duties：责任清单由审核人员或者负责人登记，people 中须有一人担任"])
    columns = {f"{c.first_level}/{c.name}": c for c in Column.objects.filter(agency=agency).exclude(parent=None)}
    for number, told in enumerate(plan.duties, start=1):
        column, keeper = columns[told.column], people[told.keeper]
        if Duty.objects.filter(column=column, until=None).exists():
            done.note(f"责任 {told.column}", made=False)
            continue
        deputy = people[told.deputy] if told.deputy else None
        try:
            duties.assign(column, departments[told.department], keeper, deputy, told.since, people[keepers[0]])
        except NotPermittedError as error:
            raise PlanError([f"duties 第 {number} 项：{error}"]) from error
        done.note(f"责任 {told.column}", made=True)
