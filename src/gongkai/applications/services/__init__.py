"""The verbs of disclosure on application: each one transaction that locks the case, appends and projects."""

from .clock import (
    ask_reasons,
    consult,
    extend,
    notice_fee,
    receive_correction,
    receive_fee,
    receive_reasons,
    request_correction,
    return_consultation,
)
from .erasing import erase
from .intake import Person, Wanted, confirm_receipt, link, merge, number_of, register, series_of, withdraw
from .replies import (
    archive,
    decide,
    draft_reply,
    record_service,
    return_reply,
    review_reply,
    send_letter,
    sign_reply,
)
from .splitting import split
from .work import assign, file_evidence, return_assignment, sign_for

__all__ = [
    "Person",
    "Wanted",
    "archive",
    "ask_reasons",
    "assign",
    "confirm_receipt",
    "consult",
    "decide",
    "draft_reply",
    "erase",
    "extend",
    "file_evidence",
    "link",
    "merge",
    "notice_fee",
    "number_of",
    "receive_correction",
    "receive_fee",
    "receive_reasons",
    "record_service",
    "register",
    "request_correction",
    "return_assignment",
    "return_consultation",
    "return_reply",
    "review_reply",
    "send_letter",
    "series_of",
    "sign_for",
    "sign_reply",
    "split",
    "withdraw",
]
