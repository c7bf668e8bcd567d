"""The report as DOCX in the habits of official documents, for clerks who go on editing in Word or WPS."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from gongkai.annual.report import Report

from .docx_styles import LEAD, define_styles
from .docx_table import table_xml
from .outline import Body, Figures, Heading, Subheading, clean, outline, title_lines, title_of


def render(report: Report) -> bytes:
    """The report as a DOCX file."""
    document = Document()
    define_styles(document)
    set_page(document)
    _set_properties(document, report)
    title = document.add_paragraph(style="Title").add_run()
    for number, line in enumerate(title_lines(report)):
        if number:
            title.add_break()
        title.add_text(line)
    for part in outline(report):
        match part:
            case Heading(text):
                document.add_paragraph(text, style="Heading 1")
            case Subheading(text):
                document.add_paragraph(text, style="Heading 2")
            case Body(text, lead):
                paragraph = document.add_paragraph()
                if lead:
                    paragraph.add_run(text[:lead], style=LEAD)
                paragraph.add_run(text[lead:])
            case Figures(table, data):
                # The table goes before the section properties, which must stay the last element of the body.
                document.element.body.sectPr.addprevious(table_xml(report, table, data))
    buffer = BytesIO()
    document.save(buffer)
    return repack(buffer)


def set_page(document: Any) -> None:
    """A4 with the margins of GB/T 9704 and the page number — 1 — centred at the foot."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(25)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    footer._p.append(field)
    footer.add_run(" —")


def _set_properties(document: Any, report: Report) -> None:
    properties = document.core_properties
    properties.title = title_of(report)
    properties.author = clean(report.agency)
    properties.last_modified_by = ""
    properties.comments = ""
    properties.language = "zh-CN"


def repack(buffer: BytesIO) -> bytes:
    """The same package with fixed times, so that the same report gives the same bytes."""
    packed = BytesIO()
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(
                zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), source.read(name), compress_type=zipfile.ZIP_DEFLATED
            )
    return packed.getvalue()
