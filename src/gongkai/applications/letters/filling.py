"""Fill a template: docxtpl with a sandboxed Jinja that escapes whatever it inserts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gongkai.annual.write.docx import repack

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What XML cannot hold; docxtpl reads the rest of these as the ends of paragraphs and pages.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Filling(DocxTemplate):
    """docxtpl without its ways out of the data: a value is never read as a tag, nor as a property of the file."""

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        # Without docxtpl's {_{ for {{, which would change what somebody wrote.
        self.current_rendering_part = part
        made: str = self.resolve_listing(jinja_env.from_string(src_xml).render(context))
        return made

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """Properties are not filled in: they would carry a name into a file that looks as if it had none."""

    def sources(self) -> Iterator[str]:
        """The text of each part that is filled in, as Jinja gets it."""
        self.init_docx()
        yield self.patch_xml(self.get_xml())
        for uri in (self.HEADER_URI, self.FOOTER_URI):
            for _, part in self.get_headers_footers(uri):
                yield self.patch_xml(self.get_part_xml(part))
        for part in self.docx.part.package.parts:
            if part.content_type.endswith("wordprocessingml.footnotes+xml"):
                yield self.patch_xml(part.blob.decode("utf-8"))


def environment() -> ImmutableSandboxedEnvironment:
    """A Jinja that knows no function, filter or test, and refuses a name that it is not given."""
    made = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    made.globals.clear()
    made.filters.clear()
    made.tests.clear()
    return made


def fill(template: bytes, context: Mapping[str, Any]) -> bytes:
    """The filled document; the same bytes for the same template and content."""
    filling = Filling(BytesIO(template))
    filling.render({name: _printable(value) for name, value in context.items()}, environment(), autoescape=True)
    properties = filling.docx.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.title = str(context.get("title", ""))
    buffer = BytesIO()
    filling.save(buffer)
    return repack(buffer)


def _printable(value: Any) -> Any:
    if isinstance(value, list):
        return [{name: _printable(each) for name, each in row.items()} for row in value]
    # \a: docxtpl begins a paragraph there, with the indent of the one before.
    return re.sub(r"\s*\n\s*", "\a", _UNPRINTABLE.sub("", str(value)))


def text_of(document: bytes) -> str:
    """The words of a document, a line a paragraph: what a reader or a check sees of it."""
    filling = Filling(BytesIO(document))
    filling.init_docx()
    parts = [filling.docx.element.body]
    for uri in (filling.HEADER_URI, filling.FOOTER_URI):
        parts += [part.element for _, part in filling.get_headers_footers(uri)]
    return "\n".join(line for part in parts for line in lines_of(part))


def lines_of(element: Any) -> Iterator[str]:
    """The paragraphs of a part as text."""
    for paragraph in element.iter(f"{_W}p"):
        yield "".join(
            (node.text or "") if node.tag == f"{_W}t" else "\n" if node.tag == f"{_W}br" else "\t"
            for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br")
            if node.getparent().tag == f"{_W}r"
        )
