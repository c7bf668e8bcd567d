"""救济途径: what an applicant may do against a reply, by its outcome and its date.

Until the end of 2023 review and suit were a free choice, review with the government or the superior
department. From 2024-01-01 a refusal under Articles 14 to 16 must first go to review, before the government
of the same level only, and the letter must say so (行政复议法 2023, Articles 23 and 24). From 2025-06-01
法释〔2025〕8号 takes the place of 〔2011〕17号 for the suits that may be brought directly.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, get_args

from .errors import LawError
from .outcomes import Outcome, RemedyClass
from .parameters import Parameters, Sureness, read_data, standard_parameters
from .wording import chinese_date

Body = Literal["government", "superior"]


@dataclass(frozen=True, slots=True)
class Bodies:
    """Who hears complaints about this organ: names as printed in the letter, given by the caller.

    ``government``: the government of the same level, or whatever organ the review law names for this organ.
    ``superior``: the superior department (needed for replies before 2024). ``online``: the address for filing
    review online, needed when a reply of 2024 or later is served electronically (Article 22(2)).
    """

    government: str
    court: str
    superior: str = ""
    online: str = ""


@dataclass(frozen=True, slots=True)
class Remedies:
    """What stands open, in numbers and in the paragraph of the letter.

    ``review_days`` calendar days from receipt of the reply; ``suit_months`` for a direct suit, ``None`` where
    review must come first; ``suit_days_after_review`` from receipt of the review decision.
    """

    review_first: bool
    review_bodies: tuple[str, ...]
    review_days: int
    suit_months: int | None
    suit_days_after_review: int
    reference: str
    sureness: Sureness
    text: str


@dataclass(frozen=True, slots=True)
class _Regime:
    since: date
    until: date | None
    kind: str
    covers: tuple[str, ...]
    bodies: tuple[Body, ...]
    review_days: int
    suit_months: int | None
    suit_days_after_review: int
    reference: str
    sureness: Sureness
    text: str


def remedies(
    outcome: Outcome, replied: date, bodies: Bodies, *, letter: str = "答复书", electronic: bool = False
) -> Remedies | None:
    """The remedies against a reply of ``replied`` with this outcome; ``None`` where there is nothing to contest.

    ``letter``: what the letter calls itself. ``electronic``: served electronically.
    """
    if outcome.remedy == "none":
        return None
    return _remedies(outcome.remedy, replied, bodies, letter, electronic=electronic)


def review_first_without_reply(due: date, parameters: Parameters | None = None) -> bool:
    """Whether an applicant left without a reply after ``due`` must ask for review before suing.

    An open question (parameter ``no_reply``, UNVERIFIED): legal counsel of the office settles it.
    """
    return (parameters or standard_parameters()).on("no_reply", due).value == "review_first"


def _remedies(kind: RemedyClass, replied: date, bodies: Bodies, letter: str, *, electronic: bool) -> Remedies:
    regime = _regime(kind, replied)
    names = {"government": bodies.government, "superior": bodies.superior}
    lacking = [_BODY_LABELS[body] for body in regime.bodies if not names[body]]
    lacking += [] if bodies.court else ["管辖法院"]
    if lacking:
        raise LawError(f"救济途径缺少{'、'.join(lacking)}的名称，请在本机关设置中填写。")
    text = regime.text.format(letter=letter, government=bodies.government, superior=bodies.superior, court=bodies.court)
    if electronic and regime.since >= _ONLINE_FILING_SINCE:
        if not bodies.online:
            raise LawError("电子送达的答复应当同时告知网上申请行政复议的渠道，请在本机关设置中填写。")
        text += f"可以通过{bodies.online}在网上申请行政复议。"
    return Remedies(
        regime.kind in ("review_first", "withheld_part"),
        tuple(names[body] for body in regime.bodies),
        regime.review_days,
        regime.suit_months,
        regime.suit_days_after_review,
        regime.reference,
        regime.sureness,
        text,
    )


_BODY_LABELS: dict[Body, str] = {"government": "行政复议机关", "superior": "上一级主管部门"}
_ONLINE_FILING_SINCE = date(2024, 1, 1)  # 行政复议法 (2023) Article 22(2)


def _regime(kind: RemedyClass, replied: date) -> _Regime:
    for regime in _regimes():
        if kind in regime.covers and regime.since <= replied and (regime.until is None or replied <= regime.until):
            return regime
    raise LawError(f"没有{chinese_date(replied)}答复可用的救济途径规定，请核对答复日期。")


@cache
def _regimes() -> tuple[_Regime, ...]:
    found = tuple(_read(table) for table in tomllib.loads(read_data("remedies.toml"))["regime"])
    for index, regime in enumerate(found):
        for other in found[index + 1 :]:
            apart = (regime.until is not None and regime.until < other.since) or (
                other.until is not None and other.until < regime.since
            )
            if not apart and set(regime.covers) & set(other.covers):
                raise LawError(f"救济途径在{chinese_date(max(regime.since, other.since))}有两项规定。")
    return found


def _read(table: Mapping[str, Any]) -> _Regime:
    if not set(table["covers"]) <= set(get_args(RemedyClass)) or table["sureness"] not in get_args(Sureness):
        raise LawError(f"救济途径（{table['since']}）的 covers 或者 sureness 不对。")
    return _Regime(
        table["since"],
        table.get("until"),
        table["class"],
        tuple(table["covers"]),
        tuple(table["bodies"]),
        table["review_days"],
        table.get("suit_months"),
        table["suit_days_after_review"],
        table["reference"],
        table["sureness"],
        table["text"],
    )
