"""The released file: pixels in, bytes out, the same bytes every time.

The PDF is written here and not by a library: each at hand adds dates, producers or random identifiers, and one has to
be able to say what every byte of a released file is.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_QUALITY = 88


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page's picture as PDF stores it. ``size`` in points."""

    stream: bytes
    parameters: str  # of the image's dictionary: colours and filter
    pixels: tuple[int, int]
    size: tuple[float, float]


def as_jpeg(image: Image) -> bytes:
    """A JPEG of nothing but its pixels."""
    out = BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
    return out.getvalue()


def as_png(image: Image) -> bytes:
    """A PNG of nothing but its pixels."""
    out = BytesIO()
    image.save(out, "PNG", compress_level=6)
    return out.getvalue()


def drawn(image: Image, size: tuple[float, float]) -> Drawn:
    """The page without loss, unless it is a photograph: there JPEG is a fraction of the size."""
    colours = "/DeviceGray" if image.mode == "L" else "/DeviceRGB"
    exact = b"".join(_pixels_of_png(as_png(image)))
    lossy = as_jpeg(image)
    if len(exact) <= 2 * len(lossy):
        layers = 1 if image.mode == "L" else 3
        predicted = f"/Predictor 15 /Colors {layers} /BitsPerComponent 8 /Columns {image.width}"
        parameters = f"/ColorSpace {colours} /Filter /FlateDecode /DecodeParms << {predicted} >>"
        return Drawn(exact, parameters, image.size, size)
    return Drawn(lossy, f"/ColorSpace {colours} /Filter /DCTDecode", image.size, size)


def _pixels_of_png(data: bytes) -> Iterator[bytes]:
    """The compressed rows of a PNG, which PDF takes as they are."""
    at = 8
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        if data[at + 4 : at + 8] == b"IDAT":
            yield data[at + 8 : at + 8 + length]
        at += 12 + length


def build_pdf(pages: Iterable[Drawn]) -> bytes:
    """A PDF whose pages are one picture each and which holds nothing else: no Info, no XMP, no identifier."""
    out = BytesIO()
    places: dict[int, int] = {}

    def write(number: int, body: bytes) -> None:
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    out.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    kids: list[str] = []
    for page in pages:
        first = 3 + 3 * len(kids)
        width, height = (f"{length:.2f}" for length in page.size)
        columns, rows = page.pixels
        content = f"q {width} 0 0 {height} 0 0 cm /P Do Q".encode()
        head = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {first + 1} 0 R "
            f"/Resources << /XObject << /P {first + 2} 0 R >> >> >>"
        )
        picture = (
            f"<< /Type /XObject /Subtype /Image /Width {columns} /Height {rows} /BitsPerComponent 8 "
            f"{page.parameters} /Length {len(page.stream)} >>"
        )
        write(first, head.encode())
        write(first + 1, b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        write(first + 2, picture.encode() + b"\nstream\n" + page.stream + b"\nendstream")
        kids.append(f"{first} 0 R")
    write(1, b"<< /Type /Catalog /Pages 2 0 R >>")
    write(2, f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode())
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    for number in sorted(places):
        out.write(b"%010d 00000 n \n" % places[number])
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, start))
    return out.getvalue()
