"""Who keeps which column of the demonstration site: one column that nobody keeps, and one that changed hands."""

from __future__ import annotations

from datetime import date

from gongkai.bureau.models import Agency, User
from gongkai.portal.duties import services
from gongkai.portal.models import Column, Duty

from .organisation import LEADER, PEOPLE, chief_of, writer_of
from .site import COLUMNS
from .targets import YEAR

NOBODYS = "在线访谈"
# The column, who kept it first, and from when another department does.
_CHANGED_HANDS = ("统计分析", "工业能源处", date(YEAR, 7, 1))
_SINCE = date(YEAR, 1, 2)


def assign(bureau: Agency) -> None:
    """Make the duty list of the year, unless there is one."""
    if Duty.objects.filter(column__agency=bureau).exists():
        return
    people = {user.username: user for user in User.objects.filter(username__in=[p.username for p in PEOPLE])}
    departments = {department.name: department for department in bureau.departments.all()}
    leader = people[LEADER]

    def give(column: Column, department: str, since: date) -> None:
        keeper, deputy = people[writer_of(department)], people[chief_of(department)]
        services.assign(column, departments[department], keeper, deputy, since, leader)

    kept = {(c.first, c.second): (c.departments or ("综合核算处",))[0] for c in COLUMNS}
    kept["政务公开", "依申请公开"] = "办公室"
    column_name, first_department, change = _CHANGED_HANDS
    for column in Column.objects.filter(agency=bureau).exclude(parent=None).select_related("parent", "agency"):
        if column.name == NOBODYS:
            continue
        department = kept[column.first_level, column.name]
        if column.name == column_name:
            give(column, first_department, _SINCE)
            give(column, department, change)
        else:
            give(column, department, _SINCE)
