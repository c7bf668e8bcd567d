"""The assessment as a file: a workbook to reckon with, a document for the file."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from gongkai.bureau.requests import XLSX
from gongkai.law.indicators import Judged, Part, Verdict
from gongkai.law.wording import chinese_date
from gongkai.portal.duties.export import DOCX, as_docx

from .assessing import Assessment

_HEADS = ("类别", "序号", "指标", "结论", "扣分（加分）", "计入的情况", "还剩", "怎么办", "人工判断")
_WIDTHS = (30, 14, 46, 18, 16, 74, 16, 43)  # mm, without the last


def conclusion_words(found: Assessment) -> str:
    """What the indicators come to, in one line."""
    words = []
    if found.has_vetoes:
        words = [f"单项否决：{_whole(found.veto())}", f"政务新媒体：{_whole(found.media_veto)}"]
    if found.pack.full and any(each.indicator.part is Part.DEDUCTION for each in found.judged):
        lost = "—".join(dict.fromkeys(f"{points.normalize():f}" for points in (found.score.worst, found.score.best)))
        words.append(f"按已收录的指标得 {lost} 分" + ("（供对照）" if found.has_vetoes and not found.is_portal else ""))
    return "；".join(words)


def _whole(verdict: Verdict) -> str:
    return {Verdict.PASS: "合格", Verdict.FAIL: "不合格"}.get(verdict, "尚有待判断的指标")


def _rows(found: Assessment) -> list[tuple[str, ...]]:
    return [
        (
            f"{each.indicator.part.label} {each.indicator.group}" if found.has_vetoes else each.indicator.group,
            each.indicator.code,
            each.indicator.title,
            each.verdict.label,
            f"{each.points.normalize():f}" if each.indicator.part in (Part.DEDUCTION, Part.ADDITION) else "",
            _behind(each),
            f"{each.days} 天" if each.days is not None else "",
            each.indicator.advice if each.verdict is not Verdict.PASS else "",
            f"{each.stated.by} {each.stated.on}：{each.stated.evidence}" if each.stated else "",
        )
        for each in found.judged
    ]


def _behind(each: Judged) -> str:
    """What counts, one a line."""
    found = each.faults or each.unsure
    return "\n".join(f"{one.label}：{one.words}" for one in found) or each.why


def as_workbook(found: Assessment) -> bytes:
    """A line an indicator; text never as a formula."""
    from xlsxwriter import Workbook

    output = BytesIO()
    with Workbook(output, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet("网站自评")
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        page.merge_range(0, 0, 0, 8, found.title, book.add_format({"bold": True, "font_size": 16, "align": "center"}))
        page.merge_range(1, 0, 1, 8, f"{chinese_date(found.day)}　{conclusion_words(found)}")
        page.write_row(2, 0, _HEADS, book.add_format({"bold": True, "border": 1}))
        for at, row in enumerate(_rows(found), 3):
            page.write_row(at, 0, row, cell)
        for at, width in enumerate((22, 8, 32, 12, 10, 50, 8, 36, 36)):
            page.set_column(at, at, width)
        page.freeze_panes(3, 0)
        page.set_landscape()
        page.fit_to_pages(1, 0)
    return output.getvalue()


def as_document(found: Assessment) -> bytes:
    """A4 across; what a person said stands with what counts."""
    rows = []
    for *cells, said in _rows(found):
        if said:
            cells[5] = f"{said}\n{cells[5]}".strip()
        rows.append(cells)
    note = f"依据：{found.pack.document}　日期：{chinese_date(found.day)}　{conclusion_words(found)}"
    return as_docx(found.title, note, _HEADS[:-1], _WIDTHS, rows)


WRITERS: dict[str, tuple[str, str, Callable[[Assessment], bytes]]] = {
    "xlsx": ("Excel（XLSX）", XLSX, as_workbook),
    "docx": ("Word（DOCX）", DOCX, as_document),
}
