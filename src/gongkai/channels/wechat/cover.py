"""A cover for an article that has no picture of its own: WeChat takes none without. The title on plain blue."""

from __future__ import annotations

from io import BytesIO

SIZE = (900, 383)  # WeChat shows 2.35 : 1
_BLUE, _WHITE = "#0b4a8f", "#ffffff"
_CHINESE = 2  # of the fonts in the file: Simplified Chinese
_ROW = 14  # characters


def cover(title: str, name: str) -> bytes:
    """A PNG with the title, and below it whose it is."""
    import noto_cjk  # only who publishes needs these
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", SIZE, _BLUE)
    draw = ImageDraw.Draw(image)
    large, small = (
        ImageFont.truetype(noto_cjk.otc_path("sans"), size, index=_CHINESE, layout_engine=ImageFont.Layout.BASIC)
        for size in (52, 28)
    )
    rows = [title[at : at + _ROW] for at in range(0, len(title), _ROW)][:3]
    for at, row in enumerate(rows):
        draw.text((60, 70 + at * 76), row, font=large, fill=_WHITE)
    draw.text((60, SIZE[1] - 70), name[:28], font=small, fill=_WHITE)
    output = BytesIO()
    image.save(output, "PNG", optimize=True)
    return output.getvalue()
