"""The process that opens a PDF or an .xls: bytes on standard input, JSON on standard output.

Bounded memory and time; libraries written in C end this process at worst.
"""

from __future__ import annotations

import base64
import ctypes
import json
import resource
import sys
from typing import Any

MEMORY_LIMIT = 2 * 2**30  # bytes of address space
CPU_LIMIT = 60  # seconds
MAX_PAGES = 2_000
MAX_CHARACTERS = 20_000_000
MAX_CELLS = 3_000_000
MAX_INSIDE = 50_000_000  # bytes of one file inside a PDF
MAX_BOXES = 400  # dark boxes looked under on one page
_DARK = 90  # of 255
_SILENT = {2, 16, 20, 21}  # links, pop-ups, form fields, printer's marks


def read_pdf(data: bytes) -> dict[str, Any]:
    """Everything a reader of the file can come by."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        document.init_forms()
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            return {"error": "PDF 有密码，请去除密码后再上传。"}
        return {"error": "PDF 已损坏或不完整，不能打开；请重新导出。"}
    if len(document) > MAX_PAGES:
        return {"error": f"PDF 有 {len(document)} 页，超过 {MAX_PAGES} 页，没有查看；请拆成几个文件。"}
    found: dict[str, Any] = {"pages": [], "scans": [], "covered": [], "notes": [], "fields": []}
    left = MAX_CHARACTERS
    for number in range(1, len(document) + 1):
        page = document[number - 1]
        textpage = page.get_textpage()
        text = textpage.get_text_bounded().replace("\r\n", "\n").replace("\ufffe", "")
        left -= len(text)
        if left < 0:
            return {"error": "PDF 的文字太多，没有查看；请拆成几个文件。"}
        found["pages"].append(text)
        if not text.strip():
            found["scans"].append(number)
        elif under := _covered(page, textpage):
            found["covered"].append((number, under))
        for kind, note in _annotations(page):
            if kind == "field":
                found["fields"].append(note)
            else:
                found["notes"].append((number, note))
        textpage.close()
        page.close()
    found["files"], found["skipped"] = _inside(document)
    found["properties"] = document.get_metadata_dict()
    return found


def _covered(page: Any, textpage: Any) -> str:
    """Dark text under filled dark boxes, as after "redacting" with a drawing tool; white on dark is a heading."""
    import pypdfium2.raw as pdfium

    words: list[str] = []
    boxes = 0
    for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=2):
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        if not pdfium.FPDFPath_GetDrawMode(thing, mode, stroke) or not mode.value or not _is_dark_fill(thing):
            continue
        left, bottom, right, top = thing.get_bounds()
        if right - left < 6 or top - bottom < 6:
            continue  # lines of tables are thin boxes
        boxes += 1
        if boxes > MAX_BOXES:
            break
        text = textpage.get_text_bounded(left, bottom, right, top).strip()
        if text and _is_dark_text(textpage, (left + right) / 2, (bottom + top) / 2, right - left, top - bottom):
            words.append(text)
    return "\n".join(words)


def _is_dark_fill(thing: Any) -> bool:
    import pypdfium2.raw as pdfium

    colour = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(thing, *colour):
        return False
    return all(each.value < _DARK for each in colour[:3]) and colour[3].value > 200


def _is_dark_text(textpage: Any, x: float, y: float, width: float, height: float) -> bool:
    import pypdfium2.raw as pdfium

    index = pdfium.FPDFText_GetCharIndexAtPos(textpage, x, y, width / 2, height / 2)
    colour = [ctypes.c_uint() for _ in range(4)]
    if index < 0 or not pdfium.FPDFText_GetFillColor(textpage, index, *colour):
        return False
    return all(each.value < _DARK for each in colour[:3])


def _annotations(page: Any) -> list[tuple[str, str]]:
    import pypdfium2.raw as pdfium

    found = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), 5_000)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind == pdfium.FPDF_ANNOT_WIDGET:
            found += [("field", text)] if (text := _string(annotation, b"V")) else []
        elif kind not in _SILENT:
            text = _string(annotation, b"Contents")
            found += [("note", text)] if text.strip() else []
        pdfium.FPDFPage_CloseAnnot(annotation)
    return found


def _string(annotation: Any, key: bytes) -> str:
    import pypdfium2.raw as pdfium

    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAnnot_GetStringValue(annotation, key, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", errors="replace")


def _inside(document: Any) -> tuple[list[dict[str, str]], int]:
    files, skipped = [], 0
    for index in range(min(document.count_attachments(), 200)):
        attachment = document.get_attachment(index)
        data = bytes(attachment.get_data())
        if len(data) > MAX_INSIDE:
            skipped += 1
        else:
            files.append({"name": attachment.get_name(), "data": base64.b64encode(data).decode()})
    return files, skipped + max(0, document.count_attachments() - 200)


def read_xls(data: bytes) -> dict[str, Any]:
    """The cells of each sheet, by row and column from 1; empty ones left out."""
    from io import BytesIO

    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        sheets, left = [], MAX_CELLS
        for told in book.sheets_metadata:
            if told.typ is not python_calamine.SheetTypeEnum.WorkSheet:
                continue
            rows = []
            for number, row in enumerate(book.get_sheet_by_name(told.name).to_python(skip_empty_area=False), 1):
                cells = [(column, text) for column, value in enumerate(row, 1) if (text := _text(value))]
                left -= len(cells)
                if cells:
                    rows.append((number, cells))
            if left < 0:
                return {"error": "工作簿的单元格太多，没有查看；请拆成几个文件。"}
            hidden = told.visible is not python_calamine.SheetVisibleEnum.Visible
            sheets.append({"title": told.name, "hidden": hidden, "rows": rows})
    except python_calamine.CalamineError:
        return {"error": "Excel 文件已损坏或有密码，不能打开；请在 Excel 或 WPS 中另存为 .xlsx 后再上传。"}
    return {"sheets": sheets}


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return str(int(value))
    return "" if value is None else str(value).strip()


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_LIMIT, CPU_LIMIT))
    data = sys.stdin.buffer.read()
    try:
        answer = {"pdf": read_pdf, "xls": read_xls}[sys.argv[1]](data)
    except (MemoryError, RecursionError):
        answer = {"error": "文件过大或者过于复杂，已停止读取；请拆成几个文件。"}
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))


if __name__ == "__main__":
    main()
