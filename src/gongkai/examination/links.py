"""Links: dead ones of our own site, scripts dressed as links, links that lead off the site or not where they say."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator
from urllib.parse import SplitResult, unquote, urlsplit

from .finding import Finding, Severity, finding, safe
from .settings import Settings
from .subject import Link, Passage

_SCRIPTS = frozenset({"javascript", "vbscript", "data", "livescript"})
_LOCAL = frozenset({"file", "c", "d", "e", "blob"})
_GOVERNMENT = (".gov.cn", ".政务.cn", ".政务")
_SHOWN_HOST = re.compile(r"^(?:https?://)?((?:[a-z0-9\-]+\.)+[a-z]{2,})(?:[/:?#].*)?$", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x20]")


def checker(resolve: Callable[[str], bool], own_hosts: frozenset[str]) -> Callable[[str], str | None]:
    """A link checker for :class:`Settings`: ``resolve`` says whether a path of the site leads to something that the
    public can see. Links to other hosts are never followed and are taken to be fine."""

    def check(url: str) -> str | None:
        parts = _split(url)
        if parts is None:
            return "地址写得不对"
        if _host(parts) and not _is_own(_host(parts), own_hosts):
            return None
        path = unquote(parts.path) or "/"
        return None if resolve(path) else "本网站没有这个页面，或者还没有公开"

    return check


def find_links(links: tuple[Link, ...], settings: Settings) -> Iterator[Finding]:
    """What is wrong with each link; at most one finding a link."""
    for link in links:
        if found := _judge(link, settings):
            rule, severity, message = found
            yield finding(
                rule,
                severity,
                link.place,
                message,
                value=link.url,
                excerpt=safe(f"{link.text} → {link.url}"),
                anchor=link.anchor,
            )


def as_passages(links: tuple[Link, ...]) -> Iterator[Passage]:
    """Addresses as text: tel: and mailto: links carry numbers that the page does not show."""
    for link in links:
        yield Passage(f"{link.place}的链接地址", unquote(link.url), link.anchor)


def _judge(link: Link, settings: Settings) -> tuple[str, Severity, str] | None:
    url = _CONTROL.sub("", link.url)
    parts = _split(url)
    if parts is None:
        return "LINK-DEAD", Severity.WARN, "链接地址写得不对，打不开。请改正或者去掉链接。"
    scheme = parts.scheme.lower()
    if scheme in _SCRIPTS:
        return "LINK-SCRIPT", Severity.BLOCK, f"这是{scheme}:脚本，不是链接。请改成网页地址或者去掉。"
    if scheme in {"mailto", "tel", "sms"}:
        return None
    if scheme in _LOCAL or "\\" in url:
        return "LINK-DEAD", Severity.WARN, "链接指向本机或者内部文件，公众打不开。请把文件作为附件上传。"
    if scheme not in {"", "http", "https", "ftp"}:
        return "LINK-DEAD", Severity.WARN, f"浏览器打不开{scheme}:链接。请改成网页地址或者去掉。"
    host = _host(parts)
    if not host:
        if not (parts.path or parts.query):
            if parts.fragment and parts.fragment != "#":
                return None
            return "LINK-DEAD", Severity.WARN, "链接是空的，点了没有反应。请填写地址或者去掉。"
        return _dead(url, settings)
    if _is_internal(host):
        return "LINK-DEAD", Severity.WARN, "链接指向内网地址，公众打不开，也暴露了内部网络。请改成公开的地址。"
    if _is_own(host, settings.own_hosts):
        return _dead(url, settings)
    shown = _SHOWN_HOST.match(link.text.strip())
    if shown and not _same_site(shown[1].lower(), host):
        return "LINK-MISLEADING", Severity.WARN, f"文字写的是{shown[1]}，链接却指向{host}。请改成一致的。"
    if host.endswith(_GOVERNMENT):
        return None
    return (
        "LINK-FOREIGN",
        Severity.NOTE,
        f"链接离开本网站，指向非政府网站{host}。请打开看一看内容是否合适，页面会提示“即将离开本网站”。",
    )


def _dead(url: str, settings: Settings) -> tuple[str, Severity, str] | None:
    reason = settings.check_link(url)
    return None if reason is None else ("LINK-DEAD", Severity.WARN, f"死链接：{reason}。请改正或者去掉链接。")


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
    except ValueError:
        return None
    return parts


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").lower().rstrip(".")


def _is_own(host: str, own_hosts: frozenset[str]) -> bool:
    return host in own_hosts


def _same_site(shown: str, host: str) -> bool:
    return shown.removeprefix("www.") == host.removeprefix("www.")


def _is_internal(host: str) -> bool:
    if host == "localhost" or ("." not in host and ":" not in host) or host.endswith((".local", ".lan", ".internal")):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False
