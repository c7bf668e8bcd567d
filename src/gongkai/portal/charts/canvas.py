"""An SVG being drawn: shapes as text, with presentation attributes only, since the pages allow no inline styles."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from .words import Measure

INK, GREY, AXIS, GRID, PAPER = "#1a1a1a", "#4d5762", "#6b7785", "#dde2e8", "#ffffff"
# Each at least 4.5:1 on white. Told apart without colour by the pattern, marker and dash at the same place below.
COLOURS = ("#0b4a8f", "#b85300", "#00757a", "#7b3fa0", "#5b6672", "#856400", "#a82c66", "#2f6f2f")
_WEAVES = (
    "",
    "M-2 2L2 -2M0 8L8 0M6 10L10 6",
    "M1.5 2H3.5M5.5 6H7.5",
    "M-2 6L2 10M0 0L8 8M6 -2L10 2",
    "M0 2H8M0 6H8",
    "M0 0L8 8M0 8L8 0",
    "M2 0V8M6 0V8",
    "M0 4H8M4 0V8",
)
DASHES = ("", "7 4", "2 4", "10 4 2 4", "", "7 4")
_MARKERS = ("circle", "square", "triangle", "diamond", "hollow", "hollow-square")
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Frame:
    """For which width a drawing is made, and how large its letters are, in units that become pixels there."""

    name: str
    width: int
    text: int
    plot: int  # height of the plotting area

    @property
    def small(self) -> bool:
        return self.name == "narrow"

    @property
    def measure(self) -> Measure:
        return Measure(self.text)


WIDE = Frame("wide", 720, 14, 300)
NARROW = Frame("narrow", 344, 13, 230)


def clean(text: str) -> str:
    """The text without what XML cannot hold, escaped."""
    return escape(_NOT_XML.sub("", text))


def at(value: float) -> str:
    """A coordinate, to a tenth."""
    return f"{value:.1f}".removesuffix(".0") if round(value, 1) else "0"


@dataclass
class Canvas:
    """Collects the shapes of one drawing. ``key`` makes the names inside it unique on the page."""

    frame: Frame
    key: str
    height: float = 0
    parts: list[str] = field(default_factory=list)
    weaves: set[int] = field(default_factory=set)

    def add(self, name: str, content: str = "", **attributes: str | float | None) -> None:
        written = "".join(
            f" {attribute.replace('_', '-')}={quoteattr(value if isinstance(value, str) else at(value))}"
            for attribute, value in attributes.items()
            if value is not None and value != ""
        )
        self.parts.append(f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>")

    def text(
        self, x: float, y: float, text: str, anchor: str = "start", fill: str = INK, *, halo: bool = False
    ) -> None:
        """Text whose middle is at height ``y``; browsers differ about baselines, so that it is moved by hand.

        With a ``halo`` it can be read where it crosses a line.
        """
        edge = {"stroke": PAPER, "stroke_width": "4", "stroke_linejoin": "round", "paint_order": "stroke"}
        self.add(
            "text",
            clean(text),
            x=x,
            y=y + self.frame.text * 0.36,
            text_anchor=None if anchor == "start" else anchor,
            fill=None if fill == INK else fill,
            **(edge if halo else {}),
        )

    def lines(self, x: float, y: float, lines: list[str], anchor: str = "start") -> None:
        """Lines of text, the middle of the first at ``y``."""
        for place, line in enumerate(lines):
            self.text(x, y + place * self.frame.measure.line, line, anchor)

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: str = GRID, width: float = 1) -> None:
        self.add("path", d=f"M{at(x1)} {at(y1)}L{at(x2)} {at(y2)}", stroke=stroke, stroke_width=width)

    def fill(self, place: int) -> str:
        """The paint of the series at ``place``: its colour, woven unless it is the first."""
        place %= len(COLOURS)
        if not _WEAVES[place]:
            return COLOURS[place]
        self.weaves.add(place)
        return f"url(#{self.key}-w{place})"

    def box(self, x: float, y: float, width: float, height: float, place: int) -> None:
        """A filled piece of the series at ``place``, with a white edge against its neighbours."""
        self.add("rect", x=x, y=y, width=max(width, 0.5), height=max(height, 0.5), fill=self.fill(place), stroke=PAPER)

    def label(self, x: float, y: float, text: str) -> None:
        """Text on a white ground, to be read on top of a weave."""
        width = self.frame.measure.width(text) + 6
        height = self.frame.text + 3
        self.add("rect", x=x - width / 2, y=y - height / 2, width=width, height=height, rx=2, fill=PAPER)
        self.text(x, y, text, "middle")

    def marker(self, x: float, y: float, place: int, size: float = 4.5) -> None:
        """The sign of the series at ``place`` on a line."""
        colour, kind = COLOURS[place % len(COLOURS)], _MARKERS[place % len(_MARKERS)]
        hollow = kind.startswith("hollow")
        paint = {"fill": PAPER if hollow else colour, "stroke": colour if hollow else PAPER}
        width = 2 if hollow else 1
        if kind in {"circle", "hollow"}:
            self.add("circle", cx=x, cy=y, r=size, stroke_width=width, **paint)
            return
        side, half = at(2 * size - 1), at(size + 1)
        shapes = {
            "square": f"h{side}v{side}h-{side}z",
            "triangle": f"l{half} {at(2 * size)}h-{at(2 * size + 2)}z",
            "diamond": f"l{half} {half}l-{half} {half}l-{half} -{half}z",
        }
        starts = {
            "square": (x - size + 0.5, y - size + 0.5),
            "triangle": (x, y - size - 1),
            "diamond": (x, y - size - 1),
        }
        shape = kind.removeprefix("hollow-")
        start = starts[shape]
        self.add("path", d=f"M{at(start[0])} {at(start[1])}{shapes[shape]}", stroke_width=width, **paint)

    def legend(self, names: list[str], sign: str = "box") -> float:
        """Which series is which, in rows from the top; the height it takes."""
        measure, x, y, right = self.frame.measure, 0.0, measure_top(self.frame), self.frame.width
        mark = 16 if sign == "box" else 34
        for place, name in enumerate(names):
            name = measure.cut(name, right - mark - 8)
            needed = mark + 6 + measure.width(name) + 18
            if x and x + needed - 18 > right:
                x, y = 0.0, y + measure.line + 4
            if sign == "box":
                self.box(x, y - 7, 14, 14, place)
            else:
                self.stroke(f"M{at(x)} {at(y)}h30", place)
                self.marker(x + 15, y, place)
            self.text(x + mark + 4, y, name)
            x += needed
        return y + measure.line / 2 + 10

    def stroke(self, path: str, place: int) -> None:
        """A line of the series at ``place``."""
        self.add(
            "path",
            d=path,
            fill="none",
            stroke=COLOURS[place % len(COLOURS)],
            stroke_width=2.5,
            stroke_dasharray=DASHES[place % len(DASHES)],
            stroke_linejoin="round",
        )

    def svg(self, title: str, description: str) -> str:
        """The finished drawing. The narrow one is hidden until a style sheet shows it instead of the wide one."""
        weaves = "".join(self._weave(place) for place in sorted(self.weaves))
        hidden = ' display="none"' if self.frame.small else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="b-drawing b-{self.frame.name}" role="img"{hidden}'
            f' aria-labelledby="{self.key}-t {self.key}-d" viewBox="0 0 {self.frame.width} {at(self.height)}"'
            f' width="{self.frame.width}" height="{at(self.height)}" font-size="{self.frame.text}" fill="{INK}">'
            f'<title id="{self.key}-t">{clean(title)}</title><desc id="{self.key}-d">{clean(description)}</desc>'
            f"{f'<defs>{weaves}</defs>' if weaves else ''}{''.join(self.parts)}</svg>"
        )

    def _weave(self, place: int) -> str:
        return (
            f'<pattern id="{self.key}-w{place}" width="8" height="8" patternUnits="userSpaceOnUse">'
            f'<path d="M0 0H8V8H0z" fill="{COLOURS[place]}"/>'
            f'<path d="{_WEAVES[place]}" stroke="{PAPER}" stroke-width="1.4"/></pattern>'
        )


def measure_top(frame: Frame) -> float:
    """Height of the middle of a first line of text."""
    return frame.text / 2 + 4
