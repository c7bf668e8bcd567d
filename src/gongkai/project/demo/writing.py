"""How bodies are written: blocks of the editor, and sentences filled by a seeded generator."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape
from random import Random
from typing import Any

from .site import Planned
from .words import BRANCHES, COUNTIES, INDICATORS, SUBJECTS

Block = tuple[str, Any]
Rows = list[list[Any]]
Make = Callable[[], bytes]
BUREAU_NAME = "温州市统计局（演示）"


@dataclass(slots=True)
class Text:
    """The words of an item: its blocks, its files (name and how each is made), further fields of the item."""

    blocks: list[Block]
    files: list[tuple[str, Make]] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Pen:
    """Writes the body of one item. ``pictures`` are the images to choose from."""

    item: Planned
    random: Random
    pictures: Sequence[Any]

    def fill(self, sentence: str, **more: Any) -> str:
        """A sentence with its gaps filled."""
        random = self.random
        county, other = random.sample(COUNTIES, 2)
        gaps = {
            "county": county,
            "other": other,
            "subject": random.choice(SUBJECTS),
            "branch": random.choice(BRANCHES),
            "indicator": random.choice(INDICATORS),
            "n": random.randint(120, 960),
            "n2": random.randint(40, 180),
            "n3": random.randint(3, 18),
            "p": f"{random.uniform(62, 97):.1f}",
            "small": f"{random.uniform(0.4, 3.2):.1f}",
            "small2": f"{random.uniform(0.2, 2.4):.1f}",
            "day": chinese(self.item.day),
            "day2": chinese(self.item.day + timedelta(days=30)),
        }
        return sentence.format_map(gaps | more)

    def some(self, sentences: Sequence[str], count: int, **more: Any) -> list[str]:
        """So many different sentences in the order in which they stand."""
        chosen = sorted(self.random.sample(range(len(sentences)), min(count, len(sentences))))
        return [self.fill(sentences[place], **more) for place in chosen]

    def one(self, sentences: Sequence[str], **more: Any) -> str:
        return self.fill(self.random.choice(sentences), **more)

    def figure(self, caption: str, alt: str) -> Block:
        return (
            "figure",
            {
                "image": self.random.choice(self.pictures),
                "alt": alt,
                "decorative": False,
                "caption": caption,
                "source": "演示图片",
            },
        )


def chinese(day: date) -> str:
    """3月2日."""
    return f"{day.month}月{day.day}日"


def paragraphs(texts: Iterable[str]) -> Block:
    """Running text; a text that begins with # is a heading."""
    html = "".join(
        f"<h2>{escape(text[1:])}</h2>" if text.startswith("#") else f"<p>{escape(text)}</p>" for text in texts
    )
    return ("paragraph", html)


def table(caption: str, rows: Sequence[Sequence[Any]], *, unit: str = "", note: str = "") -> Block:
    """A table, its head first."""
    return (
        "table",
        {
            "caption": caption,
            "text": pasted(rows),
            "header_column": True,
            "unit": unit,
            "source": BUREAU_NAME,
            "note": note,
        },
    )


def chart(form: str, title: str, rows: Sequence[Sequence[Any]], unit: str, *, as_of: str = "", note: str = "") -> Block:
    """A chart of a pasted table."""
    return (
        "chart",
        {
            "form": form,
            "title": title,
            "unit": unit,
            "text": pasted(rows),
            "direction": "down",
            "indicator": "",
            "periods": 10,
            "source": BUREAU_NAME,
            "as_of": as_of,
            "note": note,
        },
    )


def questions(pairs: Iterable[tuple[str, str]], heading: str = "") -> Block:
    return (
        "questions",
        {
            "heading": heading,
            "entries": [{"question": asked, "answer": f"<p>{escape(answer)}</p>"} for asked, answer in pairs],
        },
    )


def timeline(heading: str, events: Iterable[tuple[str, str, str]]) -> Block:
    return (
        "timeline",
        {"heading": heading, "events": [{"when": when, "title": title, "text": text} for when, title, text in events]},
    )


def links(heading: str, entries: Mapping[str, str]) -> Block:
    return (
        "links",
        {"heading": heading, "entries": [{"title": title, "url": url, "note": ""} for title, url in entries.items()]},
    )


def pasted(rows: Sequence[Sequence[Any]]) -> str:
    """A table as it is pasted from a worksheet."""
    return "\n".join("\t".join(str(cell) for cell in row) for row in rows)
