"""A difference between what is served and what was approved."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"


class Severity(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"


@dataclass(frozen=True)
class Finding:
    """`path` is the public address; `evidence` says in Chinese what was found, for the record of the watch."""

    kind: Kind
    path: str
    severity: Severity
    evidence: str
