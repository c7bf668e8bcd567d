"""Files to cover: PDFs written by hand, so that what is hidden in them is known, and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from zipfile import ZipFile

from PIL import Image, ImageDraw

SECRET = "SECRETMARKER7719"
OPEN = "OPENWORDS2020"


def text(words: str, x: float, y: float, size: int = 20) -> str:
    """Words at a place of the page, from its lower left corner."""
    return f"BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET\n"


def pdf(*contents: str, page: str = "/MediaBox [0 0 400 400]", info: str = "", catalogue: str = "") -> bytes:
    """A PDF of one page for each content stream; ``page``, ``info`` and ``catalogue``: entries of those objects."""
    return _pdf([(content, page) for content in contents], info, catalogue, {})


def noted(annotation: str, *, more: dict[int, bytes] | None = None, catalogue: str = "") -> bytes:
    """A page of 400 × 400 points with an annotation (object 50)."""
    given = {50: annotation.encode(), **(more or {})}
    return _pdf([(text(OPEN, 50, 350), "/MediaBox [0 0 400 400] /Annots [50 0 R]")], "", catalogue, given)


def stream(head: str, body: str) -> bytes:
    """A stream object."""
    return f"<< {head} /Length {len(body)} >>\nstream\n{body}\nendstream".encode("latin-1")


def _pdf(pages: Sequence[tuple[str, str]], info: str, catalogue: str, more: dict[int, bytes]) -> bytes:
    kids = " ".join(f"{100 + 2 * number} 0 R" for number in range(len(pages)))
    objects = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>".encode("latin-1"),
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        4: f"<< {info} >>".encode("latin-1"),
        **more,
    }
    for number, (content, page) in enumerate(pages):
        at = 100 + 2 * number
        resources = "/Resources << /Font << /F1 3 0 R >> >>"
        objects[at] = f"<< /Type /Page /Parent 2 0 R /Contents {at + 1} 0 R {resources} {page} >>".encode("latin-1")
        objects[at + 1] = stream("", content)
    out, places, size = BytesIO(), {}, max(objects) + 1
    out.write(b"%PDF-1.7\n")
    for number, body in objects.items():
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n" % size)
    for number in range(size):
        out.write(b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n")
    out.write(b"trailer << /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, start))
    return out.getvalue()


def photograph(kind: str, size: tuple[int, int] = (300, 200), **options: object) -> bytes:
    """A picture whose right half is red and left half blue; EXIF with a place, an author and a comment in it."""
    image = Image.new("RGB", size, "blue")
    ImageDraw.Draw(image).rectangle((size[0] // 2, 0, size[0], size[1]), fill="red")
    exif = Image.Exif()
    exif[0x013B], exif[0x010E] = SECRET, SECRET
    exif.get_ifd(0x8825).update({1: "N", 2: (28.0, 0.0, 38.0), 3: "E", 4: (120.0, 41.0, 0.0)})
    out = BytesIO()
    image.save(out, kind, **({"exif": exif} | options))
    return out.getvalue()


def document(*, author: str = "", comment: str = "", thumbnail: bytes = b"") -> bytes:
    """A docx, with what Word keeps beside its text."""
    from docx import Document

    made = Document()
    paragraph = made.add_paragraph("公开的内容。")
    made.core_properties.author = author
    if comment:
        made.add_comment(paragraph.runs, comment, "张三")
    out = BytesIO()
    made.save(out)
    return out.getvalue() if not thumbnail else _with_thumbnail(out.getvalue(), thumbnail)


def _with_thumbnail(data: bytes, picture: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(data)) as before, ZipFile(out, "w") as after:
        for name in before.namelist():
            after.writestr(name, picture if name == "docProps/thumbnail.jpeg" else before.read(name))
    return out.getvalue()
