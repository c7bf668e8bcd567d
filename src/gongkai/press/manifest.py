"""What was printed: one entry a page, as the watch, the drills and an outsider read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Printed:
    """A page that should be served.

    `path` is the public address ("/tzgg/"), `digest` the lower-case hexadecimal SHA-256 of the file, `size` its bytes,
    `printed_at` an aware time, `revision` the edition it shows ("" for lists), `approvers` who passed that edition,
    `sequence` its place in the manifest.
    """

    path: str
    digest: str
    size: int
    content_type: str
    printed_at: datetime
    revision: str
    approvers: Sequence[str]
    sequence: int
