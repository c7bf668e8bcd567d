"""The PDF prints everywhere and can be read by a screen reader."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pytest

from gongkai.annual.write import render
from gongkai.annual.write.geometry import MEASURE_MM

from .examples import HOSTILE, REPORT_2020, REPORT_2023


@pytest.fixture(scope="module")
def content() -> bytes:
    return render(REPORT_2020, "pdf")


def test_it_is_tagged_titled_and_in_chinese(content: bytes) -> None:
    document = pypdfium2.PdfDocument(content)
    assert document.get_metadata_value("Title") == "温州市统计局2020年政府信息公开工作年度报告"
    assert document.is_tagged()
    with pdfplumber.open(BytesIO(content)) as pdf:
        assert pdf.doc.catalog["Lang"].decode().lower().startswith("zh")
        tags = set()

        def walk(node: dict[str, Any]) -> None:
            tags.add(node["type"])
            for child in node.get("children", ()):
                walk(child)

        for node in pdf.structure_tree:
            walk(node)
    assert {"H1", "H2", "P", "Table", "TR", "TH", "TD"} <= tags
    assert b"pdfuaid" in content


def test_every_font_is_embedded(content: bytes) -> None:
    with pdfplumber.open(BytesIO(content)) as pdf:
        fonts = {char["fontname"] for page in pdf.pages for char in page.chars}
    assert fonts
    assert all("+NotoSansCJK" in name for name in fonts)


def test_nothing_runs_over_the_margins() -> None:
    for report in (REPORT_2020, REPORT_2023):
        with pdfplumber.open(BytesIO(render(report, "pdf"))) as pdf:
            for page in pdf.pages:
                # The box of a full-width stop is half empty and may stand over the margin.
                words = [char for char in page.chars if char["text"].isalnum()]
                left, right = 28 / 25.4 * 72, (28 + MEASURE_MM) / 25.4 * 72
                assert min(char["x0"] for char in words) > left - 1
                assert max(char["x1"] for char in words) < right + 1


def test_pages_are_numbered(content: bytes) -> None:
    with pdfplumber.open(BytesIO(content)) as pdf:
        last = [page.extract_text().splitlines()[-1] for page in pdf.pages]
    assert last == [f"— {number} —" for number in range(1, len(last) + 1)]


def test_the_tables_are_drawn_as_the_form_prints_them(content: bytes) -> None:
    with pdfplumber.open(BytesIO(content)) as pdf:
        tables = [table for page in pdf.pages for table in page.extract_tables()]
    table_3 = next(table for table in tables if "申请人情况" in table[0])
    assert len(table_3) == 26
    assert table_3[3] == ["一、本年新收政府信息公开申请数量", None, None, "7", "0", "0", "0", "0", "0", "7"]
    assert (table_3[5][0] or "").replace("\n", "") == "三、本年度办理结果"
    table_4 = next(table for table in tables if table[0][0] == "行政复议")
    assert table_4[3] == ["1", *["0"] * 13, "10000000"]


def test_text_is_text(content: bytes) -> None:
    with pdfplumber.open(BytesIO(content)) as pdf:
        text = "".join(page.extract_text() for page in pdf.pages)
    assert "".join(HOSTILE.split()) in "".join(text.split())


def test_a_folder_of_the_bureaus_own_fonts_may_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_FONTS", str(tmp_path))
    assert render(REPORT_2020, "pdf").startswith(b"%PDF-")
    monkeypatch.setenv("GONGKAI_FONTS", str(tmp_path / "没有"))
    with pytest.raises(ValueError, match="GONGKAI_FONTS"):
        render(REPORT_2020, "pdf")
