"""PDF: what the pages show, and what a reader of the file finds besides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO

import pytest

from gongkai.examination import Finding
from gongkai.examination.personal.identity import check_digit

OfFile = Callable[[str, bytes], list[Finding]]
ID = "33030219900101123" + check_digit("33030219900101123")


def rules(findings: list[Finding]) -> set[str]:
    return {each.rule for each in findings}


def pdf(
    content: str, *, page: str = "", catalogue: str = "", more: Mapping[int, bytes] | None = None, info: str = ""
) -> bytes:
    """A page of PDF with this content stream, entries of page and catalogue, and objects numbered from 10."""
    stream = content.encode("latin-1")
    objects = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>".encode("latin-1"),
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 4 0 R "
            f"/Resources << /Font << /F1 5 0 R >> >> {page} >>"
        ).encode("latin-1"),
        4: b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        6: f"<< {info} >>".encode("latin-1"),
        **(more or {}),
    }
    out, places = BytesIO(), {}
    out.write(b"%PDF-1.7\n")
    for number, body in objects.items():
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start, size = out.tell(), max(objects) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    for number in range(1, size):
        out.write(b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n")
    out.write(b"trailer << /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, start))
    return out.getvalue()


_TEXT = "BT /F1 12 Tf 50 300 Td (%s) Tj ET"


def test_a_clean_pdf_has_no_findings(of_file: OfFile) -> None:
    assert of_file("通知.pdf", pdf(_TEXT % "Statistics 0577-88960000")) == []


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (pdf(_TEXT % ID), {"PERSONAL-ID"}),
        (pdf(_TEXT % ID[:9] + f" BT /F1 12 Tf 50 280 Td ({ID[9:]}) Tj ET"), {"PERSONAL-ID"}),
        (pdf("0 0 0 rg 10 10 50 50 re f"), {"ATTACHMENT-SCAN"}),
        (pdf(_TEXT % "name" + " 0 0 0 rg 48 295 60 18 re f"), {"HIDDEN-COVERED"}),
        (pdf("0 0 0 rg 48 295 60 18 re f 1 1 1 rg " + _TEXT % "head"), set()),
        (pdf("0.9 0.9 0.9 rg 48 295 60 18 re f 0 0 0 rg " + _TEXT % "cell"), set()),
        (pdf(_TEXT % "text", info="/Author (Zhang San)"), {"DOCUMENT-AUTHOR"}),
        (pdf(_TEXT % "text", info=f"/Keywords ({ID})"), {"PERSONAL-ID"}),
        (
            pdf(
                _TEXT % "text",
                page="/Annots [10 0 R]",
                more={10: f"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents ({ID}) >>".encode()},
            ),
            {"PDF-ANNOTATION", "PERSONAL-ID"},
        ),
        (
            pdf(
                _TEXT % "text",
                catalogue="/Names << /EmbeddedFiles << /Names [(a.txt) 10 0 R] >> >>",
                more={
                    10: b"<< /Type /Filespec /F (a.txt) /UF (a.txt) /EF << /F 11 0 R >> >>",
                    11: b"<< /Type /EmbeddedFile /Length 18 >>\nstream\n" + ID.encode() + b"\nendstream",
                },
            ),
            {"PDF-ATTACHMENT", "PERSONAL-ID"},
        ),
        (b"%PDF-1.7 broken", {"ATTACHMENT-UNREADABLE"}),
    ],
    ids=["text", "broken", "scan", "covered", "white", "shaded", "author", "keywords", "note", "inside", "damaged"],
)
def test_what_a_pdf_holds(data: bytes, expected: set[str], of_file: OfFile) -> None:
    assert rules(of_file("通知.pdf", data)) == expected
