"""Pictures as WeChat takes them in a body: PNG or JPEG under a megabyte."""

from __future__ import annotations

from io import BytesIO

from .limits import BODY_PICTURE, kind_of_picture

_WIDEST = 1280
_QUALITIES = (85, 70, 50)


class PictureError(ValueError):
    """A picture cannot be made to fit; the message says why in Chinese."""


def fitting(content: bytes) -> tuple[bytes, str]:
    """The picture and the ending of its name, made smaller or of another kind where it has to be.

    Raises :class:`PictureError`.
    """
    kind = kind_of_picture(content)
    if kind is not None and len(content) < BODY_PICTURE:
        return content, kind
    from PIL import Image, UnidentifiedImageError  # most pictures fit

    try:
        with Image.open(BytesIO(content)) as image:
            image.load()
            shown = image.convert("RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise PictureError("正文中有一张图片打不开，请在信息中更换后重新签发。") from error
    shown.thumbnail((_WIDEST, _WIDEST * 4))
    for quality in _QUALITIES:
        output = BytesIO()
        shown.save(output, "JPEG", quality=quality)
        if output.tell() < BODY_PICTURE:
            return output.getvalue(), "jpg"
    raise PictureError("正文中有一张图片缩小后仍超过 1 兆字节，请在信息中更换后重新签发。")
