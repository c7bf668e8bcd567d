"""The published text as WeChat takes it: few tags, styles in place, pictures at WeChat's own addresses.

WeChat drops style sheets, scripts, SVG and pictures from elsewhere, and links that lead out of it. So a chart becomes
the table behind it, and a link its words with the address after them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlsplit

from lxml import etree, html

_STYLES = {
    "p": "margin:0 0 1em;line-height:1.75;text-align:justify;",
    "h2": "margin:1.5em 0 .75em;font-size:1.15em;font-weight:bold;",
    "h3": "margin:1.25em 0 .5em;font-size:1.05em;font-weight:bold;",
    "h4": "margin:1em 0 .5em;font-weight:bold;",
    "blockquote": "margin:0 0 1em;padding:0 1em;border-left:3px solid #0b4a8f;",
    "table": "width:100%;border-collapse:collapse;margin:0 0 1em;font-size:.9em;",
    "th": "border:1px solid #999;padding:4px 6px;",
    "td": "border:1px solid #999;padding:4px 6px;",
    "img": "max-width:100%;height:auto;",
    "figcaption": "margin:0 0 1em;font-size:.9em;text-align:center;",
}
# What each tag becomes; the content of any other is kept without it.
_TAGS = {tag: tag for tag in (*_STYLES, "strong", "em", "b", "i", "ul", "ol", "li", "br", "sub", "sup", "caption")}
_TAGS |= {tag: tag for tag in ("thead", "tbody", "tr")} | {"figure": "section", "figcaption": "p", "h1": "h2"}
_TAGS |= {"dt": "p", "dd": "p", "h5": "h4", "h6": "h4"}
_GONE = frozenset({"script", "style", "svg", "summary", "form", "button", "iframe", "noscript", "link", "meta"})
_KEPT = {"td": ("colspan", "rowspan"), "th": ("colspan", "rowspan"), "img": ("alt",), "ol": ("start",)}
_HIDDEN = "b-hidden"


def sources(text: str) -> list[str]:
    """The addresses of the pictures, each once, in order."""
    return list(dict.fromkeys(str(src) for src in _parsed(text).xpath("//img/@src")))


def render(text: str, pictures: Mapping[str, str], *, absolute: Callable[[str], str] = str) -> str:
    """The body for WeChat. ``pictures`` says where each is now; one that is not there is left out.

    ``absolute`` makes an address of the site a whole one.
    """
    made = html.Element("section")
    _copy(_parsed(text), made, pictures, absolute)
    return str(etree.tostring(made, encoding="unicode", method="html"))


def plain(text: str) -> str:
    """The words alone, for a digest."""
    root = _parsed(text)
    for gone in root.xpath("//svg|//script|//style|//details|//figure"):
        gone.drop_tree()
    return " ".join(root.text_content().split())


def _parsed(text: str) -> html.HtmlElement:
    found: html.HtmlElement = html.fragment_fromstring(text, create_parent="div")
    return found


def _copy(
    source: html.HtmlElement, target: html.HtmlElement, pictures: Mapping[str, str], absolute: Callable[[str], str]
) -> None:
    _say(target, source.text)
    for child in source:
        if isinstance(child.tag, str) and not _is_gone(child, pictures):
            made = _made(child, pictures)
            if made is None:
                _copy(child, target, pictures, absolute)
            else:
                target.append(made)
                _copy(child, made, pictures, absolute)
            if child.tag == "a":
                _say(target, _led(child, absolute))
        _say(target, child.tail)


def _is_gone(element: html.HtmlElement, pictures: Mapping[str, str]) -> bool:
    if element.tag in _GONE or _HIDDEN in (element.get("class") or "").split():
        return True
    return element.tag == "img" and element.get("src") not in pictures


def _made(element: html.HtmlElement, pictures: Mapping[str, str]) -> html.HtmlElement | None:
    name = _TAGS.get(element.tag)
    if name is None:
        return None
    made = html.Element(name)
    if element.tag == "img":
        made.set("src", pictures[element.get("src")])
    for attribute in _KEPT.get(element.tag, ()):
        if element.get(attribute):
            made.set(attribute, element.get(attribute))
    style = _STYLES.get(element.tag) or _STYLES.get(name)
    if style:
        made.set("style", style)
    return made


def _led(link: html.HtmlElement, absolute: Callable[[str], str]) -> str:
    """Where a link leads, after its words; nothing where they say it already or it leads nowhere outside."""
    address = absolute(link.get("href") or "")
    if urlsplit(address).scheme not in {"http", "https"} or address in link.text_content():
        return ""
    return f"（{address}）"


def _say(target: html.HtmlElement, words: str | None) -> None:
    """Add words after what the target has already."""
    if not words:
        return
    children: Sequence[html.HtmlElement] = list(target)
    if children:
        children[-1].tail = (children[-1].tail or "") + words
    else:
        target.text = (target.text or "") + words
