"""Who is told of a column or a document: those who keep it, and whoever stands above them when it is late."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import Role

from ..models import Duty


class People:
    """The active staff of an agency with their roles; two queries when made."""

    def __init__(self, agency: Agency) -> None:
        staff = User.objects.filter(agency=agency, is_active=True).select_related("department")
        self._by_pk = {user.pk: user for user in staff.prefetch_related("groups")}
        self._roles = {pk: {group.name for group in user.groups.all()} for pk, user in self._by_pk.items()}
        self._office = agency.office

    def active(self, *numbers: int | None) -> list[User]:
        """Those of these people who are still at work."""
        return [self._by_pk[number] for number in numbers if number in self._by_pk]

    def office(self) -> list[User]:
        """The disclosure office (政府信息公开工作机构): who registers and reviews there."""
        return [
            user
            for user in self._with({Role.CLERK, Role.REVIEWER})
            if user.department is not None and user.department.name == self._office
        ]

    def reviewers_of(self, department: int | None) -> list[User]:
        """Who reviews for a department."""
        return [user for user in self._with({Role.REVIEWER}) if user.department_id == department]

    def leaders(self) -> list[User]:
        return self._with({Role.LEADER})

    def keepers(self, duty: Duty | None, *, with_deputy: bool) -> list[User]:
        """Who keeps a column: the keeper, and the deputy where asked or where the keeper has left; else the office."""
        if duty is None:
            return self.office()
        keeper, deputy = self.active(duty.keeper_id), self.active(duty.deputy_id)
        found = [*keeper, *deputy] if with_deputy or not keeper else keeper
        return found or self.office()

    def above(self, duty: Duty | None) -> list[User]:
        """The reviewers of the department and the disclosure office."""
        return [*self.reviewers_of(duty.department_id if duty else None), *self.office()]

    def _with(self, roles: Iterable[Role]) -> list[User]:
        labels = {role.label for role in roles}
        return [user for pk, user in self._by_pk.items() if labels & self._roles[pk]]
