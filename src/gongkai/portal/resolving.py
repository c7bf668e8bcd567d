"""Whether an address of the own site leads to something that anybody can see: for links in texts."""

from __future__ import annotations

import re

from django.urls import Resolver404, resolve

from .models import Column, OldAddress
from .queries import public

_ITEM = re.compile(r"^/art/(\d+)\.html$")
_FILE = re.compile(r"^/art/(\d+)/")
# Views that take any address and look it up themselves.
_CATCH_ALL = "portal:column"


def leads_somewhere(agency_id: int, path: str) -> bool:
    """Whether a path is a public item, one of its files, a column, a former address or a fixed page of the site."""
    found = _ITEM.match(path) or _FILE.match(path)
    if found:
        return public(agency_id).filter(item_id=int(found[1])).exists()
    stem = path.strip("/").removesuffix("/rss.xml")
    if re.search(r"(^|/)index(_\d+)?\.html?$", stem):
        stem = re.sub(r"/?index(_\d+)?\.html?$", "", stem)
    if Column.objects.filter(agency_id=agency_id, path=stem).exists():
        return True
    if OldAddress.objects.filter(agency_id=agency_id, path=path).exists():
        return True
    return _is_fixed_page(path)


def _is_fixed_page(path: str) -> bool:
    try:
        match = resolve(path)
    except Resolver404:
        return False
    return match.view_name != _CATCH_ALL and not path.startswith(("/admin/", "/documents/"))
