"""Whose site this is, and what stands on every page of it: masthead, columns, footer, style sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from hashlib import sha256
from importlib import resources
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest

from gongkai.annual.write.html import style
from gongkai.bureau.models import Agency
from gongkai.bureau.queries import site_agency

from .models import Column, ColumnType, Door
from .prepared import ask
from .queries import public_columns
from .reading_style import ELDER, PARAMETER, STANDARD, is_elder

# Places of the footer that the law or the platform's standard asks for; what is not set is left out.
FOOTER_LINKS = {
    "GONGKAI_ICP": "https://beian.miit.gov.cn/",
    "GONGKAI_POLICE_RECORD": "https://beian.mps.gov.cn/",
}


class Place(NamedTuple):
    """A column as the pages of the site need it."""

    id: int
    parent_id: int | None
    name: str
    first_level: str
    path: str
    door: str
    type: str
    presentation: str
    category: str
    description: str
    keywords: str

    @property
    def url(self) -> str:
        """Its address on the site."""
        return f"/{self.path}/"

    @property
    def type_label(self) -> str:
        """What it is for, in words."""
        return ColumnType(self.type).label


class Portal:
    """The site as one request sees it: one query for the bureau and one for its columns, each when first needed."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def bureau(self) -> Agency | None:
        """The agency whose site this is; ``None`` before one is registered."""
        return site_agency()

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The columns that are shown, in order."""
        if self.bureau is None:
            return ()
        return tuple(map(Place._make, ask(_places, self.bureau.pk)))

    @cached_property
    def by_path(self) -> Mapping[str, Place]:
        """Columns by address."""
        return {place.path: place for place in self.places}

    @cached_property
    def by_id(self) -> Mapping[int, Place]:
        """Columns by key."""
        return {place.id: place for place in self.places}

    @cached_property
    def doors(self) -> Mapping[str, Place]:
        """The columns that are parts of the disclosure platform."""
        return {place.door: place for place in self.places if place.door}

    @cached_property
    def below(self) -> Mapping[int, list[Place]]:
        """Columns of the second level by the one above."""
        found: defaultdict[int, list[Place]] = defaultdict(list)
        for place in self.places:
            if place.parent_id is not None:
                found[place.parent_id].append(place)
        return found

    @cached_property
    def menu(self) -> list[tuple[Place, list[Place]]]:
        """First-level columns with those below them."""
        return menu_of(self.places)

    @cached_property
    def root(self) -> str:
        """The site's own address without a slash at the end: the registered one, else that of the request."""
        if self.bureau is not None and self.bureau.website:
            return self.bureau.website.rstrip("/")
        return f"{self.request.scheme}://{self.request.get_host()}"

    @cached_property
    def domain(self) -> str:
        """The host name that the masthead and ``SiteDomain`` give."""
        return urlsplit(self.root).hostname or ""

    @property
    def name(self) -> str:
        """The name in the masthead."""
        return self.bureau.name if self.bureau is not None else "政府信息公开"

    @property
    def canonical(self) -> str:
        """The address of this page, without what only changes its looks."""
        return self.root + self.request.path

    @cached_property
    def is_elder(self) -> bool:
        """Whether the reader has chosen 长者版."""
        return is_elder(self.request)

    @property
    def other_style(self) -> str:
        """This page in 长者版, or from there in the standard style."""
        query = self.request.GET.copy()
        query[PARAMETER] = STANDARD if self.is_elder else ELDER
        return f"{self.request.path}?{query.urlencode()}"

    @property
    def css(self) -> str:
        """The address of the style sheet."""
        return style_address()

    @property
    def script(self) -> str:
        """The address of the script that suggests titles while somebody types into the search field."""
        return script_address()

    @property
    def records(self) -> list[tuple[str, str]]:
        """Numbers of registration, each with where it can be looked up."""
        return [(getattr(settings, name), url) for name, url in FOOTER_LINKS.items() if getattr(settings, name)]

    @property
    def fault_link(self) -> str:
        """Where a reader reports a mistake on the site (政府网站找错); empty when it is not set."""
        return str(settings.GONGKAI_FAULT_LINK)

    @property
    def has_ipv6(self) -> bool:
        """Whether the footer says that the site is reached over IPv6."""
        return bool(settings.GONGKAI_IPV6)

    @property
    def doors_menu(self) -> list[tuple[str, str]]:
        """The parts of the platform in the order of the standard: address and name."""
        return [(f"/{door.value}/", door.label) for door in Door]


def _places(agency_id: int) -> QuerySet[Column, tuple[Any, ...]]:
    return public_columns(agency_id).values_list(*Place._fields)


def menu_of(places: Sequence[Place]) -> list[tuple[Place, list[Place]]]:
    """First-level columns with those below them, in order."""
    return [
        (place, [each for each in places if each.parent_id == place.id]) for place in places if place.parent_id is None
    ]


def portal_of(request: HttpRequest) -> Portal:
    """The site of a request; the same object however often it is asked."""
    found: Portal | None = getattr(request, "_portal", None)
    if found is None:
        found = Portal(request)
        request._portal = found  # type: ignore[attr-defined]
    return found


def site(request: HttpRequest) -> dict[str, object]:
    """What every public page needs, as ``portal``. A context processor; pages that ask nothing of it pay nothing."""
    return {"portal": portal_of(request)}


@cache
def stylesheet() -> str:
    """The one style sheet of the public pages: that of the site, of charts and other blocks, and of the report."""
    own = resources.files("gongkai.portal").joinpath("static/portal")
    sheets = (own.joinpath(name).read_text("utf-8") for name in ("portal.css", "pages.css", "blocks.css"))
    return "".join(sheets) + style()


@cache
def script() -> str:
    """The one script of the public pages; everything works without it."""
    return resources.files("gongkai.portal").joinpath("static/portal/suggest.js").read_text("utf-8")


@cache
def style_address() -> str:
    """Where the style sheet is; the address changes with what it says, so that it can be kept for ever."""
    return f"/site.css?v={sha256(stylesheet().encode()).hexdigest()[:12]}"


@cache
def script_address() -> str:
    """Where the script is; the address changes with what it says."""
    return f"/site.js?v={sha256(script().encode()).hexdigest()[:12]}"
