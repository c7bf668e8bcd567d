"""Files as pages of pixels, as a reader displays them: rotated, cropped, with stamps and filled-in fields.

Called in the worker only: what is decoded here may be hostile.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Protocol

from gongkai.examination.attachments.kinds import Kind, kind_of

from .errors import RedactionError
from .limits import LOWEST_DPI, MAX_PAGES, MAX_PIXELS

if TYPE_CHECKING:
    from PIL.Image import Image

_TO_PDF = "请另存为 PDF 后再遮盖。"
_REFUSED = {
    Kind.DOCX: f"Word 文件不能直接遮盖。{_TO_PDF}",
    Kind.DOC: f"Word 文件不能直接遮盖。{_TO_PDF}",
    Kind.XLSX: f"Excel 文件不能直接遮盖。{_TO_PDF}",
    Kind.XLS: f"Excel 文件不能直接遮盖。{_TO_PDF}",
    Kind.PPTX: f"演示文稿不能直接遮盖。{_TO_PDF}",
    Kind.OFD: f"OFD 文件不能直接遮盖。{_TO_PDF}",
    Kind.ODF: f"ODF 文件不能直接遮盖。{_TO_PDF}",
    Kind.RTF: f"RTF 文件不能直接遮盖。{_TO_PDF}",
    Kind.TEXT: f"文本文件不能直接遮盖。{_TO_PDF}",
    Kind.ENCRYPTED: "文件有密码。请去除密码，另存为 PDF 后再遮盖。",
    Kind.ZIP: "压缩包不能遮盖。请解开，逐个文件上传。",
    Kind.ARCHIVE: "压缩包不能遮盖。请解开，逐个文件上传。",
    Kind.RECORDING: "录音、录像不能遮盖。请用专门的软件处理。",
    Kind.EMPTY: "文件是空的。请重新上传。",
    Kind.UNKNOWN: "不认识这种文件。请换成 PDF 或者图片（jpg、png、tif）。",
}
_FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP")
_BAD_PICTURE = "图片打不开。请用看图软件另存为 jpg 或者 png 后再上传。"
_SCAN_DPI = 150  # of a picture that does not say


class Source(Protocol):
    """``kept_as``: what it is released as, PDF, JPEG or PNG."""

    kept_as: str

    def __len__(self) -> int: ...

    def size(self, page: int) -> tuple[float, float]:
        """Width and height as displayed, in points (1/72 inch)."""

    def image(self, page: int, dpi: float) -> Image:
        """The page in mode L or RGB; a picture has its own pixels whatever ``dpi`` says."""


def open_source(name: str, data: bytes) -> Source:
    """The file's pages. Raises :class:`RedactionError` for what has no pages or cannot be opened."""
    kind = kind_of(name, data)
    if kind in _REFUSED:
        raise RedactionError(_REFUSED[kind])
    source: Source = _Pdf(data) if kind is Kind.PDF else _Picture(data)
    if len(source) > MAX_PAGES:
        raise RedactionError(f"文件有{len(source)}页，超过{MAX_PAGES}页。请拆成几个文件。")
    return source


class _Pdf:
    kept_as = "PDF"

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        try:
            self._document = pypdfium2.PdfDocument(data)
            self._document.init_forms()
        except pypdfium2.PdfiumError as error:
            if "assword" in str(error):
                raise RedactionError("PDF 有密码。请去除密码后再上传。") from error
            raise RedactionError("PDF 已损坏或不完整，不能打开。请重新导出。") from error
        if not len(self._document):
            raise RedactionError("PDF 里没有页面。请重新导出。")

    def __len__(self) -> int:
        return len(self._document)

    def size(self, page: int) -> tuple[float, float]:
        width, height = self._page(page).get_size()
        return float(width), float(height)

    def image(self, page: int, dpi: float) -> Image:
        width, height = self.size(page)
        if width < 1 or height < 1:
            raise RedactionError(f"第{page + 1}页没有大小，不能显示。请重新导出 PDF。")
        # One sheet larger than a poster must not stop the others: it gets fewer pixels, as long as one can read it.
        scale = min(dpi / 72, (MAX_PIXELS * 0.99 / (width * height)) ** 0.5)
        if scale * 72 < LOWEST_DPI:
            raise RedactionError(
                f"第{page + 1}页太大（{width / 28.35:.0f}×{height / 28.35:.0f}厘米）。请缩小页面后重新导出。"
            )
        loaded = self._page(page)
        bitmap = loaded.render(scale=scale, may_draw_forms=True, fill_color=(255, 255, 255, 255), rev_byteorder=True)
        image: Image = bitmap.to_pil().convert("RGB")  # a copy: the bitmap's memory goes with it
        bitmap.close()
        loaded.close()
        return plain(image)

    def _page(self, page: int) -> Any:
        import pypdfium2

        try:
            return self._document[page]
        except pypdfium2.PdfiumError as error:
            raise RedactionError(f"第{page + 1}页已损坏，不能显示。请重新导出 PDF。") from error


