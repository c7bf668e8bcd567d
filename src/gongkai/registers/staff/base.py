"""What the pages of the registers share: who acts, where an entry has its page."""

from __future__ import annotations

from django.urls import reverse

from gongkai.bureau.models import User
from gongkai.bureau.roles import Actor, actor_of

from ..models import Entry
from .kinds import REGISTERS

_ACTOR = "_gongkai_actor"
_CODES = {register.model: code for code, register in REGISTERS.items()}


def actor_in(user: User) -> Actor:
    """Who acts; asked of the database once a request."""
    if not hasattr(user, _ACTOR):
        setattr(user, _ACTOR, actor_of(user))
    found: Actor = getattr(user, _ACTOR)
    return found


def address_of(entry: Entry) -> str:
    """The page of an entry in the back office."""
    return reverse(f"registers:{_CODES[type(entry)]}_entry", args=[entry.pk])
