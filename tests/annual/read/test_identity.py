"""Whose report it is, and of which year, however a page announces it."""

from __future__ import annotations

import pytest

from gongkai.annual.checks import Verdict, check
from gongkai.annual.read import read_bytes

from . import layouts

REST = layouts.document(layouts.bars).split("\n", 2)[2]
PERIOD = "本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。"


@pytest.mark.parametrize(
    ("opening", "agency"),
    [
        ("云岭市水务局2022年政府信息公开工作年度报告 | ||||||||||\n|\n||||||||||", "云岭市水务局"),
        (
            "发布机构 | 水务局 | 发文日期 | 2023-01-04 |\n标 题 | 云岭市水务局2022年政府信息公开工作年度报告 | ||",
            "云岭市水务局",
        ),
        ("根据《条例》和省、市有关要求,云岭市水务局编制了2022年政府信息公开年度报告。", "云岭市水务局"),
        ("云岭市水务局\n2022年政府信息公开工作\n年度报告", "云岭市水务局"),
        ("云岭市水务局关于2022年政府信息公开工作的年度报告", "云岭市水务局"),
        ("2022年云岭镇人民政府信息公开工作年度报告", "云岭镇人民政府"),
        (
            "当前位置: 首页 > 政府信息公开 > 2022年 > 市直部门\n云岭市水务局2022年政府信息公开工作年度报告",
            "云岭市水务局",
        ),
        (
            "首页 > 年报 > 市直部门\n云岭市水务局2022年政府信息公开工作报告\n发布时间：2023-01-12 来源：办公室",
            "云岭市水务局",
        ),
        (
            "区政府办公室2022年政府信息公开工作年度报告\n现公开青山区政府办公室2022年政府信息公开工作年度报告。",
            "青山区政府办公室",
        ),
        (
            "2022年政府信息公开工作年度报告\n根据《条例》的规定,云岭市水务局编制了云岭市水务局2022年政府信息公开工作年度报告(以下简称《年报》)。",
            "云岭市水务局",
        ),
        ("根据《条例》(国务院令第711号)规定，现公布云岭市水务局2022年度政府信息公开工作报告。", "云岭市水务局"),
        (
            "现将云岭县人民政府(县人民政府办公室)2022年政府信息公开工作年度报告予以公布。",
            "云岭县人民政府(县人民政府办公室)",
        ),
        ("为认真做好云岭市水务局政府信息公开工作，现公布2022年度本单位政府信息公开工作年度报告。", "云岭市水务局"),
        (
            "本报告根据《关于做好2022年度政府信息公开工作年度报告编制发布工作的通知》要求编制。如有疑问，请与云岭市水务局办公室联系（电话：5550100）。",
            "云岭市水务局",
        ),
    ],
)
def test_the_body_and_the_year_are_found(opening: str, agency: str) -> None:
    report = read_bytes(f"{opening}\n{PERIOD}\n{REST}".encode(), "年报.txt")
    assert (report.agency, report.year) == (agency, 2022)


def test_a_circular_that_is_cited_does_not_date_the_report() -> None:
    opening = "根据《关于2021年度政府信息公开工作年度报告的通知》编制云岭市水务局2022年度政府信息公开工作年度报告。"
    report = read_bytes(f"{opening}\n{PERIOD}\n{REST}".encode(), "年报.txt")
    assert (report.agency, report.year) == ("云岭市水务局", 2022)


def test_a_period_of_another_year_does_not_date_the_report() -> None:
    opening = "根据《条例》要求，云岭市水务局编制了2022年政府信息公开年度报告。"
    report = read_bytes(f"{opening}{PERIOD.replace('2022', '2021')}\n{REST}".encode(), "年报.txt")
    assert (report.agency, report.year) == ("云岭市水务局", 2022)
    failed = [finding.rule for finding in check(report) if finding.verdict is Verdict.FAIL]
    assert "PERIOD" in failed
