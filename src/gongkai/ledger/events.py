"""The base of what can happen to a case: each app declares its kinds in its own ``events.py``."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Event(BaseModel):
    """Base of payloads; ``kind`` names the event in the ledger, ``title`` in Chinese.

    The date it happened on is the entry's. Personal data is never in a payload: what stands in the ledger cannot
    be erased.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: ClassVar[str]
    title: ClassVar[str]
