"""The columns of a new site: sets to begin with (``columns.toml``), or a tree that a body writes itself."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Self

from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from gongkai.bureau.models import Agency
from gongkai.law.categories import categories

from ..models import Column, ColumnType, Door, Kind, Presentation, Route

# What a column of the second level has from the first where it says nothing of its own.
_INHERITED = ("type", "kind", "category", "route")


class ColumnPlan(BaseModel):
    """A column that is to be made. The fields are those of :class:`~gongkai.portal.models.Column`."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    name: str = Field(min_length=1, max_length=60)
    slug: str = Field("", max_length=40, pattern=r"^([a-z][a-z0-9-]*)?$")
    door: Door | None = None
    type: ColumnType | None = None
    kind: Kind | None = None
    presentation: Presentation = Presentation.LIST
    category: str | None = None
    update_days: int | None = Field(None, ge=1, le=1000)
    route: Route | None = None
    description: str = Field("", max_length=200)
    columns: tuple[ColumnPlan, ...] = ()

    @field_validator("category")
    @classmethod
    def _is_a_category(cls, code: str | None) -> str | None:
        known = {category.code for category in categories(local=True)}
        if code and code not in known:
            raise ValueError(f"没有“{code}”这一项公开依据，可以写：{'、'.join(sorted(known))}")
        return code

    @model_validator(mode="after")
    def _has_two_levels_and_no_name_twice(self) -> Self:
        if any(child.columns for child in self.columns):
            raise ValueError("栏目只有两级，二级栏目之下不能再有栏目")
        if twice := _twice([child.name for child in self.columns]):
            raise ValueError(f"二级栏目“{twice}”写了两次")
        return self

    def fields(self, parent: ColumnPlan | None = None) -> dict[str, Any]:
        """The values of the model, with what it has from the column above it."""
        own = {name: getattr(self, name) for name in _INHERITED}
        above = parent.fields() if parent is not None else {}
        found = {name: above.get(name) if value is None else value for name, value in own.items()}
        return {
            "slug": self.slug,
            "door": self.door or "",
            "presentation": self.presentation,
            "update_days": self.update_days,
            "description": self.description,
            **{name: value for name, value in found.items() if value is not None},
        }


def _twice(names: Sequence[str]) -> str:
    return next((name for place, name in enumerate(names) if name in names[:place]), "")


@dataclass(slots=True)
class Laid:
    """What laying columns did: names of those that were made, and of those that were there and were left alone."""

    made: list[str] = field(default_factory=list)
    there: list[str] = field(default_factory=list)


@cache
def _sets() -> dict[str, Any]:
    text = resources.files("gongkai.portal.moving").joinpath("columns.toml").read_text("utf-8")
    return tomllib.loads(text)


def sets() -> dict[str, str]:
    """The sets to choose from: code and Chinese title, the fullest first."""
    return {code: table["title"] for code, table in _sets().items()}


@cache
def column_set(code: str) -> tuple[ColumnPlan, ...]:
    """The columns of a set. Raises ``KeyError`` when there is none of that code."""
    return tuple(ColumnPlan.model_validate(table) for table in _sets()[code]["column"])


@transaction.atomic
def lay(agency: Agency, plans: Sequence[ColumnPlan]) -> Laid:
    """Make the columns of a site that are not there yet; those that are keep what was set for them.

    A part of the disclosure platform is known by its door whatever it is called, other columns by their names.
    """
    laid = Laid()
    known = list(Column.objects.filter(agency=agency).select_related("parent"))
    by_door = {column.door: column for column in known if column.door}
    by_name = {(column.parent_id, column.name): column for column in known}

    def put(plan: ColumnPlan, parent: Column | None, above: ColumnPlan | None, order: int) -> Column:
        fields = plan.fields(above)
        there = by_door.get(fields["door"]) or by_name.get((parent.pk if parent else None, plan.name))
        if there is not None:
            laid.there.append(str(there))
            return there
        made = Column(agency=agency, parent=parent, name=plan.name, order=order, **fields)
        made.save()
        laid.made.append(str(made))
        return made

    for place, plan in enumerate(plans):
        first = put(plan, None, None, place)
        for within, child in enumerate(plan.columns):
            put(child, first, plan, within)
    return laid
