"""Put articles of a former site into the portal: drafts, or published on a leader's word.

Nothing passes the gate unseen: each is examined, and what the examination stops stays a draft with its findings, for
old pages are where personal data lies forgotten. What is published keeps its day and, where nobody has it, its index
number, so that the figures of each year are right; a row of a ledger that told of it before counts no second time.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image as Pillow
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError, Role, roles_of
from gongkai.ledger.services import append, lock, next_number

from ... import examining, services
from ...models import Attachment, Column, ColumnType, Item, ItemType, OldAddress, Publication
from ..twice import absorb
from .article import MAX_PIXELS, Article

STREAM = "portal.moving"
_TYPES = {
    ColumnType.NOTICES: ItemType.NOTICE,
    ColumnType.INTERPRETATIONS: ItemType.INTERPRETATION,
    ColumnType.OVERVIEW: ItemType.PAGE,
}
_FORMATS = {"JPEG": ".jpg", "PNG": ".png", "GIF": ".gif", "WEBP": ".webp"}


@dataclass(slots=True)
class Moved:
    """What moving did. ``held`` are the drafts that could not be published, each with the reasons."""

    drafted: int = 0
    published: int = 0
    unchanged: int = 0
    counted_before: int = 0
    columns: list[str] = field(default_factory=list)
    addresses: int = 0
    held: list[tuple[str, str]] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)


@dataclass
class Mover:
    """Moves the articles of one agency. ``drafter`` is who wrote them into the system, ``approver`` who answers."""

    agency: Agency
    drafter: User
    approver: User | None = None
    step: Callable[[int], None] = lambda _: None
    moved: Moved = field(default_factory=Moved)

    def __post_init__(self) -> None:
        columns = Column.objects.filter(agency=self.agency).select_related("parent")
        self.columns = {(c.first_level, c.name if c.parent_id else ""): c for c in columns}
        self.pictures: dict[Path, Any] = {}

    def move(self, articles: Sequence[Article], columns: dict[str, tuple[str, ...]] | None = None) -> Moved:
        """Take the articles in, and the old addresses of columns. One transaction of the caller's."""
        lock(self.agency.pk)
        keys = [article.key for article in articles]
        there = {i.source_key: i for i in Item.objects.filter(agency=self.agency, source_key__in=keys)}
        for article in articles:
            item = there.get(article.key)
            if item is None:
                there[article.key] = item = self._draft(article)
                self.moved.drafted += 1
            elif item.is_live or item.status != "draft" or self.approver is None:
                self.moved.unchanged += 1
                self.step(1)
                continue
            if self.approver is not None:
                self._publish(item, article, self.approver)
            elif found := _stopped(examining.examine_item(item)):
                self.moved.held.append((f"{article.where}《{article.title}》", found))
            self.step(1)
        for path, names in (columns or {}).items():
            column = self.columns.get((names[0], names[1] if len(names) > 1 else ""))
            if column is not None:
                self._remember(path, column=column)
        self._record(len(articles))
        return self.moved

    def _draft(self, article: Article) -> Item:
        column = self._column(article.first, article.second)
        is_document = bool(article.document_class) or bool(article.document_number and article.formed_on)
        item = Item(
            agency=self.agency,
            column=column,
            source_key=article.key,
            is_demo=self.agency.is_demo,
            created_at=article.published_at,
            type=ItemType.DOCUMENT if is_document else _TYPES.get(ColumnType(column.type), ItemType.ARTICLE),
            issuer=self.agency.name if is_document else "",
            document_class=article.document_class or ("other" if is_document else ""),
            department=self.drafter.department,
            body=[self._block(kind, value, article) for kind, value in article.blocks if self._usable(value, article)],
            **{
                name: getattr(article, name)
                for name in (
                    "title",
                    "summary",
                    "source",
                    "document_number",
                    "formed_on",
                    "effective_on",
                    "expires_on",
                )
            },
        )
        item.save()
        for place, (name, path) in enumerate(article.attachments):
            file = ContentFile(path.read_bytes(), path.name)
            document = get_document_model().objects.create(title=name, file=file, uploaded_by_user=self.drafter)
            self.moved.stored.append(document.file.name)
            Attachment.objects.create(item=item, document=document, sort_order=place, title=name)
        services.edited(item, self.drafter)
        if article.path:
            self._remember(article.path, item=item)
        return item

    def _publish(self, item: Item, article: Article, approver: User) -> None:
        where = f"{article.where}《{article.title}》"
        if article.missing:
            self.moved.held.append((where, f"没有随网页保存：{'、'.join(dict.fromkeys(article.missing))}"))
            examining.examine_item(item)
            return
        try:
            services.adopt(item, approver, article.published_at, index_number=article.index_number)
        except services.BlockedError as error:
            self.moved.held.append((where, _stopped(error.findings)))
            return
        self.moved.published += 1
        if absorb(Publication.objects.get(item=item)):
            self.moved.counted_before += 1
        Item.objects.filter(pk=item.pk).update(updated_at=article.published_at)

    def _column(self, first: str, second: str) -> Column:
        """A column by its names; by the name of the second level alone where that is the only one of the name."""
        known = self.columns.get((first, second))
        if known is None and not second:
            named = [column for (_, name), column in self.columns.items() if name == first]
            known = named[0] if len(named) == 1 else None
        if known is not None:
            return known
        parent = self.columns.get((first, "")) or self._make(first, None)
        return self._make(second, parent) if second else parent

    def _make(self, name: str, parent: Column | None) -> Column:
        same = {"type": parent.type, "kind": parent.kind, "route": parent.route} if parent else {}
        column = Column(agency=self.agency, parent=parent, name=name, order=len(self.columns), **same)
        column.save()
        self.columns[column.first_level, name if parent else ""] = column
        self.moved.columns.append(str(column))
        return column

    def _usable(self, value: Any, article: Article) -> bool:
        """Whether a block can be kept: a picture must be one. What cannot is told."""
        if not isinstance(value, dict) or not isinstance(value.get("image"), Path):
            return True
        path = value["image"]
        if path not in self.pictures:
            self.pictures[path] = self._picture(path, value["alt"])
        if self.pictures[path] is None:
            article.missing.append(f"图片“{path.name}”不能读取")
        return self.pictures[path] is not None

    def _block(self, kind: str, value: Any, article: Article) -> tuple[str, Any]:
        if isinstance(value, dict) and isinstance(value.get("image"), Path):
            image = self.pictures[value["image"]]
            return kind, {**value, "image": image, "alt": value["alt"] or f"图片：{article.title}"[:200]}
        return kind, value

    def _picture(self, path: Path, alt: str) -> Any:
        """An image of the library; ``None`` for what is no picture, or one that would unfold beyond bearing."""
        try:
            with (
                warnings.catch_warnings(action="error", category=Pillow.DecompressionBombWarning),
                Pillow.open(path, formats=list(_FORMATS)) as picture,
            ):
                width, height = picture.size
                suffix = _FORMATS[str(picture.format)]
                if width * height > MAX_PIXELS:
                    return None
                picture.verify()
        except (OSError, ValueError, SyntaxError, Pillow.DecompressionBombError, Pillow.DecompressionBombWarning):
            return None
        file = ContentFile(path.read_bytes(), f"{path.stem[:60]}{suffix}")
        image = get_image_model().objects.create(
            title=(alt or path.stem)[:200], file=file, width=width, height=height, uploaded_by_user=self.drafter
        )
        self.moved.stored.append(image.file.name)
        return image

    def _remember(self, path: str, *, item: Item | None = None, column: Column | None = None) -> None:
        """The old address leads to the new place for good; one that leads somewhere already stays."""
        if len(path) > 500:
            return
        _, made = OldAddress.objects.get_or_create(
            agency=self.agency, path=path, defaults={"item": item, "column": column}
        )
        self.moved.addresses += made

    def _record(self, articles: int) -> None:
        if not (self.moved.drafted or self.moved.published):
            return
        told = {
            "articles": articles,
            "drafted": self.moved.drafted,
            "published": self.moved.published,
            "counted_before": self.moved.counted_before,
        }
        number = next_number(self.agency, STREAM)
        append(self.agency, STREAM, number, "moved", timezone.localdate(), told, actor_id=self.drafter.pk)


