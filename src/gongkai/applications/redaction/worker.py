"""The process that opens and rebuilds files: bounded memory and time; libraries written in C end it at worst.

Standard input: one line of JSON (what to do), then the file. Standard output: one line of JSON, then bytes.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from .building import as_jpeg, as_png, build_pdf, drawn
from .errors import RedactionError
from .limits import MAX_SHOWN, MAX_TOTAL_PIXELS, MEMORY_LIMIT, REBUILD_TIME, SHOW_TIME
from .painting import Mark, paint
from .sources import Source, open_source

Answer = tuple[dict[str, Any], bytes]


def sizes(source: Source, _: Mapping[str, Any]) -> Answer:
    """Width and height of every page in points."""
    return {"pages": [source.size(page) for page in range(len(source))]}, b""


def show(source: Source, asked: Mapping[str, Any]) -> Answer:
    """A PNG of one page."""
    page = asked["page"]
    if not 0 <= page < len(source):
        raise RedactionError(f"没有第{page + 1}页；文件共{len(source)}页。")
    image = source.image(page, asked["dpi"])
    if image.width * image.height > MAX_SHOWN:
        shrink = (MAX_SHOWN / (image.width * image.height)) ** 0.5
        image = image.resize((max(1, int(image.width * shrink)), max(1, int(image.height * shrink))), reducing_gap=2)
    return {}, as_png(image)


def rebuild(source: Source, asked: Mapping[str, Any]) -> Answer:
    """The file of covered pages; ``marks`` by the number of the page."""
    marks: dict[int, list[Mark]] = {}
    for page, x, y, width, height, words in asked["marks"]:
        if not 0 <= page < len(source):
            raise RedactionError(f"没有第{page + 1}页；文件共{len(source)}页。")
        marks.setdefault(page, []).append(Mark(x, y, width, height, tuple(words)))
    if source.kept_as == "PDF":
        pages = (drawn(image, source.size(page)) for page, image in _covered(source, marks, asked["dpi"]))
        return {"format": "PDF"}, build_pdf(pages)
    ((_, image),) = _covered(source, marks, asked["dpi"])
    return {"format": source.kept_as}, as_jpeg(image) if source.kept_as == "JPEG" else as_png(image)


def _covered(source: Source, marks: Mapping[int, list[Mark]], dpi: float) -> Iterator[tuple[int, Any]]:
    left = MAX_TOTAL_PIXELS
    for page in range(len(source)):
        image = source.image(page, dpi)
        left -= image.width * image.height
        if left < 0:
            raise RedactionError("文件的页面太多太大。请拆成几个文件。")
        paint(image, marks.get(page, []))
        yield page, image


_DEEDS = {"sizes": (sizes, SHOW_TIME), "show": (show, SHOW_TIME), "rebuild": (rebuild, REBUILD_TIME)}


def main() -> None:
    asked = json.loads(sys.stdin.buffer.readline())
    deed, seconds = _DEEDS[asked["deed"]]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    try:
        told, data = deed(open_source(asked["name"], sys.stdin.buffer.read()), asked)
    except RedactionError as error:
        told, data = {"error": str(error)}, b""
    except (MemoryError, RecursionError):
        told, data = {"error": "文件过大或者过于复杂，已停止。请拆成几个文件。"}, b""
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + data)


if __name__ == "__main__":
    main()
