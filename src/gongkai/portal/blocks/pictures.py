"""Pictures of a body: the one place that says which file a page shows for an image."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import BooleanBlock, CharBlock, StructBlock
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.models import AbstractImage, SourceImageIOError

RENDITION = "max-1280x1280"


@dataclass(frozen=True)
class Picture:
    """What ``<img>`` needs: address, and width and height in pixels, so that the page does not jump while loading."""

    src: str
    width: int
    height: int


Resolver = Callable[[Any], Picture | None]


def _rendition(image: Any) -> Picture | None:
    """The image at most 1280 pixels wide and high; ``None`` when its file is gone."""
    try:
        rendition = image.get_rendition(RENDITION)
    except (SourceImageIOError, FileNotFoundError):
        return None
    return Picture(rendition.url, rendition.width, rendition.height)


_resolver: ContextVar[Resolver] = ContextVar("portal_picture_resolver", default=_rendition)


@contextmanager
def resolving(resolver: Resolver) -> Iterator[None]:
    """Pictures come from ``resolver`` inside this block: published copies instead of the library's files."""
    token = _resolver.set(resolver)
    try:
        yield
    finally:
        _resolver.reset(token)


def picture(image: AbstractImage) -> Picture | None:
    """The picture to show for an image of the library; ``None`` when there is none to show."""
    return _resolver.get()(image)


class PictureChooserBlock(ImageChooserBlock):
    """Chooses an image; all images of a body and their files are found in two queries."""

    def bulk_to_python(self, values: Iterable[int | None]) -> list[Any]:
        values = list(values)
        found = self.model_class.objects.prefetch_renditions(RENDITION).in_bulk(values)
        return [found.get(value) for value in values]


class FigureBlock(StructBlock):
    """A picture with its caption; who cannot see it reads the alternative text."""

    image = PictureChooserBlock(label="图片")
    alt = CharBlock(
        label="替代文字",
        required=False,
        max_length=200,
        help_text="写给看不见图片的人：图上是什么、说明什么。图中有文字或数据的，要写出来。",
    )
    decorative = BooleanBlock(label="纯装饰图片，不需要替代文字", required=False)
    caption = CharBlock(label="图题", required=False, max_length=200)
    source = CharBlock(label="来源", required=False, max_length=100, help_text="如：市统计局摄")

    class Meta:
        icon = "image"
        label = "图片"
        group = "图表图解"
        template = "portal/blocks/figure.html"
        label_format = "图片：{caption}"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        check_alt(cleaned, deferred=self.is_deferred_validation)
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        image = value.get("image")
        context["picture"] = picture(image) if image else None
        return context


def check_alt(value: Any, *, deferred: bool = False) -> None:
    """Raise a validation error at the field ``alt`` when an image has neither a text nor the mark 装饰."""
    if deferred or not value.get("image"):
        return
    if not value.get("alt", "").strip() and not value.get("decorative"):
        raise StructBlockValidationError(
            {"alt": ValidationError("请写替代文字：读屏软件会把它念给看不见图片的人；纯装饰的图片请勾选“纯装饰图片”。")}
        )
    if value.get("alt", "").strip() and value.get("decorative"):
        raise StructBlockValidationError(
            {"decorative": ValidationError("既写了替代文字又勾选了“纯装饰图片”：请只留一样。")}
        )
