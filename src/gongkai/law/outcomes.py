"""办理结果 as data: code ↔ row of table 三 on each form ↔ articles ↔ letter ↔ remedies ↔ what must be on file.

A code is a row of table 三, or a distinction that the law makes below a row: ``granted.already_published``
(Article 36(1)) and ``granted.provided`` (36(2)) are both counted as ``granted``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from .errors import LawError
from .parameters import Sureness, read_data
from .wording import chinese_number

RemedyClass = Literal["review_first", "withheld_part", "choice", "none"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A kind of record on file, e.g. ``search_record`` 检索记录; ``label`` says what a clerk must supply."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way in which an application may end.

    ``rows``: form code ("2019", "2021") → row of table 三. ``articles``: of the Regulation, as ``36(4)``.
    ``letter``: code of :mod:`gongkai.law.letters`. ``remedy``: class of :mod:`gongkai.law.remedies`.
    ``need`` must be on file before the decision; ``tell`` as well, where it is known. ``choosable``: offered
    to the handler; the others are wider codes that old ledgers use because they say no more.
    """

    code: str
    label: str
    rows: Mapping[str, str]
    articles: tuple[str, ...]
    rule: str
    letter: str
    remedy: RemedyClass
    need: tuple[Evidence, ...]
    tell: tuple[Evidence, ...]
    choosable: bool
    sureness: Sureness
    note: str

    def row(self, form: str) -> str:
        """The row of table 三 that counts this outcome on the form of that code."""
        if form not in self.rows:
            raise LawError(f"没有编号为 {form} 的年报格式。")
        return self.rows[form]

    def missing(self, on_file: Collection[str]) -> tuple[Evidence, ...]:
        """The evidence still to be put on file before this outcome may be decided."""
        return tuple(evidence for evidence in self.need if evidence.code not in on_file)


def article_text(article: str) -> str:
    """``36(4)`` → 条例第三十六条第四项; in Articles 16 and 39 the number in brackets is a paragraph 款."""
    number, _, part = article.rstrip(")").partition("(")
    text = f"条例第{chinese_number(int(number))}条"
    if part:
        text += f"第{chinese_number(int(part))}{'款' if number in ('16', '39') else '项'}"
    return text


_REQUIRED = {"code", "label", "row", "articles", "letter", "remedy", "need", "sureness"}
_OPTIONAL = {"row_2019", "rule", "tell", "choose", "note"}


def _outcome(table: Mapping[str, Any], evidence: Mapping[str, Evidence]) -> Outcome:
    code = table.get("code", "（无 code）")
    if _REQUIRED - set(table) or set(table) - _REQUIRED - _OPTIONAL:
        raise LawError(f"办理结果 {code} 的项不全或者有不认识的项。")
    if table["remedy"] not in get_args(RemedyClass) or table["sureness"] not in get_args(Sureness):
        raise LawError(f"办理结果 {code} 的 remedy 或者 sureness 不对。")
    if unknown := {*table["need"], *table.get("tell", [])} - set(evidence):
        raise LawError(f"办理结果 {code} 需要未列明的材料：{'、'.join(sorted(unknown))}。")
    return Outcome(
        code,
        table["label"],
        {"2019": table.get("row_2019", table["row"]), "2021": table["row"]},
        tuple(table["articles"]),
        table.get("rule") or "、".join(article_text(article) for article in table["articles"]),
        table["letter"],
        table["remedy"],
        tuple(evidence[kind] for kind in table["need"]),
        tuple(evidence[kind] for kind in table.get("tell", [])),
        table.get("choose", True),
        table["sureness"],
        table.get("note", ""),
    )


@cache
def _data() -> tuple[dict[str, Evidence], dict[str, Outcome]]:
    tables = tomllib.loads(read_data("outcomes.toml"))
    evidence = {code: Evidence(code, label) for code, label in tables["evidence"].items()}
    found = [_outcome(table, evidence) for table in tables["outcome"]]
    by_code = {outcome.code: outcome for outcome in found}
    if len(by_code) != len(found):
        raise LawError("办理结果有重复的 code。")
    return evidence, by_code


def outcomes() -> Mapping[str, Outcome]:
    """Every outcome by code, in the order of table 三."""
    return _data()[1]


def outcome(code: str) -> Outcome:
    """The outcome of that code; :class:`LawError` when there is none."""
    try:
        return outcomes()[code]
    except KeyError:
        raise LawError(f"没有编号为“{code}”的办理结果。") from None


def outcomes_of_row(form: str, row: str) -> tuple[Outcome, ...]:
    """The outcomes counted in a row of table 三 on a form."""
    return tuple(found for found in outcomes().values() if found.row(form) == row)


def evidence_kinds() -> Mapping[str, Evidence]:
    """Every kind of evidence by code."""
    return _data()[0]
