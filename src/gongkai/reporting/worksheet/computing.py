"""The sheet of a year: every field from the records or from a person, and what contradicts itself."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings

from gongkai.annual.report import Number
from gongkai.bureau.figures import Scope
from gongkai.bureau.models import Agency

from ..named import NamedFigures
from ..terms import Readings
from .forms import Check, Field, Group, WorkSheetForm, form_of
from .models import Answer
from .services import latest

Value = Number | str | bool | None
_RELATIONS = {
    "at_least": (operator.ge, "不小于"),
    "at_most": (operator.le, "不大于"),
    "equal": (operator.eq, "等于"),
}
YES, NO = "是", "否"


@dataclass(frozen=True, slots=True)
class Filled:
    """A field with its value, and where it comes from: the figure whose records it opens, or who said it."""

    field: Field
    value: Value
    figure: str = ""
    answer: Answer | None = None

    @property
    def printed(self) -> str:
        """As the sheet prints it; what nobody knows yet is empty."""
        if self.value is None:
            return ""
        return {True: YES, False: NO}[self.value] if isinstance(self.value, bool) else str(self.value)

    @property
    def is_missing(self) -> bool:
        return self.printed == "" and self.field.is_asked


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction with its evidence: both sides of what must hold."""

    rule: str
    codes: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class WorkSheet:
    """The sheet of an agency for a year."""

    agency: Agency
    year: int
    form: WorkSheetForm
    groups: tuple[tuple[Group, tuple[Filled, ...]], ...]
    findings: tuple[Finding, ...]

    @property
    def title(self) -> str:
        return f"{self.agency.name}{self.year}年政府网站工作年度报表"

    @property
    def filled(self) -> list[Filled]:
        return [filled for _, lines in self.groups for filled in lines]

    @property
    def missing(self) -> list[Filled]:
        return [filled for filled in self.filled if filled.is_missing]


def compute(agency: Agency, year: int) -> WorkSheet:
    """The sheet as the records and the answers are now; a query a figure, however many records.

    Raises ``KeyError`` for a year before the first list.
    """
    form = form_of(year)
    lookup, answers = NamedFigures(Readings(Scope.of(agency, year))), latest(agency, year)
    groups = tuple(
        (group, (*(_fill(field, agency, lookup, answers) for field in group.fields), *_accounts(group, lookup)))
        for group in form.groups
    )
    values = {filled.field.code: filled.value for _, lines in groups for filled in lines}
    found = (_checked(check, form, values) for check in form.checks)
    return WorkSheet(agency, year, form, groups, tuple(finding for finding in found if finding is not None))


def _fill(field: Field, agency: Agency, lookup: NamedFigures, answers: dict[str, Answer]) -> Filled:
    answer = answers.get(field.code)
    if field.figure:
        value = lookup(field.figure)
        if value or not field.asked or answer is None or not answer.value:
            return Filled(field, value, field.figure)
    elif answer is None or not answer.value:
        kept = getattr(agency, field.agency) if field.agency else getattr(settings, field.setting or "_", "")
        return Filled(field, kept or None)
    return Filled(field, parsed(field, answer.value), answer=answer) if answer is not None else Filled(field, None)


def parsed(field: Field, text: str) -> Value:
    """An answer as a value; answers were checked when they were given."""
    if field.kind == "number":
        return int(text)
    return text == YES if field.kind == "yes" else text


def _accounts(group: Group, lookup: NamedFigures) -> list[Filled]:
    """One line an account that published or was followed in the year, in the order they were opened here."""
    found: list[Filled] = []
    for accounts in group.accounts:
        seen = {
            channel: name
            for figure in ("channels.appearances", "channels.subscribers")
            for kind, name, channel in lookup.readings.of(figure)
            if kind == accounts.kind
        }
        for at, channel in enumerate(sorted(seen), 1):
            code, label = f"{accounts.kind}.{at}", f"{accounts.label}“{seen[channel]}”"
            items, followers = f"channel_{channel}.items", f"channel_{channel}.subscribers"
            found += [
                Filled(Field(f"{code}.name", f"{accounts.label}名称", "text", figure=items), seen[channel]),
                Filled(
                    Field(f"{code}.items", f"{label}{accounts.items}", unit="条", figure=items), lookup(items), items
                ),
                Filled(
                    Field(f"{code}.subscribers", f"{label}{accounts.subscribers}", unit="个", figure=followers),
                    lookup(followers),
                    followers,
                ),
            ]
    return found


def _checked(check: Check, form: WorkSheetForm, values: dict[str, Value]) -> Finding | None:
    """What does not hold; nothing where a side is not known yet."""
    sides = [values[check.left], *(values[code] for code in check.right)]
    numbers = [value for value in sides if isinstance(value, int | Decimal) and not isinstance(value, bool)]
    if len(numbers) < len(sides):
        return None
    left, right = numbers[0], sum(numbers[1:], start=Decimal(0))
    holds, words = _RELATIONS[check.relation]
    if holds(left, right):
        return None
    parts = "＋".join(f"{form.fields[code].label} {values[code]}" for code in check.right)
    total = f" = {right}" if len(check.right) > 1 else ""
    message = f"“{form.fields[check.left].label}”是 {left}，应当{words}{parts}{total}。"
    return Finding(check.rule, (check.left, *check.right), message)