def _stopped(findings: Sequence[Any]) -> str:
    """The blocking findings in words."""
    blocking = [found for found in findings if found.severity == services.BLOCK]
    return "；".join(dict.fromkeys(f"{found.place}：{found.message}" for found in blocking[:5]))


def forget_files(moved: Moved) -> None:
    """Delete the files that a transaction which was taken back has left behind."""
    for name in moved.stored:
        default_storage.delete(name)


def drafter_of(agency: Agency, username: str | None) -> User:
    """Who writes the articles into the system: the one named, or the first clerk. Raises ``NotPermittedError``."""
    if username:
        return _user(agency, username, (Role.CLERK, Role.HANDLER, Role.REVIEWER))
    for role in (Role.CLERK, Role.HANDLER, Role.REVIEWER):
        found = User.objects.filter(agency=agency, is_active=True, groups__name=role.label).order_by("pk").first()
        if found is not None:
            return found
    raise NotPermittedError("本机关还没有经办人员；请先登记用户，或者用 --drafted-by 指明。")


def approver_of(agency: Agency, username: str) -> User:
    """The leader who answers for what is published without a review. Raises ``NotPermittedError``."""
    return _user(agency, username, (Role.LEADER,))


def _user(agency: Agency, username: str, roles: tuple[Role, ...]) -> User:
    user = User.objects.select_related("department").filter(username=username, agency=agency, is_active=True).first()
    if user is None:
        raise NotPermittedError(f"本机关没有在用的用户“{username}”。")
    if not roles_of(user) & set(roles):
        raise NotPermittedError(f"用户“{username}”不是{'、'.join(role.label for role in roles)}，不能担任。")
    return user
