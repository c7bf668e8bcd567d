"""The released file: what is under a box is gone, what is hidden is gone, what is beside the boxes is as it was."""

from __future__ import annotations

import re
import subprocess
import zlib
from io import BytesIO
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from gongkai.applications.redaction import Box, RedactionError, page_image, pages_of, redact
from gongkai.applications.redaction.painting import Mark, pixels
from gongkai.applications.redaction.sources import open_source
from gongkai.applications.redaction.worker import rebuild

from .files import OPEN, SECRET, noted, pdf, photograph, stream, text

WHY = "denied.third_party_rights"
FILE = pdf(
    text(SECRET, 100, 200) + text(OPEN, 50, 350),
    info=f"/Title ({SECRET}) /Author ({SECRET}) /Keywords ({SECRET})",
)
OVER_SECRET = Box(0, 0.2, 0.44, 0.6, 0.1, WHY)


def picture_of(data: bytes, page: int = 0, dpi: int = 100) -> Image.Image:
    return pypdfium2.PdfDocument(data)[page].render(scale=dpi / 72).to_pil().convert("RGB")


def everything(data: bytes) -> bytes:
    """The file and whatever can be unpacked of it."""
    parts = [data]
    for match in re.finditer(rb"stream\n", data):
        try:
            parts.append(zlib.decompressobj().decompress(data[match.end() :]))
        except zlib.error:
            continue  # not packed
    return b"\n".join(parts)


def test_nobody_can_get_text_out_of_the_released_file(tmp_path: Path) -> None:
    released = redact(FILE, "名单.pdf", [OVER_SECRET])
    assert (released.name, released.media_type) == ("名单（区分处理）.pdf", "application/pdf")
    path = tmp_path / "released.pdf"
    path.write_bytes(released.data)
    assert subprocess.run(["pdftotext", path, "-"], capture_output=True).stdout.strip() == b""
    with pdfplumber.open(path) as opened:
        assert [page.extract_text() for page in opened.pages] == [""]
        assert opened.metadata == {}
        assert [(page.annots, page.hyperlinks, page.chars) for page in opened.pages] == [([], [], [])]
    document = pypdfium2.PdfDocument(released.data)
    assert (document[0].get_textpage().count_chars(), document.count_attachments()) == (0, 0)
    assert SECRET.encode() not in everything(released.data)
    assert OPEN.encode() not in everything(released.data)


def test_the_released_pdf_holds_a_picture_a_page_and_nothing_else() -> None:
    released = redact(pdf(text(OPEN, 50, 350), text(SECRET, 50, 350)), "a.pdf", [Box(1, 0, 0, 1, 1, WHY)])
    kinds = re.findall(
        rb"/(?:Type|Subtype|Info|Metadata|ID|Annots|Names|AcroForm|Producer)\b[ /]*(\w+)?", released.data
    )
    assert sorted(kinds) == sorted([b"Catalog", b"Pages", *[b"Page", b"XObject", b"Image"] * 2])


def test_under_the_box_it_is_black_and_beside_it_nothing_changed() -> None:
    released = redact(FILE, "a.pdf", [OVER_SECRET], dpi=144)
    after = picture_of(released.data, dpi=144)
    before = picture_of(FILE, dpi=144)
    left, top, right, bottom = pixels(Mark(0.2, 0.44, 0.6, 0.1, ()), before.size)
    assert set(after.crop((left, top, right + 1, top + 4)).get_flattened_data()) == {(0, 0, 0)}
    assert set(after.crop((left, top, left + 40, bottom + 1)).get_flattened_data()) == {(0, 0, 0)}
    for image in (before, after):
        image.paste((0, 0, 0), (left, top, right + 1, bottom + 1))
    assert ImageChops.difference(before, after).getbbox() is None


def test_a_box_that_is_large_enough_says_why() -> None:
    box = picture_of(redact(FILE, "a.pdf", [OVER_SECRET]).data, dpi=200).crop((230, 495, 880, 590))
    assert box.convert("L").point(lambda value: 255 if value > 200 else 0).getbbox() is not None
    small = Box(0, 0.2, 0.44, 0.02, 0.01, WHY)
    black = picture_of(redact(FILE, "a.pdf", [small]).data, dpi=200).crop((224, 490, 244, 500))
    assert set(black.get_flattened_data()) == {(0, 0, 0)}


Marked = tuple[int, float, float, float, float, list[str]]
boxes = st.builds(
    lambda x, y, width, height: (0, x, y, max(0.002, min(width, 1 - x)), max(0.002, min(height, 1 - y)), ["1"]),
    *[st.floats(0, 0.99)] * 2,
    *[st.floats(0.002, 1)] * 2,
)
secrets = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", min_size=1, max_size=12)


def built(data: bytes, marks: list[Marked], dpi: int = 72) -> bytes:
    """What the process that rebuilds files makes of one, here in this process."""
    return rebuild(open_source("a.pdf", data), {"marks": marks, "dpi": dpi})[1]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(secret=secrets, other=secrets, more=st.lists(boxes, max_size=6))
