"""Tables: single units that can be inferred, and figures of the text that disagree, without false alarms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from gongkai.examination import Finding, Metadata, Passage, Settings, Severity, Subject, Table, examine

METADATA = Metadata("2020年统计公报", openness="主动公开")
TODAY = date(2021, 3, 1)


def found(table: Table, *passages: str) -> list[Finding]:
    texts = tuple(Passage(f"正文第{number}段", text) for number, text in enumerate(passages, 1))
    return examine(Subject(METADATA, texts, (table,)), Settings(today=TODAY))


HEAD = ("行业", "企业单位数（个）", "总产值（亿元）", "利润（亿元）")
Rows = tuple[tuple[str, ...], ...]


@pytest.mark.parametrize(
    ("rows", "severities"),
    [
        ((HEAD, ("合计", "30", "100", "9"), ("纺织", "10", "40", "3"), ("化工", "20", "60", "6")), []),
        ((HEAD, ("合计", "12", "100", "9"), ("纺织", "10", "40", "3"), ("烟草", "2", "60", "6")), ["须处理"]),
        ((HEAD, ("合计", "12", "100", "9"), ("纺织", "10", "40", "3"), ("烟草", "1", "60", "")), ["须处理", "请核对"]),
        # Left out, and nothing tells it: two rows are without figures.
        (
            (
                HEAD,
                ("合计", "14", "100", "9"),
                ("纺织", "10", "40", "3"),
                ("烟草", "2", "*", "*"),
                ("石油", "2", "*", "*"),
            ),
            [],
        ),
        # Left out alone: the total gives it away.
        ((HEAD, ("合计", "12", "100", "9"), ("纺织", "10", "40", "3"), ("烟草", "2", "—", "—")), ["须处理"]),
        ((HEAD, ("合计", "12", "…", "…"), ("纺织", "10", "40", "3"), ("烟草", "2", "—", "—")), []),
        # The number of units is left out, and the total gives it away.
        ((HEAD, ("合计", "12", "100", "9"), ("纺织", "10", "40", "3"), ("烟草", "x", "60", "6")), ["须处理"]),
        ((HEAD, ("合计", "15", "100", "9"), ("纺织", "10", "40", "3"), ("烟草", "x", "60", "6")), []),
        # A class that is not listed at all.
        ((HEAD, ("合计", "12", "100", "9"), ("纺织", "5", "40", "3"), ("化工", "5", "50", "5")), ["请核对"]),
        ((HEAD, ("合计", "12", "100", "9"), ("其中：纺织", "5", "40", "3"), ("化工", "5", "50", "5")), []),
        # No units at all.
        ((HEAD, ("合计", "30", "100", "9"), ("纺织", "30", "100", "9"), ("烟草", "0", "0", "0")), []),
        # Counts alone tell nothing of anybody.
        ((("行业", "企业单位数"), ("纺织", "10"), ("烟草", "1")), []),
        ((("序号", "行业", "企业单位数"), ("1", "纺织", "10"), ("2", "烟草", "1")), []),
        ((("行业", "2019年企业单位数", "2020年企业单位数"), ("烟草", "1", "2")), []),
        # Not surveyed units.
        ((("部门", "预算单位数", "支出（万元）"), ("统计局", "2", "300")), []),
        ((("项目", "件数", "占比"), ("受理", "2", "50%")), []),
        ((("地区", "户数占比", "产值"), ("鹿城区", "1", "3")), []),
        ((HEAD,), []),
        ((), []),
    ],
)
def test_single_surveyed_units(rows: Rows, severities: list[str]) -> None:
    findings = found(Table("表1", "", rows))
    assert {each.rule for each in findings} <= {"SURVEY-UNITS"}
    assert [each.severity.value for each in findings] == severities


def test_the_row_and_the_article_are_told() -> None:
    (one,) = found(Table("表1", "", (HEAD, ("纺织", "10", "40", "3"), ("烟草", "2", "60", "6"))))
    assert (one.place, one.severity, one.excerpt) == ("表1第3行", Severity.BLOCK, "烟草")
    assert "统计法（2009）第二十五条" in one.message


def test_the_law_of_the_day_is_cited(item: Callable[..., Subject]) -> None:
    table = Table("表1", "", (HEAD, ("烟草", "2", "60", "6")))
    (now,) = examine(item(tables=(table,)), Settings(today=date(2025, 1, 2)))
    (then,) = examine(item(tables=(table,)), Settings(today=date(2020, 1, 2)))
    assert "统计法第二十八条" in now.message
    assert "统计法（2009）第二十五条" in then.message


def test_two_rows_of_headings_are_both_headings() -> None:
    rows = (("行业", "企业", "产值"), ("", "单位数（个）", "2020年"), ("烟草", "2", "60"))
    assert [each.place for each in found(Table("表1", "", rows))] == ["表1第3行"]


# --- Figures of the text -----------------------------------------------------------------------------

TABLE = Table(
    "表1",
    "2020年主要指标（单位：亿元）",
    (
        ("指标", "绝对数", "比上年增长（%）"),
        ("地区生产总值", "6870.86", "3.4"),
        ("　第一产业增加值", "160.43", "2.3"),
        ("一般公共预算收入", "602.00", "-1.5"),
        ("常住人口（万人）", "957.29", "0.5"),
        ("固定资产投资", "…", "5.2"),
    ),
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("全市地区生产总值6870.86亿元，增长3.4%。", 0),
        ("全年地区生产总值6870.9亿元，比上年增长3.4%。", 0),  # rounded
        ("地区生产总值为6871亿元", 0),
        ("地区生产总值达68708600万元", 0),
        ("地区生产总值6780.86亿元。", 1),  # two digits changed places
        ("地区生产总值6870.86亿元，增长4.3%。", 1),
        ("地区生产总值6780.86亿元，比上年增长4.3%。", 2),
        ("一般公共预算收入602亿元，下降1.5%。", 0),
        ("一般公共预算收入602亿元，增长1.5%。", 1),
        ("常住人口957.29万人。", 0),
        ("常住人口975.29万人。", 1),
        ("常住人口9572900人。", 0),
        # Not what the table speaks of, or not certainly.
        ("上年地区生产总值6606.11亿元。", 0),
        ("2019年，地区生产总值6606.11亿元。", 0),
        ("2020年，全市地区生产总值6780.86亿元。", 1),
        ("上半年，地区生产总值3000亿元。", 0),
        ("全省地区生产总值64613亿元。", 0),
        ("鹿城区地区生产总值1160亿元。", 0),
        ("人均地区生产总值7.17万元。", 0),
        ("地区生产总值突破6800亿元。", 0),
        ("地区生产总值约6800亿元。", 0),
        ("地区生产总值6800多亿元。", 0),
        ("地区生产总值增量260亿元。", 0),
        ("地区生产总值增长3.4%。", 0),
        ("地区生产总值6870.86亿元，两年平均增长5.8%。", 0),
        ("地区生产总值1000.5亿美元。", 0),
        ("第一产业增加值160.43亿元；第二产业增加值2838.24亿元。", 0),
        ("固定资产投资2500亿元，增长5.2%。", 0),
        ("预计全年地区生产总值7500亿元。", 0),
        ("", 0),
    ],
)
def test_figures_of_the_text_against_the_table(text: str, told: int) -> None:
    findings = found(TABLE, text)
    assert [each.rule for each in findings] == ["NUMBER-TABLE"] * told
    assert all(each.severity is Severity.WARN for each in findings), "a person decides"


def test_any_table_that_agrees_is_enough() -> None:
    quarter = Table("表2", "一季度（单位：亿元）", (("指标", "绝对数"), ("地区生产总值", "1400.1")))
    texts = (Passage("正文", "地区生产总值1400.1亿元。"),)
    assert examine(Subject(METADATA, texts, (TABLE, quarter)), Settings(today=TODAY)) == []


def test_a_table_that_tells_no_unit_is_not_compared() -> None:
    bare = Table("表1", "", (("指标", "绝对数"), ("地区生产总值", "6870.86")))
    assert found(bare, "地区生产总值6780.86亿元。") == []


def test_both_figures_are_told() -> None:
    (one,) = found(TABLE, "全市地区生产总值6780.86亿元。")
    assert one.message == "正文写“地区生产总值6780.86亿元”，表1的“地区生产总值”却是6870.86。请核对哪一个对。"
    assert one.place == "正文第1段"
