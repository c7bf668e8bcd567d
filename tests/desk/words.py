"""The words of a page that are not Chinese."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

# Names of formats and of things that have no Chinese name.
KNOWN = {
    "DOCX", "Excel", "HTML", "JSON", "JavaScript", "PDF", "Word", "XLSX", "WPS", "xlsx",
    "gongkai", "import", "agency",
}  # fmt: skip
ATTRIBUTES = ("aria-label", "placeholder", "title", "alt", "aria-description", "data-w-progress-active-value")
LATIN = re.compile(r"[A-Za-z][A-Za-z'’]+")


def foreign(text: str, *known: str) -> set[str]:
    """Latin words of a text that nobody has allowed."""
    return set(LATIN.findall(text)) - KNOWN - set(known)


def foreign_of(html: str, *known: str) -> set[str]:
    """Those that somebody can read or hear on a page: text, labels, hints, the words of buttons, the title."""
    page = LexborHTMLParser(html)
    for hidden in page.css("script, style, template script, code, kbd, svg, noscript[hidden]"):
        hidden.decompose()
    said = [page.root.text(separator=" ") if page.root else ""]
    for attribute in ATTRIBUTES:
        said += [str(node.attributes[attribute] or "") for node in page.css(f"[{attribute}]")]
    said += [str(node.attributes.get("value") or "") for node in page.css("input[type=submit], input[type=button]")]
    return foreign(" ".join(said), *known)
