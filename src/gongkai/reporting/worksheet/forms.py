"""The field list of a year, read from ``lists/*.yaml``: data only, the latest that had begun by the year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from .. import named

KINDS = frozenset({"number", "text", "yes", "several"})


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the sheet and where it comes from; without a source a person is asked."""

    code: str
    label: str
    kind: str = "number"
    unit: str = ""
    choices: tuple[str, ...] = ()
    figure: str = ""
    agency: str = ""
    setting: str = ""
    asked: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether a person may have to say it: there is no source, or the source may know nothing."""
        return self.asked or not self.figure

    @property
    def title(self) -> str:
        return f"{self.label}（{self.unit}）" if self.unit else self.label


@dataclass(frozen=True, slots=True)
class Accounts:
    """Accounts of one kind of channel: each has a name, what it published and who follows it."""

    kind: str
    label: str
    items: str
    subscribers: str


@dataclass(frozen=True, slots=True)
class Group:
    """A heading of the sheet with its fields."""

    title: str
    fields: tuple[Field, ...]
    accounts: tuple[Accounts, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """What one field has to do with the sum of others."""

    rule: str
    left: str
    relation: str
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkSheetForm:
    """The sheet as an official document prescribes it from a year on."""

    document: str
    first_year: int
    verified: bool
    groups: tuple[Group, ...]
    checks: tuple[Check, ...]

    @property
    def fields(self) -> dict[str, Field]:
        return {field.code: field for group in self.groups for field in group.fields}


@cache
def forms() -> tuple[WorkSheetForm, ...]:
    """Every field list, the earliest first."""
    folder = resources.files(__package__).joinpath("lists")
    found = [_form(yaml.safe_load(file.read_text("utf-8"))) for file in folder.iterdir() if file.name.endswith(".yaml")]
    return tuple(sorted(found, key=lambda form: form.first_year))


def form_of(year: int) -> WorkSheetForm:
    """The list in use for a year. Raises ``KeyError`` before the first."""
    begun = [form for form in forms() if form.first_year <= year]
    if not begun:
        raise KeyError(year)
    return begun[-1]


def check_bindings() -> None:
    """Raises ``ValueError`` for a field or check that names what does not exist."""
    for form in forms():
        known = form.fields
        if len(known) != sum(len(group.fields) for group in form.groups):
            raise ValueError(f"{form.first_year}: a code is there twice")
        for field in known.values():
            if field.kind not in KINDS or (field.figure and named.find(field.figure) is None):
                raise ValueError(f"{form.first_year}: {field}")
        for check in form.checks:
            if {check.left, *check.right} - set(known) or check.relation not in {"at_least", "at_most", "equal"}:
                raise ValueError(f"{form.first_year}: {check}")


def _form(data: dict[str, Any]) -> WorkSheetForm:
    return WorkSheetForm(
        data["document"],
        data["first_year"],
        data["verified"],
        tuple(_group(group) for group in data["groups"]),
        tuple(Check(each["rule"], each["left"], each["is"], tuple(each["right"])) for each in data["checks"]),
    )


def _group(data: dict[str, Any]) -> Group:
    fields = tuple(Field(**field | {"choices": tuple(field.get("choices", ()))}) for field in _texts(data["fields"]))
    return Group(data["title"], fields, tuple(Accounts(**each) for each in data.get("accounts", ())))


def _texts(fields: list[dict[Any, Any]]) -> list[dict[str, Any]]:
    """``kind: yes`` is true to YAML 1.1."""
    return [field | ({"kind": "yes"} if field.get("kind") is True else {}) for field in fields]
