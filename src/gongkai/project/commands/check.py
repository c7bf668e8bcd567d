"""``gongkai check``: reads published annual reports in any format and checks them, without a database."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from gongkai.annual.checks import VERDICTS_IN_CHINESE, Finding, Verdict, check
from gongkai.annual.checks.result import as_object
from gongkai.annual.read import ReadError, read, read_bytes
from gongkai.annual.report import Report
from gongkai.project.cli import Command

_COLOURS = {Verdict.FAIL: "red", Verdict.WARN: "yellow", Verdict.UNCERTAIN: "cyan", Verdict.NOT_ASSESSABLE: "cyan"}


@click.command(
    cls=Command,
    help="核查已公布的政府信息公开工作年度报告（docx、pdf、html、xlsx、txt、md、json；- 表示标准输入）。\n\n"
    "退出码：0 未发现矛盾，1 有自相矛盾之处，2 有文件不能读取。",
)
@click.argument("files", nargs=-1, required=True, metavar="文件…")
@click.option("--previous", metavar="文件", help="同一机关上一年的报告，用于跨年核对。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.option("--all", "passes", is_flag=True, help="相符的也列出。")
def command(files: tuple[str, ...], previous: str | None, as_json: bool, passes: bool) -> int:
    """Check every file; exit status 1 = something contradicts itself, 2 = a file could not be read."""
    before: Report | None = None
    if previous is not None:
        try:
            before = _read(previous)
        except ReadError as error:
            raise click.ClickException(f"上一年的报告“{previous}”不能读取：{error}") from error
    status = 0
    results: list[dict[str, object]] = []
    for name in files:
        try:
            report = _read(name)
        except ReadError as error:
            status = 2
            if as_json:
                results.append({"file": name, "error": str(error)})
            else:
                click.echo(f"{name}：{error}", err=True)
            continue
        findings = check(report, before, passes=passes)
        if status == 0 and any(finding.verdict is Verdict.FAIL for finding in findings):
            status = 1
        if as_json:
            results.append(as_object(name, report, findings))
        else:
            click.echo("\n".join(as_lines(name, report, findings)))
    if as_json:
        click.echo(json.dumps(results, ensure_ascii=False, indent=1))
    return status


def _read(name: str) -> Report:
    return read_bytes(sys.stdin.buffer.read()) if name == "-" else read(Path(name))


def as_lines(name: str, report: Report, findings: tuple[Finding, ...]) -> Iterator[str]:
    """One report for people: what contradicts itself first, each with its evidence."""
    year = f"{report.year} 年" if report.year else "年度不详"
    yield click.style(f"{name}：{report.agency or '机关名称不详'}，{year}（{report.form.code} 版格式）", bold=True)
    for verdict, title in VERDICTS_IN_CHINESE.items():
        group = [finding for finding in findings if finding.verdict is verdict]
        if group:
            yield click.style(f"  {title}（{len(group)}）", fg=_COLOURS.get(verdict))
        for finding in group:
            where = f"第 {finding.line} 行 " if finding.line else ""
            yield f"    [{finding.rule}] {where}{finding.message}"
            if finding.quote and verdict is not Verdict.PASS:
                yield f"        原文：{finding.quote}"
    if not any(finding.verdict is Verdict.FAIL for finding in findings):
        unread = any(finding.verdict in (Verdict.UNCERTAIN, Verdict.NOT_ASSESSABLE) for finding in findings)
        yield "  能读出的部分未发现矛盾" if unread else "  核查通过：未发现矛盾"
