"""遮盖: for partial release (Article 37), pages are covered and the file is built anew from their pixels alone.

Nothing of the original reaches the released file but what is seen outside the boxes: no text, no layers, no notes, no
properties. What was covered, where and on what ground makes the 区分处理清单. Files that go out whole are cleaned of
what Office keeps in them unseen, or stopped. Pure Python, no framework.
"""

from __future__ import annotations

from .boxes import Box, Entered, boxes_from, entered
from .errors import RedactionError
from .service import PageSize, Redacted, page_image, pages_of, redact
from .severance import SeveranceRow, Withheld, severance_list, withheld
from .whole import Whole, clean, refuse_hidden
from .workbench import Workbench, workbench

__all__ = [
    "Box",
    "Entered",
    "PageSize",
    "Redacted",
    "RedactionError",
    "SeveranceRow",
    "Whole",
    "Withheld",
    "Workbench",
    "boxes_from",
    "clean",
    "entered",
    "page_image",
    "pages_of",
    "redact",
    "refuse_hidden",
    "severance_list",
    "withheld",
    "workbench",
]