def test_the_released_file_is_the_same_whatever_stood_under_the_boxes(
    secret: str, other: str, more: list[Marked]
) -> None:
    """No way out at all: two files that differ under a box only, and in what is not seen, become the same bytes."""
    marks = [(0, 0.2, 0.44, 0.6, 0.1, ["1 第三方权益", "1"]), *more]
    made = [
        built(pdf(text(each, 100, 200, 16) + text(OPEN, 50, 350), info=f"/Title ({each})"), marks)
        for each in (secret, other)
    ]
    assert made[0] == made[1]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(marks=st.lists(boxes, min_size=1, max_size=8))
def test_whatever_is_boxed_there_is_no_text_and_every_other_pixel_is_untouched(marks: list[Marked]) -> None:
    released = built(FILE, marks)
    assert SECRET.encode() not in everything(released)
    assert pypdfium2.PdfDocument(released)[0].get_textpage().count_chars() == 0
    before, after = picture_of(FILE, dpi=72), picture_of(released, dpi=72)
    for _, x, y, width, height, _words in marks:
        left, top, right, bottom = pixels(Mark(x, y, width, height, ()), before.size)
        assert left <= x * before.width <= right + 1
        assert top <= y * before.height <= bottom + 1
        assert right + 1 >= min(before.width, (x + width) * before.width)
        assert bottom + 1 >= min(before.height, (y + height) * before.height)
        for image in (before, after):
            image.paste((0, 0, 0), (left, top, right + 1, bottom + 1))
    assert ImageChops.difference(before, after).getbbox() is None


def test_the_same_file_and_boxes_give_the_same_bytes() -> None:
    assert redact(FILE, "a.pdf", [OVER_SECRET]).data == redact(FILE, "b.pdf", [OVER_SECRET]).data


@pytest.mark.parametrize(
    ("page", "size"),
    [
        ("/MediaBox [0 0 400 400]", (400, 400)),
        ("/MediaBox [0 0 400 200] /Rotate 90", (200, 400)),
        ("/MediaBox [0 0 400 400] /CropBox [50 100 350 300]", (300, 200)),
        ("/MediaBox [0 0 400 400] /CropBox [50 100 350 300] /Rotate 270", (200, 300)),
    ],
    ids=["upright", "turned", "cropped", "cropped and turned"],
)
def test_a_page_is_covered_as_it_is_displayed(page: str, size: tuple[int, int]) -> None:
    content = "1 0 0 rg 0 0 400 400 re f\n" + text(SECRET, 60, 150)
    data = pdf(content, page=page)
    (told,) = pages_of(data, "a.pdf")
    assert (told.number, told.width, told.height) == (1, *size)
    shown = Image.open(BytesIO(page_image(data, "a.pdf", 0, dpi=72)))
    released = picture_of(redact(data, "a.pdf", [Box(0, 0, 0, 0.5, 0.25, WHY)], dpi=72).data, dpi=72)
    assert shown.size == released.size == size
    half, quarter = size[0] // 2, size[1] // 4
    assert released.getpixel((1, 1)) == (0, 0, 0)
    assert released.getpixel((half - 1, quarter - 1)) == (0, 0, 0)
    assert released.getpixel((half + 3, 1)) == shown.convert("RGB").getpixel((half + 3, 1))
    assert released.getpixel((1, quarter + 3)) == shown.convert("RGB").getpixel((1, quarter + 3))


def test_what_lies_outside_the_visible_part_of_a_page_is_gone() -> None:
    data = pdf(text(SECRET, 10, 20) + text(OPEN, 120, 200), page="/MediaBox [0 0 400 400] /CropBox [100 100 400 400]")
    released = redact(data, "a.pdf", [Box(0, 0.9, 0.9, 0.1, 0.1, WHY)])
    assert SECRET.encode() not in everything(released.data)
    assert pages_of(released.data, "a.pdf")[0].width == 300


STAMP = stream("/Type /XObject /Subtype /Form /BBox [0 0 100 100]", "1 0 0 rg 0 0 100 100 re f")
SEALED = noted("<< /Type /Annot /Subtype /Stamp /Rect [200 100 300 200] /AP << /N 51 0 R >> >>", more={51: STAMP})
REMARK = noted(f"<< /Type /Annot /Subtype /Text /Rect [200 100 220 120] /Contents ({SECRET}) >>")
FIELD = noted(
    "<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (filled) /Rect [200 100 300 200] /AP << /N 51 0 R >> >>",
    more={51: STAMP},
    catalogue="/AcroForm << /Fields [50 0 R] >>",
)


@pytest.mark.parametrize("data", [SEALED, FIELD], ids=["a seal", "a filled-in field"])
def test_what_lies_on_the_page_is_seen_and_covered_like_the_page(data: bytes) -> None:
    seen = Image.open(BytesIO(page_image(data, "a.pdf", 0, dpi=72))).convert("RGB")
    assert seen.getpixel((210, 210)) == (255, 0, 0)
    covered = redact(data, "a.pdf", [Box(0, 0.5, 0.5, 0.125, 0.25, WHY)], dpi=72).data
    assert picture_of(covered, dpi=72).getpixel((210, 290)) == (0, 0, 0)
    assert picture_of(covered, dpi=72).getpixel((280, 290)) == (255, 0, 0)
    assert pypdfium2.PdfDocument(covered).get_formtype() == 0


