"""The columns that repeat what the events say, recreated from the events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gongkai.bureau.models import Agency
from gongkai.ledger.rebuilding import Projection, Told

from .case import fold
from .events import STREAM
from .models import Faq, Inquiry, Interview, Reviewed, Survey
from .reviewed.case import fold as fold_reviewed


def _columns(events: Iterable[Told]) -> Mapping[str, Any]:
    return fold(events).columns()


def _reviewed(events: Iterable[Told]) -> Mapping[str, Any]:
    return fold_reviewed(events).columns()


_PIECES: tuple[type[Reviewed], ...] = (Faq, Survey, Interview)
_PROJECTIONS = (
    Projection(STREAM, Inquiry, _columns, "留言", "条", bulky=("text", "reply")),
    *(Projection(each.stream, each, _reviewed, each.noun, "条", bulky=("shown",)) for each in _PIECES),
)


def rebuild(agency: Agency, *, write: bool = True) -> list[str]:
    """Project everything of an agency again; what differed, in words."""
    return [told for each in _PROJECTIONS for told in each.rebuild(agency, write=write)]
