"""The verbs of disclosure on application: each one transaction that locks the case, appends and projects."""

from .clock import (
    consult,
    extend,
    notice_fee,
    receive_correction,
    receive_fee,
    request_correction,
    return_consultation,
)
from .intake import Person, number_of, register, series_of, withdraw
from .replies import decide

__all__ = [
    "Person",
    "consult",
    "decide",
    "extend",
    "notice_fee",
    "number_of",
    "receive_correction",
    "receive_fee",
    "register",
    "request_correction",
    "return_consultation",
    "series_of",
    "withdraw",
]
