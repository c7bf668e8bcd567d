"""How wide Chinese text is, and where it breaks: an SVG does neither by itself."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# A run of figures or Latin letters stays together; every other sign may end a line.
_PIECE = re.compile(r"[0-9A-Za-z.,%+\-]+|.", re.DOTALL)
_NO_START = frozenset("，。、；：！？）》〉」』”’％%)],.")
_NARROW_SIGNS = frozenset(" .,:;'!|()[]il·")


@dataclass(frozen=True)
class Measure:
    """Widths at one size of letters, for the faces that Chinese systems have; rather too wide than too narrow."""

    size: int

    @property
    def line(self) -> float:
        """From one line to the next."""
        return self.size * 1.3

    def width(self, text: str) -> float:
        return sum(map(_relative, text)) * self.size

    def wrap(self, text: str, width: float) -> list[str]:
        """Lines no wider than ``width``, as far as a single piece allows."""
        lines: list[str] = []
        line = ""
        for piece in _PIECE.findall(" ".join(text.split())):
            if line and self.width(line + piece) > width and piece not in _NO_START:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
        return [*lines, line] if line or not lines else lines

    def fits(self, text: str, width: float, lines: int) -> bool:
        """Whether it can be set in so many lines of this width."""
        wrapped = self.wrap(text, width)
        return len(wrapped) <= lines and all(self.width(line) <= width for line in wrapped)

    def cut(self, text: str, width: float) -> str:
        """The text, or its beginning with an ellipsis."""
        if self.width(text) <= width:
            return text
        while text and self.width(text + "…") > width:
            text = text[:-1]
        return text.rstrip() + "…"

    def paragraph(self, text: str, width: float, lines: int) -> list[str]:
        """At most so many lines; what does not fit ends in an ellipsis."""
        wrapped = self.wrap(text, width)
        if len(wrapped) > lines:
            wrapped = [*wrapped[: lines - 1], self.cut("".join(wrapped[lines - 1 :]), width)]
        return [self.cut(line, width) for line in wrapped]


def _relative(sign: str) -> float:
    if unicodedata.combining(sign):
        return 0
    if unicodedata.east_asian_width(sign) in "WFA":
        return 1
    if sign in _NARROW_SIGNS:
        return 0.34
    return 0.68 if sign.isupper() or sign in "%mw@" else 0.58
