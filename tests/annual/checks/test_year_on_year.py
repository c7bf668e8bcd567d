"""With last year's report beside it: what is carried over, what is in force, and what was copied."""

from __future__ import annotations

import pytest

from gongkai.annual.checks import Verdict, check

from .building import report

LAST_YEAR = "二是公开的广度有待拓展，队伍建设有待加强；三是解读形式较为单一，群众参与度不高"


def failed(now: dict, before: dict) -> list[tuple[str, object, object]]:
    findings = check(report(year=2023, **now), report(year=2022, **before))
    return [(f.rule, f.stated, f.computed) for f in findings if f.verdict is Verdict.FAIL]


def test_what_was_carried_out_last_year_is_carried_in_this_year() -> None:
    before = {"table_3": {"received": 5, "granted": 3, "total": 3, "carried_out": 2}}
    same = {"table_3": {"received": 5, "carried_in": 2, "granted": 7, "total": 7}}
    other = {"table_3": {"received": 5, "carried_in": 1, "granted": 6, "total": 6}}
    assert failed(same, before) == []
    assert failed(other, before) == [("CARRY-OVER", 1, 2), ("CARRY-OVER", 1, 2)]


def test_an_empty_total_of_what_was_carried_in_is_not_nought() -> None:
    before = {"table_3": {"received": 5, "granted": 3, "total": 3, "carried_out": 2}}
    now = {
        "table_3": {"carried_in": [2, 0, 0, 0, 0, 0, 0], "granted": 2, "total": 2},
        "blank": ["3.carried_in.total"],
    }
    assert failed(now, before) == []


@pytest.mark.parametrize(("in_force", "expected"), [(20, []), (21, [("T2-STOCK", 21, 20)])])
def test_documents_in_force_are_last_years_and_the_new_without_the_repealed(in_force: int, expected: list) -> None:
    before = {"table_2": {"normative_documents": {"in_force": 18}}}
    now = {"table_2": {"normative_documents": {"made": 3, "repealed": 1, "in_force": in_force}}}
    assert failed(now, before) == expected


def test_documents_in_force_are_not_compared_where_the_cell_is_empty() -> None:
    before = {"table_2": {"normative_documents": {"in_force": 18}}}
    now = {"table_2": {"normative_documents": {"made": 3}}, "blank": ["2.normative_documents.in_force"]}
    assert failed(now, before) == []


def test_on_the_form_of_2019_last_years_items_are_those_at_its_end() -> None:
    before = report(year=2019, table_2={"permits": {"last_year": 716, "change": -417, "decisions": 298}})
    right = report(year=2020, table_2={"permits": {"last_year": 299}})
    wrong = report(year=2020, table_2={"permits": {"last_year": 716}})
    assert [f.rule for f in check(right, before) if f.verdict is Verdict.FAIL] == []
    assert [(f.stated, f.computed) for f in check(wrong, before) if f.verdict is Verdict.FAIL] == [(716, 299)]


def test_two_forms_are_not_compared_in_table_two() -> None:
    before = report(year=2020, table_2={"normative_documents": {"in_public": 9}})
    now = report(year=2021, table_2={"normative_documents": {"in_force": 4}})
    assert [f for f in check(now, before) if f.rule == "T2-STOCK"] == []


def test_a_report_of_another_year_is_refused_as_last_years() -> None:
    findings = check(report(year=2023, table_3={"carried_in": 4, "granted": 4, "total": 4}), report(year=2020))
    assert [(f.rule, f.verdict) for f in findings if f.rule == "CARRY-OVER"] == [("CARRY-OVER", Verdict.NOT_ASSESSABLE)]


@pytest.mark.parametrize(
    ("copied", "verdict"),
    [(0, None), (10, None), (11, Verdict.WARN), (18, Verdict.WARN), (19, Verdict.FAIL), (20, Verdict.FAIL)],
)
def test_copied_prose_is_warned_of_over_half_and_fails_over_nine_tenths(copied: int, verdict: Verdict | None) -> None:
    old = [f"第{n}项工作是围绕群众关心的事项持续做好信息发布" for n in range(20)]
    new = old[:copied] + [f"今年第{n}项新工作是组织开展政府开放日系列活动" for n in range(20 - copied)]
    before = report(year=2022, prose={1: ["。".join(old) + "。"], 5: ["无"], 6: ["无"]})
    now = report(year=2023, prose={1: ["。".join(new) + "。"], 5: ["无"], 6: ["无"]})
    found = [finding for finding in check(now, before) if finding.rule == "COPY"]
    assert [finding.verdict for finding in found] == ([verdict] if verdict else [])
    assert all(finding.stated == copied and finding.computed == 20 for finding in found)


def test_too_short_a_report_is_not_called_copied() -> None:
    text = ["我局认真贯彻落实条例，各项工作有序开展。"]
    assert not [
        f for f in check(report(year=2023, prose={1: text}), report(year=2022, prose={1: text})) if f.rule == "COPY"
    ]


def test_growth_is_held_against_last_years_report() -> None:
    before = {"table_3": {"received": 100, "granted": 100, "total": 100}}
    now = {"received": 120, "granted": 120, "total": 120}
    right = {"table_3": now, "prose": {1: ["全年受理政府信息公开申请120件，同比增长20%。"]}}
    wrong = {"table_3": now, "prose": {1: ["全年受理政府信息公开申请120件，同比增长12%。"]}}
    backwards = {"table_3": now, "prose": {1: ["全年受理政府信息公开申请120件，同比下降20%。"]}}
    assert failed(right, before) == []
    assert [rule for rule, _, _ in failed(wrong, before)] == ["TEXT-RATE"]
    assert [rule for rule, _, _ in failed(backwards, before)] == ["TEXT-RATE"]
