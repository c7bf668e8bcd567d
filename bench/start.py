"""Cold start: `gongkai check` of one small file, in a process of its own, under 0.6 s.

Ours: the installed command on a report without prose beyond what the form demands, as docx, html and md. Beside it, in
the same turns, ``python -c pass``: what the interpreter itself takes. The promise is wall time, not a ratio; the
processor's time beside it is what wall time comes down to where nothing else runs.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from tempfile import TemporaryDirectory

from bench.measure import Measured, in_turns, run, shown
from gongkai.annual.forms import FORM_2021, Form
from gongkai.annual.report import Paragraph, Report, Section, TableData, zeros
from gongkai.annual.write import write

LIMIT = 0.6
_FORMATS = ("docx", "html", "md")


def measure(*, quick: bool = False) -> Iterator[Measured]:
    rounds = 1 if quick else 15
    command = Path(sysconfig.get_path("scripts")) / "gongkai"
    with TemporaryDirectory(prefix="gongkai-bench-") as folder:
        for ending in _FORMATS:
            path = Path(folder) / f"small.{ending}"
            _write(_small(FORM_2021), path)
            worked: list[float] = []
            check = partial(_call, worked, command, "check", path)
            pair = in_turns(check, partial(_call, [], sys.executable, "-c", "pass"), rounds)
            yield Measured(
                f"cold start: gongkai check small.{ending}",
                median(pair.ours),
                LIMIT,
                "s",
                f"processor {shown(median(worked))}; python -c pass: {shown(median(pair.theirs))}",
            )


def _call(worked: list[float], *command: str | Path) -> None:
    """Run a command and note the processor's seconds. Raises ``CalledProcessError`` unless it finds nothing wrong."""
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = getrusage(RUSAGE_CHILDREN)
    worked.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def _small(form: Form) -> Report:
    """A report on which nothing happened."""
    sections = tuple(
        Section(head.number, head.title, (Paragraph(f"本年度{head.title}无其他事项。"),)) for head in form.sections
    )
    tables = {number: TableData(zeros(form, number)) for number in form.tables}
    return Report(
        "某某市统计局", 2022, form, "某某市统计局2022年政府信息公开工作年度报告", sections=sections, tables=tables
    )


def _write(report: Report, path: Path) -> None:
    """Write the report; for md, which no writer makes, as converters to markdown leave a report."""
    if path.suffix != ".md":
        write(report, path)
        return
    lines = [f"# {report.title}"]
    for head, section in zip(report.form.sections, report.sections, strict=True):
        lines += [f"## {'一二三四五六'[head.number - 1]}、{head.title}", *(p.text for p in section.paragraphs)]
        for block in report.form.tables[head.table].blocks if head.table else ():
            columns = [column.label for column in block.columns]
            lines += [f"| {' | '.join([block.caption or '项目', *columns])} |", "|---" * (len(columns) + 1) + "|"]
            lines += [f"| {' | '.join([row.label, *('0' for _ in columns)])} |" for row in block.rows]
    path.write_text("\n\n".join(lines).replace("|\n\n|", "|\n|"), "utf-8")


if __name__ == "__main__":
    sys.exit(run(measure))
