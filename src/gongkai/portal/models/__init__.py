"""The tables of the portal: columns, items, what was approved, what is published, who keeps it."""

from .cleanup import Cleanup, CleanupEntry, Conclusion
from .column import Column, ColumnType, Door, Kind, Presentation, Route
from .duty import Duty
from .edition import Edition, StoredFile
from .examination import Finding, Override, WatchWord
from .indicator import Indicator, ReleasePlan
from .item import (
    Attachment,
    DocumentClass,
    Effect,
    EffectKind,
    Item,
    ItemType,
    Openness,
    Status,
)
from .publication import OldAddress, Publication

__all__ = [
    "Attachment",
    "Cleanup",
    "CleanupEntry",
    "Column",
    "ColumnType",
    "Conclusion",
    "DocumentClass",
    "Door",
    "Duty",
    "Edition",
    "Effect",
    "EffectKind",
    "Finding",
    "Indicator",
    "Item",
    "ItemType",
    "Kind",
    "OldAddress",
    "Openness",
    "Override",
    "Presentation",
    "Publication",
    "ReleasePlan",
    "Route",
    "Status",
    "StoredFile",
    "WatchWord",
]
