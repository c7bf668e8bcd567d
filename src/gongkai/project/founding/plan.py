"""What a body says of itself before it begins: itself, departments, people, columns, who keeps which."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from gongkai.bureau.models import Agency
from gongkai.bureau.roles import Role
from gongkai.law.credit import is_credit_code
from gongkai.portal.moving.columns import ColumnPlan, column_set, sets

ROLES = {role.label: role for role in Role}


def _credit_code(code: str) -> str:
    if code and not is_credit_code(code):
        raise ValueError("不是统一社会信用代码：应为18位，末位是校验位，请对照证书核对")
    return code


def _website(address: str) -> str:
    parts = urlsplit(address)
    if address and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise ValueError("应当以 http:// 或者 https:// 开头")
    return address


def _like(pattern: str, words: str) -> AfterValidator:
    def check(value: str) -> str:
        if value and not re.fullmatch(pattern, value):
            raise ValueError(words)
        return value

    return AfterValidator(check)


class _Plan(BaseModel):
    # A number that was written without quotes (a code, a telephone) is text all the same.
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, coerce_numbers_to_str=True)


class AgencyPlan(_Plan):
    """The body. The fields are those of :class:`~gongkai.bureau.models.Agency`; ``superior`` is a code."""

    code: Annotated[str, Field(min_length=1, max_length=32), _like(r"[A-Za-z0-9._-]+", "只能用字母、数字和 . _ -")]
    name: Annotated[str, Field(min_length=1, max_length=100)]
    short_name: Annotated[str, Field(max_length=40)] = ""
    kind: Agency.Kind = Agency.Kind.DEPARTMENT
    superior: str = ""
    region_code: Annotated[str, _like(r"\d{6}|\d{9}|\d{12}", "应为6位数字（乡镇9位，村居12位）")] = ""
    credit_code: Annotated[str, AfterValidator(_credit_code)] = ""
    site_code: Annotated[str, _like(r"[A-Za-z]{0,2}\d{8,10}", "应为10位，例如 3303000012")] = ""
    office: Annotated[str, Field(min_length=1, max_length=60)] = "办公室"
    address: Annotated[str, Field(max_length=200)] = ""
    postcode: Annotated[str, _like(r"\d{6}", "应为6位数字")] = ""
    office_hours: Annotated[str, Field(max_length=100)] = ""
    telephone: Annotated[str, Field(max_length=40)] = ""
    fax: Annotated[str, Field(max_length=40)] = ""
    email: Annotated[str, _like(r"[^@\s]+@[^@\s]+\.[^@\s]+", "不是电子邮箱地址")] = ""
    website: Annotated[str, AfterValidator(_website)] = ""
    review_government: Annotated[str, Field(max_length=100)] = ""
    review_superior: Annotated[str, Field(max_length=100)] = ""
    review_online: Annotated[str, Field(max_length=200)] = ""
    court: Annotated[str, Field(max_length=100)] = ""


class PersonPlan(_Plan):
    """A first user. ``roles`` are in the words of the work system (经办、承办、审核、负责人、安全员)."""

    username: Annotated[str, Field(min_length=1, max_length=150), _like(r"[\w.@+-]+", "只能用字母、数字和 @ . + - _")]
    name: Annotated[str, Field(max_length=60)] = ""
    post: Annotated[str, Field(max_length=40)] = ""
    department: str = ""
    email: Annotated[str, _like(r"[^@\s]+@[^@\s]+\.[^@\s]+", "不是电子邮箱地址")] = ""
    roles: tuple[str, ...] = ()
    supervising: bool = False
    administrator: bool = False

    @model_validator(mode="after")
    def _roles_are_known(self) -> Self:
        for role in self.roles:
            if role not in ROLES:
                raise ValueError(f"没有“{role}”这一岗位，可以写：{'、'.join(ROLES)}")
        return self


class DutyPlan(_Plan):
    """Who keeps a column: ``column`` as 一级栏目/二级栏目, people by their user names."""

    column: str
    department: str
    keeper: str
    deputy: str = ""
    since: date


class Plan(_Plan):
    """Everything that ``gongkai init`` makes."""

    agency: AgencyPlan
    departments: tuple[str, ...] = ()
    people: tuple[PersonPlan, ...] = ()
    columns: str | tuple[ColumnPlan, ...] = "city"
    duties: tuple[DutyPlan, ...] = ()

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        """What is named in one place must be told in another."""
        if isinstance(self.columns, str) and self.columns not in sets():
            raise ValueError(
                f"columns：没有“{self.columns}”这一套栏目，可以写：{'、'.join(sets())}，或者自己列出各栏目"
            )
        departments = {*self.departments, self.agency.office}
        names = [person.username for person in self.people]
        if twice := next((name for place, name in enumerate(names) if name in names[:place]), ""):
            raise ValueError(f"people：用户名“{twice}”写了两次")
        for number, person in enumerate(self.people, start=1):
            if person.department and person.department not in departments:
                raise ValueError(f"people 第 {number} 人：departments 中没有“{person.department}”")
        columns = {f"{first.name}/{second.name}" for first in self.column_plans for second in first.columns}
        for number, duty in enumerate(self.duties, start=1):
            where = f"duties 第 {number} 项："
            if duty.column not in columns:
                raise ValueError(f"{where}没有栏目“{duty.column}”，请写作 一级栏目/二级栏目")
            if duty.department not in departments:
                raise ValueError(f"{where}departments 中没有“{duty.department}”")
            if unknown := next((name for name in (duty.keeper, duty.deputy) if name and name not in names), ""):
                raise ValueError(f"{where}people 中没有用户名“{unknown}”")
        return self

    @property
    def column_plans(self) -> tuple[ColumnPlan, ...]:
        """The columns, of a set or as they were listed."""
        return column_set(self.columns) if isinstance(self.columns, str) else self.columns
