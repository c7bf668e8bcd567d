"""The ways out of the program, one file each behind one interface."""

from __future__ import annotations

from .base import Message, NotSentError, Transport
from .email import Email
from .sms import Sms

__all__ = ["TRANSPORTS", "Message", "NotSentError", "Transport"]

TRANSPORTS: tuple[Transport, ...] = (Email(), Sms())
