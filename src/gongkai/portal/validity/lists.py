"""The text that publishes what a clean-up came to: its four lists (继续有效、拟修改、废止、失效) as tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

from gongkai.law.wording import chinese_date

from ..charts.grid import MOST_ROWS
from ..models import Cleanup, CleanupEntry, Conclusion

_TITLES = {
    Conclusion.IN_FORCE: "继续有效的文件目录",
    Conclusion.TO_AMEND: "拟修改的文件目录",
    Conclusion.REPEAL: "废止的文件目录",
    Conclusion.LAPSED: "失效的文件目录",
}
_NUMERALS = "一二三四"


def body_of(cleanup: Cleanup, entries: Sequence[CleanupEntry], on: date) -> list[tuple[str, Any]]:
    """The blocks of the notice. Every document stands in one list; a list without any says so."""
    lists = {conclusion: [e for e in entries if e.conclusion == conclusion] for conclusion in Conclusion}
    counts = "、".join(f"{conclusion.label} {len(found)} 件" for conclusion, found in lists.items())
    blocks: list[tuple[str, Any]] = [
        (
            "paragraph",
            f"<p>{escape(cleanup.agency.name)}对截至{chinese_date(cleanup.as_of)}现行有效的规章、行政规范性文件"
            f"进行了清理，共清理文件 {len(entries)} 件，其中{counts}。现将清理结果予以公布，"
            f"自{chinese_date(on)}起施行。废止、失效的文件自施行之日起不再作为行政管理的依据。</p>",
        )
    ]
    for numeral, (conclusion, found) in zip(_NUMERALS, lists.items(), strict=True):
        title = f"{numeral}、{_TITLES[conclusion]}"
        if not found:
            blocks.append(("paragraph", f"<p>{title}：无。</p>"))
        for start in range(0, len(found), _ROWS):
            part = found[start : start + _ROWS]
            more = f"（续 {start // _ROWS}）" if start else ""
            blocks.append(("table", {"caption": f"{title}{more}", "text": _table(conclusion, part, start)}))
    return blocks


_ROWS = MOST_ROWS - 1  # the head is a row too


def _table(conclusion: Conclusion, entries: Sequence[CleanupEntry], before: int) -> str:
    """Tab separated, as if pasted from Excel."""
    last = "有效期至" if conclusion is Conclusion.IN_FORCE else "理由"
    rows = [("序号", "文件名称", "文号", "成文日期", last)]
    for number, entry in enumerate(entries, before + 1):
        document = entry.publication
        until = entry.until or document.expires_on
        told = (chinese_date(until) if until else "长期") if conclusion is Conclusion.IN_FORCE else entry.reason
        formed = chinese_date(document.formed_on) if document.formed_on else "—"
        rows.append((str(number), document.title, document.document_number or "—", formed, told))
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)
