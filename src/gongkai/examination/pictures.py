"""Pictures: words for those who cannot see them, and what the photographs themselves tell (place, author, camera)."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from .finding import Finding, Severity, finding, safe
from .subject import Passage, Picture

MAX_BYTES = 64_000_000
_EMPTY_ALT = re.compile(
    r"^(?:图片?|照片|插图|配图|image|img|picture|photo|untitled|无标题|截图)?[\s\d_\-（）()]*$", re.IGNORECASE
)
_FILE_NAME = re.compile(r"\.(?:jpe?g|png|gif|webp|bmp|tiff?|heic|svg)$", re.IGNORECASE)
_GPS = 0x8825
_EXIF = 0x8769
_PEOPLE = {0x013B: "作者", 0x9C9D: "作者", 0x8298: "版权人", 0xA430: "相机所有者"}
_WORDS = {0x010E: "图像说明", 0x9C9B: "标题", 0x9C9C: "备注", 0x9C9E: "关键词", 0x9286: "用户备注"}
_XMP_GPS = re.compile(rb"exif:GPS(?:Latitude|Longitude)\b")
_MAX_WORDS = 2000


@dataclass(frozen=True, slots=True)
class Told:
    """What a picture's file says besides the picture."""

    has_place: bool = False
    people: tuple[tuple[str, str], ...] = ()  # kind, name
    words: tuple[tuple[str, str], ...] = ()  # kind, text
    problem: str = ""


def find_alt(pictures: tuple[Picture, ...]) -> Iterator[Finding]:
    """Pictures without words, or with words that say nothing."""
    for picture in pictures:
        alt = picture.alt.strip()
        if not alt:
            message = "图片没有文字说明（替代文本），看不见的人不知道是什么。请写一句图上有什么。"
        elif _EMPTY_ALT.match(alt) or _FILE_NAME.search(alt) or alt == picture.name:
            message = f"图片的文字说明“{safe(alt)}”没有说出图上有什么。请写一句内容。"
        else:
            continue
        yield finding(
            "ALT-MISSING",
            Severity.WARN,
            picture.place,
            message,
            value=picture.name,
            excerpt=safe(picture.name),
            anchor=picture.anchor,
        )


def find_told(place: str, anchor: str, name: str, data: bytes) -> tuple[list[Finding], list[Passage]]:
    """Findings on what the file tells, and its words as passages for the other rules."""
    told = read_told(data)
    found = []
    if told.problem:
        found.append(finding("IMAGE-UNREADABLE", Severity.WARN, place, told.problem, value=name, anchor=anchor))
    if told.has_place:
        message = "照片里记着拍摄地点的经纬度（GPS）。请去掉照片的位置信息后再上传。"
        found.append(finding("IMAGE-GPS", Severity.WARN, place, message, value=name, anchor=anchor))
    for kind, person in told.people:
        message = f"图片文件里记着{kind}。不宜公开的，请去掉图片的属性信息后再上传。"
        found.append(
            finding(
                "IMAGE-AUTHOR", Severity.NOTE, place, message, value=f"{kind} {person}", excerpt=kind, anchor=anchor
            )
        )
    passages = [Passage(f"{place}的{kind}", text, anchor) for kind, text in told.words]
    return found, passages


def read_told(data: bytes) -> Told:
    """What the file says, without decoding the picture itself; a drawing (svg) is text and says nothing here."""
    from PIL import Image, UnidentifiedImageError

    if len(data) > MAX_BYTES:
        return Told(problem=f"图片超过{MAX_BYTES // 1_000_000}兆字节，没有查看其属性。请缩小后再上传。")
    if data.lstrip()[:5].lower() in (b"<?xml", b"<svg "):
        return Told()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # only the header is read
            with Image.open(BytesIO(data)) as image:
                return _told(image)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError):
        return Told(problem="图片打不开，没有查看其属性。请用看图软件另存为 jpg 或者 png 后再上传。")


def _told(image: object) -> Told:
    from PIL.Image import Image

    assert isinstance(image, Image)
    exif = image.getexif()
    every = {**exif, **exif.get_ifd(_EXIF)}
    xmp = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    raw = xmp.encode() if isinstance(xmp, str) else xmp
    place = exif.get_ifd(_GPS)
    # An empty table of places is written by some cameras; 1 to 4 are latitude and longitude.
    located = any(tag in place for tag in (2, 4)) or (isinstance(raw, bytes) and _XMP_GPS.search(raw) is not None)
    people = tuple((kind, text) for tag, kind in _PEOPLE.items() if (text := _text(every.get(tag))))
    words = [(kind, text) for tag, kind in _WORDS.items() if (text := _text(every.get(tag)))]
    comment = image.info.get("comment")
    words += [("备注", text)] if (text := _text(comment)) else []
    words += [
        ("备注", text)
        for key, value in getattr(image, "text", {}).items()
        if key != "XML:com.adobe.xmp" and (text := _text(value))
    ]
    return Told(located, people, tuple(dict.fromkeys(words)))


def _text(value: object) -> str:
    """A tag's text: Windows writes UTF-16, others UTF-8 or GBK, some with eight bytes of encoding before it."""
    if isinstance(value, tuple):
        value = bytes(each for each in value if isinstance(each, int) and 0 <= each < 256)
    if isinstance(value, bytes):
        value = _decoded(value)
    return value.replace("\x00", "").strip()[:_MAX_WORDS] if isinstance(value, str) else ""


def _decoded(value: bytes) -> str:
    if value[:8] in (b"UNICODE\x00", b"ASCII\x00\x00\x00"):
        value = value[8:]
    if (len(value) > 1 and value.count(b"\x00") * 4 > len(value)) or value.endswith(b"\x00\x00"):
        return value.decode("utf-16-le", errors="replace")
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("gb18030", errors="replace")
