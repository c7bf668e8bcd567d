"""What bears on the period for the reply: correction, extension, consultation, fees, reasons."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gongkai.bureau.models import User

from ..deadlines import longest_extension
from ..events import (
    Answer,
    ConsultationReturned,
    ConsultationSent,
    Corrected,
    CorrectionRequested,
    Extended,
    FeeNoticed,
    FeePaid,
    Party,
    ReasonsAsked,
    ReasonsGiven,
)
from ..models import Application
from .acting import act


def request_correction(
    application: Application, day: date, *, reply_by: date | None = None, actor: User | None = None
) -> Application:
    """Ask the applicant, once and within 7 working days of receipt, to make the request clear (Article 30)."""
    return act(application, CorrectionRequested(reply_by=reply_by), day, actor)


def receive_correction(application: Application, day: date, *, actor: User | None = None) -> Application:
    """Take in the corrected application; the period starts afresh (Article 30)."""
    return act(application, Corrected(), day, actor)


def extend(
    application: Application, day: date, *, working_days: int | None = None, actor: User | None = None
) -> Application:
    """Extend the period once, before it runs out, by ``working_days`` or by as many as are allowed (Article 33)."""
    days = longest_extension(application.received_on) if working_days is None else working_days
    return act(application, Extended(working_days=days), day, actor)


def consult(
    application: Application, day: date, *, party: Party = "third_party", actor: User | None = None
) -> Application:
    """Ask a third party (Article 32) or another organ (Article 34); the clock stands until the answer."""
    return act(
        application, lambda case: ConsultationSent(consultation=len(case.consultations) + 1, party=party), day, actor
    )


def return_consultation(
    application: Application, day: date, *, consultation: int, answer: Answer, actor: User | None = None
) -> Application:
    """Take in the answer to a consultation, or the end of the wait for it."""
    return act(application, ConsultationReturned(consultation=consultation, answer=answer), day, actor)


def notice_fee(
    application: Application,
    day: date,
    *,
    amount: Decimal,
    pay_by: date | None = None,
    actor: User | None = None,
) -> Application:
    """Give notice of the fee for excessive requests, in yuan (Article 42; 国办函〔2020〕109号)."""
    return act(application, FeeNoticed(amount=amount, pay_by=pay_by), day, actor)


def receive_fee(application: Application, day: date, *, actor: User | None = None) -> Application:
    """Take in the fee."""
    return act(application, FeePaid(), day, actor)


def ask_reasons(application: Application, day: date, *, actor: User | None = None) -> Application:
    """Ask for the reasons of applications whose number clearly exceeds what is reasonable (Article 35)."""
    return act(application, ReasonsAsked(), day, actor)


def receive_reasons(application: Application, day: date, *, reasonable: bool, actor: User | None = None) -> Application:
    """Take in the reasons, and whether they are reasonable (Article 35)."""
    return act(application, ReasonsGiven(reasonable=reasonable), day, actor)
