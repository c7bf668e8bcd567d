"""The form of a letter: what its drafter fills in, with the words and the limits of the law."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from django import forms

from gongkai.law.errors import LawError
from gongkai.law.outcomes import outcome as outcome_of
from gongkai.law.parameters import standard_parameters
from gongkai.law.severance import grounds as severance_grounds
from gongkai.law.wording import cited

from ..events import MODES
from .asks import Ask, asks

MOST_TEXT = 5_000
MOST_WORKING_DAYS = 60
# What XML cannot hold, or what would break a line or page in the template (docxtpl reads \a and \f so).
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TARIFFS = (("items", "按件计收"), ("pages", "按量（页）计收"))
_PARTIES = (
    ("第三方", "第三方"),
    ("其他行政机关", "其他行政机关"),
    ("共同制作该政府信息的机关", "共同制作机关"),
)
_PARTNERS = (("department", "本机关内设机构"), ("organ", "其他行政机关"))
ELECTRONIC = frozenset({"email", "portal"})
_INITIAL_DAYS = {"correction": "correction_answer", "extension": "extension"}
_BAR = re.compile(r"\s*[|｜]\s*")

Severed = dict[str, str]


class LetterForm(forms.Form):
    """The blanks of one kind of letter. ``cleaned_data`` and :meth:`values` hold what a template can be filled with."""

    code: str
    outcome: str

    def values(self) -> dict[str, Any]:
        """What was filled in, as JSON holds it; only of a valid form."""
        return {name: _plain(value) for name, value in self.cleaned_data.items()}


class TextField(forms.CharField):
    """Words on paper: line ends are those of paragraphs, and nothing is kept that cannot be printed."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        text = re.sub(r"\r\n?|\u2028|\u2029|\x85", "\n", text)
        return _UNPRINTABLE.sub("", text).strip()


class SeveranceField(TextField):
    """One withheld part a line: 部分｜理由, or 部分｜理由｜依据 where the law does not know the reason by its words."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        rows = [_severed(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
        return rows if rows or not self.required else None

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(f"{row['part']}｜{row['reason']}｜{row['rule']}" for row in value)


def _severed(number: int, line: str) -> Severed:
    part, *rest = [piece.strip() for piece in _BAR.split(line)]
    reason, rule = (*rest, "", "")[:2]
    if not part or not reason or len(rest) > 2:
        raise forms.ValidationError(f"第 {number} 行请写作：不予公开的部分｜理由，或者：部分｜理由｜依据。")
    for ground in severance_grounds().values():
        if reason in (ground.words, ground.label, ground.code):
            return {"part": part, "reason": ground.label, "rule": rule or cited(ground.rule)}
    if not rule:
        known = "、".join(ground.words for ground in severance_grounds().values())
        raise forms.ValidationError(f"第 {number} 行的理由“{reason}”请写为{known}之一，或者在后面写明依据。")
    return {"part": part, "reason": reason, "rule": rule}


@cache
def form_for(code: str, outcome: str = "") -> type[LetterForm]:
    """The form of a letter of that kind. Raises :class:`LawError` where the outcome is answered by another letter."""
    if outcome and outcome_of(outcome).letter != code:
        raise LawError(f"“{outcome_of(outcome).label}”不用这种文书答复。")
    fields: dict[str, Any] = {ask.name: _field(ask, code) for ask in asks(code, outcome)}
    return type("LetterForm", (LetterForm,), {**fields, "code": code, "outcome": outcome})


def _field(ask: Ask, code: str) -> forms.Field:
    told: dict[str, Any] = {"label": ask.label, "required": ask.required, "help_text": ask.help}
    match ask.kind:
        case "line":
            return TextField(max_length=200, **told)
        case "postcode":
            return forms.RegexField(r"\A\d{6}\Z", error_messages={"invalid": "邮政编码是 6 位数字。"}, **told)
        case "days":
            return forms.IntegerField(min_value=1, max_value=MOST_WORKING_DAYS, initial=_days(code), **told)
        case "date":
            return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **told)
        case "count":
            return forms.IntegerField(min_value=1, max_value=1_000_000, **told)
        case "earlier":
            return forms.IntegerField(min_value=0, max_value=1_000_000, **told)
        case "tariff":
            return forms.ChoiceField(choices=_TARIFFS, **told)
        case "party":
            return forms.ChoiceField(choices=_PARTIES, **told)
        case "partner":
            return forms.ChoiceField(choices=_PARTNERS, **told)
        case "delivery":
            return forms.ChoiceField(choices=list(MODES.items()), initial="signed_post", **told)
        case "severance":
            return SeveranceField(max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 6}), **told)
        case _:
            return TextField(max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 4}), **told)


def _days(code: str) -> int | None:
    """The number that the law gives, or that is usual (law.limits says which)."""
    name = _INITIAL_DAYS.get(code)
    if name is None:
        return None
    latest = max((each for each in standard_parameters() if each.code == name), key=lambda each: each.since)
    return latest.number


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def filled(code: str, outcome: str, fields: Mapping[str, Any]) -> LetterForm:
    """The form with these values; ``is_valid`` says whether a letter can be made of them."""
    form_class = form_for(code, outcome)
    data = {name: form_class.base_fields[name].prepare_value(value) for name, value in _known(form_class, fields)}
    return form_class(data)


def _known(form_class: type[LetterForm], fields: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(name, value) for name, value in fields.items() if name in form_class.base_fields]
