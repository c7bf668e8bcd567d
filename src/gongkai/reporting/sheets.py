"""``gongkai import reports``: earlier years' published reports, in any format, to check this year's against."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from gongkai.annual.checks import Verdict, check
from gongkai.annual.read import ReadError, read_bytes
from gongkai.bureau.models import Agency
from gongkai.sheets.book import Documents, Tally

from .inspection import ENDINGS
from .services import keep_earlier


def load(path: Path, agency: Agency) -> Tally:
    """Read one report and keep it under its year; the same file again changes nothing.

    Raises ``ValueError`` in Chinese for a file that cannot be read or names another body.
    """
    content = path.read_bytes()
    try:
        report = read_bytes(content, path.name)
    except ReadError as error:
        raise ValueError(str(error)) from error
    if report.agency and not _same(report.agency, agency):
        raise ValueError(f"这是“{report.agency}”的报告，不是“{agency.name}”的；请用 --agency 指明机关。")
    kept, said = keep_earlier(agency, report, path.name, sha256(content).hexdigest())
    wrong = [finding.message for finding in check(report) if finding.verdict is Verdict.FAIL]
    notes = [f"{agency.name} {kept.year} 年的报告（{path.name}）。"]
    if wrong:
        notes.append(f"其中有 {len(wrong)} 处自相矛盾，按原文保存：")
        notes += [f"  {message}" for message in wrong]
    tally = Tally(notes=notes)
    setattr(tally, said, 1)
    return tally


def _same(printed: str, agency: Agency) -> bool:
    """Whether a name printed in a report is this agency's: its full or short name, or a part of either."""
    names = [name for name in (agency.name, agency.short_name) if name]
    return any(printed in name or name in printed for name in names)


REPORTS = Documents("reports", "历年年度报告", ENDINGS, load)
