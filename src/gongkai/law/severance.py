"""区分处理 (Article 37): the part that may be disclosed is provided, and for the part withheld the reason is given.

What may be withheld from a document is what Articles 14 to 16 keep from the public, and what is not government
information at all.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from .errors import LawError
from .exemptions import exemptions
from .outcomes import article_text
from .parameters import read_data


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a part is withheld. ``words`` stand on the box, ``label`` in the list, ``rule`` is the article."""

    code: str
    words: str
    label: str
    rule: str


@cache
def grounds() -> Mapping[str, Ground]:
    """Every ground by code, the most frequent first. Raises :class:`LawError` when an exemption has none."""
    known = exemptions()
    found: dict[str, Ground] = {}
    for table in tomllib.loads(read_data("severance.toml"))["ground"]:
        code, words = table["code"], table["words"]
        if exemption := known.get(code):
            found[code] = Ground(code, words, exemption.text, exemption.rule)
        else:
            found[code] = Ground(code, words, table["label"], article_text(table["article"]))
    if missing := set(known) - set(found):
        raise LawError(f"区分处理没有列明不予公开的情形：{'、'.join(sorted(missing))}。")
    return found


def ground(code: str) -> Ground:
    """The ground of that code; :class:`LawError` when there is none."""
    try:
        return grounds()[code]
    except KeyError:
        raise LawError(f"没有编号为“{code}”的不予公开理由。") from None
