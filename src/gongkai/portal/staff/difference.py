"""What a proof changes: particulars side by side, and the text word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from rapidfuzz.distance import Levenshtein
from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..models import DocumentClass, Item, ItemType, Kind, Openness

# A word of Latin letters or digits is one token, every other character is one.
_TOKENS = re.compile(r"[A-Za-z0-9.%]+|\s+|.", re.DOTALL)
_BLOCKS = "p, h2, h3, h4, li, tr, figcaption, caption, blockquote, dt, dd, pre, summary"
_MOST = 4_000_000  # pairs of tokens compared within changed paragraphs; beyond, they are shown whole
_CHOICES: Mapping[str, Mapping[str, str]] = {
    "type": dict(ItemType.choices),
    "openness": dict(Openness.choices),
    "kind": dict(Kind.choices),
    "document_class": dict(DocumentClass.choices),
}
# Compared as text, or not for people.
_APART = frozenset({"version", "item", "html", "data", "attachments", "files", "effects", "agency"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: ``kind`` is same, added or removed."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A particular that differs, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything in which two editions differ. ``paragraphs`` are those that changed, each as pieces."""

    changes: tuple[Change, ...]
    paragraphs: tuple[tuple[Piece, ...], ...]

    def __bool__(self) -> bool:
        return bool(self.changes or self.paragraphs)


def difference(
    before: Mapping[str, Any], after: Mapping[str, Any], names: Mapping[str, Mapping[int, str]]
) -> Difference:
    """What differs between the contents of two editions.

    ``names`` gives, for relations (``column``, ``department`` …), the words of their numbers.
    """
    changes = [
        Change(_label(name), _words(name, before.get(name), names), _words(name, after.get(name), names))
        for name in after
        if name not in _APART and before.get(name) != after[name]
    ]
    if _files(before) != _files(after):
        changes.append(Change("附件", "；".join(_files(before)), "；".join(_files(after))))
    if before.get("effects") != after["effects"]:
        changes.append(
            Change("对以前文件的处理", f"{len(before.get('effects', ()))} 项", f"{len(after['effects'])} 项")
        )
    return Difference(tuple(changes), tuple(_paragraphs(text_of(before["html"]), text_of(after["html"]))))


def text_of(html: str) -> list[str]:
    """The text of a body, paragraph by paragraph, the cells of a row in one."""
    found = []
    for node in LexborHTMLParser(html).css(_BLOCKS):
        if node.tag == "tr":
            text = "　".join(_plain(cell) for cell in node.css("th, td"))
        elif _holds_blocks(node) or _is_in_cell(node):
            continue  # its parts say it, or its row does
        else:
            text = _plain(node)
        if text.strip():
            found.append(text)
    return found


def _plain(node: LexborNode) -> str:
    return " ".join(node.text().split())


def _holds_blocks(node: LexborNode) -> bool:
    return any(inner.mem_id != node.mem_id for inner in node.css(_BLOCKS))


def _is_in_cell(node: LexborNode) -> bool:
    above = node.parent
    while above is not None and above.tag not in {"td", "th"}:
        above = above.parent
    return above is not None


def _paragraphs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, from_, until, start, end in matcher.get_opcodes():
        if kind == "equal":
            continue
        removed, added = before[from_:until], after[start:end]
        if kind == "replace" and len(removed) == len(added):
            for old, new in zip(removed, added, strict=True):
                yield pieces(old, new)
        else:
            yield pieces("\n".join(removed), "\n".join(added))


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """What of a text stayed, went and came, in the order in which it is read."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    if not old or not new or len(old) * len(new) > _MOST:
        return tuple(Piece(kind, text) for kind, text in (("removed", before), ("added", after)) if text)
    found: list[Piece] = []
    for step in Levenshtein.opcodes(old, new):
        was, now = "".join(old[step.src_start : step.src_end]), "".join(new[step.dest_start : step.dest_end])
        if step.tag == "equal":
            found.append(Piece("same", was))
            continue
        found += [Piece(kind, text) for kind, text in (("removed", was), ("added", now)) if text]
    return tuple(_joined(found))


def _joined(found: Sequence[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one; a change that returns after a single character is one change."""
    removed, added = "", ""
    for at, piece in enumerate(found):
        short = piece.kind == "same" and len(piece.text) == 1 and 0 < at < len(found) - 1
        if piece.kind == "removed" or short:
            removed += piece.text
        if piece.kind == "added" or short:
            added += piece.text
        if piece.kind == "same" and not short:
            yield from _changed(removed, added)
            removed, added = "", ""
            yield piece
    yield from _changed(removed, added)


def _changed(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece("removed", removed)
    if added:
        yield Piece("added", added)


def _label(name: str) -> str:
    field = Item._meta.get_field(name)
    return str(getattr(field, "verbose_name", name))


def _words(name: str, value: Any, names: Mapping[str, Mapping[int, str]]) -> str:
    if value in (None, ""):
        return "（空）"
    if name in names:
        return names[name].get(value, str(value))
    return str(_CHOICES.get(name, {}).get(value, value))


def _files(content: Mapping[str, Any]) -> list[str]:
    return [f"{each['title']}（{each['name']}，摘要 {each['digest'][:8]}）" for each in content.get("attachments", ())]
