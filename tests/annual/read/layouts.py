"""One report, printed in every layout that published reports have come in (the letters are those of the survey)."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from gongkai.annual.forms import FORM_2021, Form

Figures = dict[str, list[int]]

TITLE = "某市水务局{year}年政府信息公开工作年度报告"
BEFORE = """{title}

本报告根据《中华人民共和国政府信息公开条例》编制。本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。

一、总体情况

{year}年，我局认真做好政府信息公开工作，主动公开信息600条。

二、主动公开政府信息情况

"""
AFTER = """

五、存在的主要问题及改进情况

存在的问题：解读形式单一。下一步将改进。

六、其他需要报告的事项

无其他需要报告的事项。
"""
HEADING_3 = "三、收到和处理政府信息公开申请情况"
HEADING_4 = "四、政府信息公开行政复议、行政诉讼情况"
TABLE_2 = [
    ["第二十条第（一）项"],
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "0", "0", "0"],
    ["行政规范性文件", "5", "1", "25"],
    ["第二十条第（五）项"],
    ["信息内容", "本年处理决定数量"],
    ["行政许可", "20"],
    ["第二十条第（六）项"],
    ["信息内容", "本年处理决定数量"],
    ["行政处罚", "3"],
    ["行政强制", "0"],
    ["第二十条第（八）项"],
    ["信息内容", "本年收费金额（单位：万元）"],
    ["行政事业性收费", "24.5万元"],
]
HEAD_3 = [
    ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况"],
    ["自然人", "法人或其他组织", "总计"],
    ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
]
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
FIGURES_4 = ["1", "0", "2", "0", "3", "0", "0", "0", "1", "1", "0", "0", "0", "0", "0"]
TABLE_4 = [["行政复议", "行政诉讼"], [*RESULTS, "未经复议直接起诉", "复议后起诉"], [*RESULTS, *RESULTS], FIGURES_4]


def figures(form: Form, seed: int) -> Figures:
    """Random figures for table 三: six columns and their sum. The other identities need not hold to be read."""
    chance = random.Random(seed)
    found = {}
    for row in form.tables["3"].rows:
        values = [chance.choice([0, 0, 0, 1, 2, 12, 130]) for _ in range(6)]
        found[row] = [*values, sum(values)]
    return found


def rows_3(form: Form, cells: Figures) -> Iterator[tuple[list[str], list[str]]]:
    """Labels and figures of each row; a group's label stands only before its first row, as merged cells leave it."""
    before: tuple[str, ...] = ()
    for row in form.tables["3"].rows.values():
        new = [part for index, part in enumerate(row.path) if index >= len(before) or before[index] != part]
        before = row.path
        yield [*new, row.label], [str(number) for number in cells[row.code]]


def _all_rows(form: Form, cells: Figures, row: Callable[[list[str], int], list[str]]) -> str:
    """All three tables by a function that prints a row; its second argument is the number of cells merged away."""
    lines: list[str] = []
    for cells_2 in TABLE_2:
        lines += row(cells_2, 4 - len(cells_2))
    lines += ["", HEADING_3, ""]
    for head in HEAD_3:
        lines += row(head, 0)
    for labels, values in rows_3(form, cells):
        lines += row(labels + values, 3 - len(labels))
    lines += ["", HEADING_4, ""]
    for cells_4 in TABLE_4:
        lines += row(cells_4, 0)
    return "\n".join(lines)


def bars(form: Form, cells: Figures) -> str:
    """G: a row a line, cells between bars, what colspan left behind at the end."""
    return _all_rows(form, cells, lambda row, merged: [" | ".join(row) + " | " + "|" * merged])


def bars_at_both_ends(form: Form, cells: Figures) -> str:
    """H: the same with a bar before the first cell."""
    return _all_rows(form, cells, lambda row, merged: ["| " + " | ".join(row) + " |" + "|" * merged])


def cell_a_line_with_bar(form: Form, cells: Figures) -> str:
    """I: a cell a line, a bar behind it, nought printed as an empty cell."""

    def row(values: list[str], merged: int) -> list[str]:
        lines = [("" if value == "0" else value + " ") + "|" for value in values]
        return [*lines, "|" * merged] if merged else lines

    return _all_rows(form, cells, row)


def cell_between_lone_bars(form: Form, cells: Figures) -> str:
    """J: a cell a line, and a bar on a line of its own between cells."""
    return _all_rows(form, cells, lambda row, merged: [line for value in row for line in ("|", value)] + ["|"])


def cell_a_line_after_bar(form: Form, cells: Figures) -> str:
    """J: a bar before each cell, and a row of bars at the end of a row."""
    return _all_rows(form, cells, lambda row, merged: [f"| {value}" for value in row] + ["| |||||||||"])


def cell_a_line_spaced(form: Form, cells: Figures) -> str:
    """K: a cell a line, an empty line between cells."""
    return _all_rows(form, cells, lambda row, merged: [line for value in row for line in (value, "")])


