"""What the pages of the registers share: who acts, where an entry has its page."""

from __future__ import annotations

from django.urls import reverse

from ..models import Entry
from .kinds import REGISTERS

_CODES = {register.model: code for code, register in REGISTERS.items()}


def address_of(entry: Entry) -> str:
    """The page of an entry in the back office."""
    return reverse(f"registers:{_CODES[type(entry)]}_entry", args=[entry.pk])
