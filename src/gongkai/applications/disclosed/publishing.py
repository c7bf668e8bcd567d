"""How an entry gets onto the site. The site is another room of this floor: the project registers what it can do."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """A text for the site: plain paragraphs under headings, for the column of that name."""

    agency: Agency
    column: str
    title: str
    summary: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A text that the public reads now, with its own title: nothing of it comes from this room."""

    item: int
    title: str
    address: str
    published_on: date


# Makes a draft and gives its number; raises NotPermittedError. Which of some are public; where staff find one.
Publish = Callable[[ItemDraft, User], int]
Public = Callable[[int, Collection[int]], Sequence[Shown]]
Address = Callable[[int], str]


class _Site:
    publish: Publish | None = None
    public: Public | None = None
    address: Address | None = None


def register(publish: Publish | None, public: Public | None, address: Address | None) -> None:
    """Say how drafts are made, which items are public, and where staff find them. Told once, by the project."""
    _Site.publish, _Site.public, _Site.address = publish, public, address


def publish_as_item(draft: ItemDraft, user: User) -> int:
    """Make a draft on the site, which its gate lets out or not. Raises :class:`NotPermittedError`."""
    if _Site.publish is None:
        raise NotPermittedError("没有安装信息发布，不能生成草稿。")
    return _Site.publish(draft, user)


def public(agency_id: int, items: Collection[int]) -> Sequence[Shown]:
    """Those of some items that the public reads now, the newest first."""
    return _Site.public(agency_id, items) if _Site.public is not None and items else ()


def address_of(item: int | None) -> str:
    """Where staff find an item, or ""."""
    return _Site.address(item) if _Site.address is not None and item is not None else ""
