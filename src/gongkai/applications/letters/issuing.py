"""What a letter that decides nothing does to its case, and who may write it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.bureau.calendar import working_calendar
from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError, actor_of

from .. import services
from ..events import LetterSent
from ..models import Application
from ..services.acting import locked_case
from ..transitions import hindrance
from .context import Context

Values = Mapping[str, Any]
Act = Callable[[Application, Values, Context, date, "User | None"], object]


def _correction(application: Application, values: Values, context: Context, on: date, actor: User | None) -> object:
    reply_by = working_calendar().add_working_days(on, values["working_days"])
    return services.request_correction(application, on, reply_by=reply_by, actor=actor)


def _reasons(application: Application, values: Values, context: Context, on: date, actor: User | None) -> object:
    return services.ask_reasons(application, on, actor=actor)


def _extension(application: Application, values: Values, context: Context, on: date, actor: User | None) -> object:
    return services.extend(application, on, working_days=values["working_days"], actor=actor)


def _third_party(application: Application, values: Values, context: Context, on: date, actor: User | None) -> object:
    return services.consult(application, on, party="third_party", actor=actor)


def _co_maker(application: Application, values: Values, context: Context, on: date, actor: User | None) -> object:
    return services.consult(application, on, party="co_maker", actor=actor)


def _assistance(application: Application, values: Values, context: Context, on: date, actor: User | None) -> object:
    """A department of the office is asked at no cost of time; another organ's opinion stops the clock (Article 33)."""
    if values["partner"] == "department":
        return None
    return services.consult(application, on, party="other_organ", actor=actor)


def _fee(application: Application, values: Values, context: Context, on: date, actor: User | None) -> object:
    return services.notice_fee(application, on, amount=Decimal(context["amount"]), actor=actor)


_ACTS: Mapping[str, Act] = {
    "correction": _correction,
    "reasons_asked": _reasons,
    "extension": _extension,
    "third_party_consultation": _third_party,
    "co_maker_consultation": _co_maker,
    "assistance": _assistance,
    "fee_notice": _fee,
}


def act_of(application: Application, code: str, values: Values, context: Context, on: date, actor: User | None) -> None:
    """The verb that goes with a letter, where there is one. Raises :class:`NotPermittedError`."""
    if act := _ACTS.get(code):
        act(application, values, context, on, actor)


def may_issue(application: Application, code: str, actor: User | None, on: date) -> None:
    """A letter without a verb of its own is written by whoever may send it. Raises :class:`NotPermittedError`."""
    if actor is None or (code in _ACTS and code != "assistance"):
        return
    if reason := hindrance(LetterSent, locked_case(application), actor_of(actor)):
        raise NotPermittedError(f"{reason}。")
