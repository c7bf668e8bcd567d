"""What of each kind of record is shown behind a figure: what identifies it and why it counts, never who it is about.

Names, addresses and the applicant's or asker's own words stay on the page of the case, behind its own gate.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

# By model: the fields shown, in order.
SHOWN: dict[str, tuple[str, ...]] = {
    "applications.application": (
        "number",
        "applicant_kind",
        "channel",
        "received_on",
        "due_on",
        "closed_on",
        "outcome_row",
        "document_number",
    ),
    "disputes.dispute": ("number", "kind", "filed_on", "concluded_on", "result"),
    "registers.document": ("title", "document_number", "kind", "made_on", "published_on", "ended_on", "withdrawn_on"),
    "registers.serviceitem": ("name", "code", "kind", "valid_from", "valid_until"),
    "registers.decision": ("document_number", "kind", "party_kind", "decided_on", "published_on"),
    "registers.feereceipt": ("number", "item", "received_on", "amount"),
    "registers.procurement": ("name", "number", "purchased_on", "amount"),
    "portal.publication": ("title", "document_number", "kind", "column", "published_on", "ended_on", "withdrawn_on"),
    "channels.appearance": ("title", "channel", "issue", "published_on", "reads"),
    "channels.adoption": ("appearance", "level", "adopter", "adopted_on"),
    "channels.subscribercount": ("channel", "counted_on", "count"),
    "channels.pressconference": ("topic", "host", "held_on"),
    "inquiries.inquiry": ("number", "source", "received_on", "closed_on", "days", "closing"),
    "inquiries.survey": ("number", "title", "published_on", "closes_on", "results_on"),
    "inquiries.opinion": ("survey", "received_on", "use"),
    "inquiries.interview": ("number", "title", "guests", "held_on"),
    "inquiries.question": ("interview", "received_at", "from_public"),
}
# The row of table 三 is a code in the record, and words on the form.
OUTCOME_ROW = "outcome_row"


@dataclass(frozen=True, slots=True)
class Shown:
    """A field of a record as a column."""

    name: str
    heading: str
    is_number: bool
    is_date: bool
    has_choices: bool


def columns_of(model: type[models.Model]) -> list[Shown]:
    """The columns of a kind of record. Raises ``KeyError`` for one that nobody has thought about."""
    return [_column(model, name) for name in SHOWN[model._meta.label_lower]]


def relations_of(model: type[models.Model]) -> list[str]:
    """The relations that the columns follow, for one query instead of one a row."""
    return [name for name in SHOWN[model._meta.label_lower] if model._meta.get_field(name).is_relation]


def value_of(record: models.Model, name: str, rows: dict[str, str]) -> Any:
    """What stands in a cell: words for codes, dates and numbers as they are. ``rows`` has the words of 办理结果."""
    if name == OUTCOME_ROW:
        return rows.get(getattr(record, name), getattr(record, name))
    display = getattr(record, f"get_{name}_display", None)
    value = display() if display is not None else getattr(record, name)
    return value if isinstance(value, int | Decimal | date) or value is None else str(value)


def choices_of(model: type[models.Model]) -> Iterator[str]:
    """The fields that a list can be narrowed by."""
    return (column.name for column in columns_of(model) if column.has_choices)


def _column(model: type[models.Model], name: str) -> Shown:
    field = model._meta.get_field(name)
    is_number = isinstance(field, models.IntegerField | models.DecimalField)
    return Shown(
        name,
        "办理结果" if name == OUTCOME_ROW else str(getattr(field, "verbose_name", name)),
        is_number,
        isinstance(field, models.DateField),
        bool(getattr(field, "choices", None)),
    )
