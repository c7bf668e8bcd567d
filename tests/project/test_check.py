"""``gongkai check`` as people and scripts call it."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

from gongkai.annual.forms import FORM_2021
from gongkai.annual.report import Paragraph, Report, Section, TableData, zeros
from gongkai.annual.write import render

COMMAND = Path(sysconfig.get_path("scripts")) / "gongkai"


def published(path: Path, *, year: int = 2022, received: int = 3, told: int = 3, carried_in: int = 0) -> Path:
    """A small report written to ``path``; its prose says ``told`` applications came in."""
    tables = {number: zeros(FORM_2021, number) for number in ("2", "3", "4")}
    for row, value in (("received", received), ("carried_in", carried_in), ("granted", received + carried_in)):
        tables["3"][row].update(natural_person=value, total=value)
    tables["3"]["total"].update(natural_person=received + carried_in, total=received + carried_in)
    prose = {
        1: (f"{year}年，我局共新收政府信息公开申请{told}件，均已按期答复。",),
        5: ("公开的广度有待拓展，将进一步加强学习培训。",),
        6: ("无其他需要报告的事项。",),
    }
    report = Report(
        agency="温州市统计局",
        year=year,
        form=FORM_2021,
        title=f"温州市统计局{year}年政府信息公开工作年度报告",
        preamble=(Paragraph(f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"),),
        sections=tuple(
            Section(head.number, head.title, tuple(Paragraph(text) for text in prose.get(head.number, ())))
            for head in FORM_2021.sections
        ),
        tables={number: TableData(cells) for number, cells in tables.items()},
    )
    path.write_bytes(render(report, path.suffix[1:]))
    return path


def gongkai(*arguments: str | Path, data: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([COMMAND, "check", *map(str, arguments)], input=data, capture_output=True)


def objects(result: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    return json.loads(result.stdout)


@pytest.mark.parametrize("ending", ["html", "docx", "json", "xlsx"])
def test_a_sound_report_ends_with_status_0(tmp_path: Path, ending: str) -> None:
    result = gongkai(published(tmp_path / f"a.{ending}"))
    assert result.returncode == 0, result.stderr.decode()
    assert "核查通过：未发现矛盾" in result.stdout.decode()
    assert "温州市统计局，2022 年" in result.stdout.decode()


def test_a_contradiction_ends_with_status_1_and_says_what_to_correct(tmp_path: Path) -> None:
    result = gongkai(published(tmp_path / "a.html", told=14))
    text = result.stdout.decode()
    assert result.returncode == 1
    assert "正文写“我局共新收政府信息公开申请14件”" in text
    assert "总计为 3；请核对登记台账后改正其一。" in text
    assert "原文：2022年，我局共新收政府信息公开申请14件，均已按期答复。" in text
    assert "核查通过" not in text
    assert "\x1b" not in text


def test_the_json_has_every_cell_and_the_evidence(tmp_path: Path) -> None:
    path = published(tmp_path / "a.html", told=14)
    result = gongkai(path, "--json")
    assert result.returncode == 1
    (found,) = objects(result)
    assert (found["file"], found["agency"], found["year"], found["form"]) == (str(path), "温州市统计局", 2022, "2021")
    cells = {
        (number, row, column.code)
        for number, table in FORM_2021.tables.items()
        for row, columns in table.columns_of.items()
        for column in columns
    }
    assert {(n, r, c) for n, rows in found["tables"].items() for r, cs in rows.items() for c in cs} == cells
    assert found["tables"]["3"]["received"] == {
        **dict.fromkeys(("business", "research", "public_welfare", "legal_service", "other_organization"), 0),
        "natural_person": 3,
        "total": 3,
    }
    (finding,) = found["findings"]
    assert (finding["rule"], finding["verdict"], finding["cells"]) == ("TEXT-TABLE", "FAIL", ["3.received.total"])
    assert (finding["stated"], finding["computed"]) == (14, 3)
    assert "14件" in finding["quote"]
    assert finding["line"] > 0


def test_an_unreadable_file_does_not_keep_the_others_from_being_checked(tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 this is no document")
    files = [published(tmp_path / "a.html", told=14), broken, tmp_path / "nothere.pdf", published(tmp_path / "b.html")]
    result = gongkai(*files, "--json")
    assert result.returncode == 2
    found = objects(result)
    assert [item["file"] for item in found] == [str(file) for file in files]
    assert ["error" in item for item in found] == [False, True, True, False]
    assert all("findings" not in item for item in found if "error" in item)
    assert found[0]["findings"][0]["verdict"] == "FAIL"
    in_words = gongkai(*files)
    assert in_words.returncode == 2
    assert "找不到文件" in in_words.stderr.decode()


def test_a_table_that_is_not_there_is_null_and_never_0(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "某局2022年政府信息公开工作年度报告\n一、总体情况\n2022年，我局认真做好政府信息公开工作，未收到申请。\n"
        "二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n四、政府信息公开行政复议、行政诉讼情况\n"
        "五、存在的主要问题及改进情况\n公开的广度有待拓展。\n六、其他需要报告的事项\n无。\n",
        encoding="utf-8",
    )
    result = gongkai(path, "--json")
    (found,) = objects(result)
    assert result.returncode == 0
    assert {value for rows in found["tables"].values() for row in rows.values() for value in row.values()} == {None}
    assert [f["verdict"] for f in found["findings"]].count("NOT_ASSESSABLE") == 3


def test_standard_input_is_read(tmp_path: Path) -> None:
    result = gongkai("-", "--json", data=published(tmp_path / "a.html").read_bytes())
    assert result.returncode == 0
    assert objects(result)[0]["file"] == "-"


def test_last_years_report_is_held_beside_it(tmp_path: Path) -> None:
    before = published(tmp_path / "2021.html", year=2021)
    now = published(tmp_path / "2022.html", carried_in=2)
    result = gongkai(now, "--previous", before, "--json")
    assert result.returncode == 1
    assert {f["rule"] for f in objects(result)[0]["findings"] if f["verdict"] == "FAIL"} == {"CARRY-OVER"}
    missing = gongkai(now, "--previous", tmp_path / "none.html")
    assert missing.returncode == 2
    assert "上一年的报告" in missing.stderr.decode()


def test_what_holds_is_listed_only_on_demand(tmp_path: Path) -> None:
    path = published(tmp_path / "a.html")
    assert objects(gongkai(path, "--json"))[0]["findings"] == []
    held = objects(gongkai(path, "--json", "--all"))[0]["findings"]
    assert {finding["verdict"] for finding in held} == {"PASS"}
    assert {"T3-BALANCE", "T3-OUTCOMES", "T3-ROW", "T4-GROUP", "PERIOD", "TEXT-TABLE"} <= {f["rule"] for f in held}


def test_checking_loads_no_django(tmp_path: Path) -> None:
    path = published(tmp_path / "a.html")
    program = (
        "import sys\nfrom gongkai.project.cli import cli\n"
        f"cli.main(['check', {str(path)!r}], standalone_mode=False)\n"
        "sys.exit(any(name.split('.')[0] in ('django', 'wagtail', 'pydantic') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True).returncode == 0