def extracted_from_pdf(form: Form, cells: Figures) -> str:
    """B: a cell a line, labels broken, vertical writing a character a line, page numbers among the figures."""
    lines: list[str] = []
    for number, line in enumerate(_all_rows(form, cells, lambda row, merged: row).split("\n")):
        if number % 41 == 40:
            lines.append(f"- {number // 41 + 1} -")
        if line.startswith("三、本年度"):
            lines += list(line)
        elif len(line) > 9 and not line.startswith(("三、收到", "四、政府")):
            lines += [line[:7], line[7:]]
        else:
            lines.append(line)
    return "\n".join(lines)


def bare_page_numbers(form: Form, cells: Figures) -> str:
    """B: page numbers that look like figures."""
    lines: list[str] = []
    for number, line in enumerate(_all_rows(form, cells, lambda row, merged: row).split("\n")):
        lines += [line] if number % 41 else [line, str(number // 41 + 4)]
    return "\n".join(lines)


def e_book(form: Form, cells: Figures) -> str:
    """M: a row a line, cells separated by spaces."""
    return _all_rows(form, cells, lambda row, merged: [" ".join(row)])


def labels_wrapped_around_figures(form: Form, cells: Figures) -> str:
    """B: the second line of a label stands below the figures."""

    def row(values: list[str], merged: int) -> list[str]:
        if len(values) > 7 and len(values[0]) > 14:
            return [f"{values[0][:12]} {' '.join(values[1:])}", values[0][12:]]
        return [" ".join(values)]

    return _all_rows(form, cells, row)


def broken_into_small_tables(form: Form, cells: Figures) -> str:
    """C: a new table at every broken rule, labels before, in or behind their figures, empty cells at the end."""
    lines: list[str] = []
    for row in TABLE_2:
        lines.append(" ".join(row))
    lines += ["", HEADING_3, "", "申请人情况", "法人或其他组织"]
    for number, (labels, values) in enumerate(rows_3(form, cells)):
        rule = "|---" * 7 + "|"
        if number % 4 == 3:
            lines += ["".join(labels), "| " + " | ".join(values) + " |", rule, ""]
        elif number % 4 == 0:
            lines += ["| " + " | ".join(values) + " |", rule, "".join(labels)[:6], ""]
        else:
            lines += ["| " + " | ".join(labels + values) + " |  |", rule, ""]
    lines += [HEADING_4, "", "| " + " | ".join(FIGURES_4) + " |", "|---" * 15 + "|"]
    return "\n".join(lines)


def table_a_row(form: Form, cells: Figures) -> str:
    """D: what a language model made of a scan: a table for each row under heads that may be wrong."""
    lines: list[str] = []
    for row in TABLE_2:
        lines += ["### " + row[0]] if len(row) == 1 else ["| " + " | ".join(row) + " |"]
        if row[0] == "信息内容":
            lines.append("|" + "---|" * len(row))
    lines += [
        "",
        "## " + HEADING_3,
        "",
        "### 申请人情况 (自然人)",
        "| (数据项目) | 数量 |",
        "|---|---|",
        "| - | - |",
        "",
    ]
    for number, row in enumerate(form.tables["3"].rows.values()):
        heads = ["类别", *(f"数据{index}" for index in range(1, 7)), "总计"]
        if number % 6 == 5:
            heads = ["项目", "本年新收件数", "上年结转件数", "予以公开", "部分公开", "不予公开", "结转下年度", "总计"]
        label = row.label.replace("（一）", "").replace("（二）", "")
        lines += ["### " + (row.path[-1] if row.path else row.label), "| " + " | ".join(heads) + " |", "|---" * 8 + "|"]
        lines += ["| " + " | ".join([label, *map(str, cells[row.code])]) + " |", ""]
    lines += ["## " + HEADING_4]
    for place, name in enumerate(("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）")):
        lines += ["", "### " + name, "| " + " | ".join(RESULTS) + " |", "|---|---|---|---|---|"]
        lines += ["| " + " | ".join(FIGURES_4[place * 5 : place * 5 + 5]) + " |"]
    return "\n".join(lines)


def tabs(form: Form, cells: Figures) -> str:
    """F: cells separated by tabs, a tab for each merged cell (forgotten in one row), nought a dash."""

    def row(values: list[str], merged: int) -> list[str]:
        empty = "" if "重复申请" in values[0] else "\t" * merged
        return [empty + "\t".join("—" if value == "0" else value for value in values)]

    return _all_rows(form, cells, row)


LAYOUTS: tuple[Callable[[Form, Figures], str], ...] = (
    bars,
    bars_at_both_ends,
    cell_a_line_with_bar,
    cell_between_lone_bars,
    cell_a_line_after_bar,
    cell_a_line_spaced,
    extracted_from_pdf,
    bare_page_numbers,
    e_book,
    labels_wrapped_around_figures,
    broken_into_small_tables,
    table_a_row,
    tabs,
)


def document(layout: Callable[[Form, Figures], str], form: Form = FORM_2021, seed: int = 1, year: int = 2022) -> str:
    """The whole report in a layout."""
    return BEFORE.format(title=TITLE.format(year=year), year=year) + layout(form, figures(form, seed)) + AFTER