class _Picture:
    def __init__(self, data: bytes) -> None:
        from PIL import Image

        Image.MAX_IMAGE_PIXELS = MAX_PIXELS  # this process opens nothing else
        self._data = data
        image = self._open()
        frames = getattr(image, "n_frames", 1)
        if frames > 1 and image.format in ("GIF", "PNG", "WEBP"):
            raise RedactionError("动图不能遮盖。请把要提供的画面另存为 jpg 或者 png。")
        # A second frame of a photograph (MPO) is its depth or its preview: nobody sees it, so it goes.
        self._frames = frames if image.format == "TIFF" else 1
        self.kept_as = {"JPEG": "JPEG", "MPO": "JPEG", "TIFF": "PDF"}.get(image.format or "", "PNG")

    def __len__(self) -> int:
        return self._frames

    def size(self, page: int) -> tuple[float, float]:
        image = self._frame(page)
        width, height = image.size
        if image.getexif().get(0x0112, 1) >= 5:  # turned by a quarter
            width, height = height, width
        given = image.info.get("dpi", (0, 0))[0]
        dpi = float(given) if 50 <= given <= 1200 else _SCAN_DPI
        return width / dpi * 72, height / dpi * 72

    def image(self, page: int, dpi: float) -> Image:
        from PIL import Image, ImageOps

        frame = self._frame(page)
        try:
            frame.load()
            frame = ImageOps.exif_transpose(frame)
            if frame.mode.startswith("I"):  # 16 bits of grey
                frame = frame.convert("I").point(lambda value: value * (1 / 256)).convert("L")
            if frame.has_transparency_data:
                # What is transparent still has a colour beneath.
                frame = frame.convert("RGBA")
                ground = Image.new("RGBA", frame.size, "white")
                ground.alpha_composite(frame)
                frame = ground
            return plain(frame if frame.mode == "L" else frame.convert("RGB"))
        except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
            raise RedactionError(_BAD_PICTURE) from error

    def _frame(self, page: int) -> Image:
        image = self._open()
        if page:
            try:
                image.seek(page)
            except (OSError, ValueError, SyntaxError, EOFError) as error:
                raise RedactionError(_BAD_PICTURE) from error
        if image.width * image.height > MAX_PIXELS:
            raise RedactionError(f"图片超过{MAX_PIXELS // 1_000_000 // 100}亿像素。请缩小后再上传。")
        return image

    def _open(self) -> Image:
        from PIL import Image, UnidentifiedImageError

        try:
            return Image.open(BytesIO(self._data), formats=_FORMATS)
        except UnidentifiedImageError as error:
            raise RedactionError(_BAD_PICTURE) from error
        except Image.DecompressionBombError as error:
            raise RedactionError("图片的像素太多。请缩小后再上传。") from error
        except (OSError, ValueError, SyntaxError, EOFError) as error:
            raise RedactionError(_BAD_PICTURE) from error


def plain(image: Image) -> Image:
    """Pixels and nothing else, in grey when there is no colour: a third of the bytes."""
    from PIL import Image, ImageChops

    if image.mode == "RGB":
        red, green, blue = image.split()
        if not ImageChops.difference(red, green).getbbox() and not ImageChops.difference(green, blue).getbbox():
            image = red
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    return bare