def test_a_remark_in_the_margin_does_not_go_out() -> None:
    released = redact(REMARK, "a.pdf", [OVER_SECRET]).data
    assert SECRET.encode() not in everything(released)
    assert b"Annot" not in released


@pytest.mark.parametrize(
    ("kind", "ending", "media_type"),
    [
        ("JPEG", "jpg", "image/jpeg"),
        ("PNG", "png", "image/png"),
        ("WEBP", "png", "image/png"),
        ("TIFF", "pdf", "application/pdf"),
    ],
)
def test_a_photograph_goes_out_without_what_the_camera_wrote(kind: str, ending: str, media_type: str) -> None:
    released = redact(photograph(kind), f"现场.{kind.lower()}", [Box(0, 0.5, 0, 0.5, 1, WHY)])
    assert (released.name, released.media_type) == (f"现场（区分处理）.{ending}", media_type)
    assert SECRET.encode() not in everything(released.data)
    if ending == "pdf":
        image = picture_of(released.data)
    else:
        image = Image.open(BytesIO(released.data))
        assert image.size == (300, 200)
        assert (dict(image.getexif()), image.info.get("exif"), image.info.get("comment")) == ({}, None, None)
    image = image.convert("RGB")
    assert max(image.getpixel((image.width - 5, 5))) < 30
    red, green, blue = image.getpixel((20, 20))
    assert (red < 10, green < 10, blue > 240) == (True, True, True)


def test_a_photograph_taken_upright_is_covered_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side until turned by 90°
    data = photograph("JPEG", exif=exif)
    assert [(page.width, page.height) for page in pages_of(data, "a.jpg")] == [(200, 300)]
    image = Image.open(BytesIO(redact(data, "a.jpg", [Box(0, 0, 0, 1, 0.25, WHY)]).data)).convert("RGB")
    assert image.size == (200, 300)
    assert max(image.getpixel((100, 10))) < 30
    assert image.getpixel((100, 290))[0] > 240, "the red half is below"


def test_the_colour_of_transparent_pixels_does_not_go_out() -> None:
    image = Image.new("RGBA", (100, 100), (255, 0, 0, 0))
    out = BytesIO()
    image.save(out, "PNG")
    released = Image.open(BytesIO(redact(out.getvalue(), "a.png", [Box(0, 0, 0, 0.5, 0.5, WHY)]).data))
    assert released.convert("RGBA").getpixel((90, 90)) == (255, 255, 255, 255)


def test_every_page_of_a_scan_is_covered_and_kept() -> None:
    pages = [Image.new("L", (200, 300), grey) for grey in (50, 100, 200)]
    out = BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], dpi=(100, 100))
    assert [(page.number, page.width) for page in pages_of(out.getvalue(), "a.tif")] == [(1, 144), (2, 144), (3, 144)]
    released = redact(out.getvalue(), "a.tif", [Box(2, 0, 0, 1, 0.5, WHY)]).data
    middle = [picture_of(released, page, 100).getpixel((100, 75)) for page in range(3)]
    assert middle == [(50, 50, 50), (100, 100, 100), (0, 0, 0)]


@pytest.mark.parametrize(
    ("mode", "value", "expected"), [("I;16", 32768, 128), ("1", 1, 255), ("CMYK", (0, 0, 0, 0), 255), ("P", 0, 0)]
)
def test_pictures_of_every_kind_of_colour_look_as_they_did(mode: str, value: object, expected: int) -> None:
    out = BytesIO()
    Image.new(mode, (60, 60), value).save(out, "TIFF")  # type: ignore[arg-type]
    page = Image.open(BytesIO(page_image(out.getvalue(), "a.tif", 0))).convert("L")
    assert page.getpixel((30, 30)) == expected


def test_a_large_page_is_made_smaller_to_show_but_not_to_release() -> None:
    data = photograph("JPEG", (4000, 3000))
    assert Image.open(BytesIO(page_image(data, "a.jpg", 0))).size == (2309, 1732)
    assert Image.open(BytesIO(redact(data, "a.jpg", [OVER_SECRET]).data)).size == (4000, 3000)


def test_a_photograph_in_a_pdf_does_not_swell() -> None:
    """The grain of a photograph costs a multiple without loss; letters on white do not."""
    noise = Image.effect_noise((1200, 1200), 12)
    out = BytesIO()
    noise.save(out, "PDF", resolution=200)
    released = redact(out.getvalue(), "a.pdf", [OVER_SECRET]).data
    assert b"/DCTDecode" in released
    assert b"/FlateDecode" in redact(FILE, "a.pdf", [OVER_SECRET]).data


def test_covering_nothing_is_a_mistake() -> None:
    with pytest.raises(RedactionError, match="一处也没有遮盖"):
        redact(FILE, "a.pdf", [])
