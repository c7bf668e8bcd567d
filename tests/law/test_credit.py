"""Statistical credit: the rules of the day of the decision, the periods, the sign that checks a code."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law import LawError
from gongkai.law.calendar import national_calendar
from gongkai.law.credit import Display, Grade, Longer, display, grades_of, is_credit_code, publish_by, rules_of
from gongkai.law.parameters import standard_parameters


@pytest.mark.parametrize(
    ("decided", "published", "longer", "since", "removable", "last"),
    [
        # 国统字〔2019〕33号: a year, two for what was not mended, two from the day on which a new offence was verified.
        ("2020-03-02", "2020-03-10", None, None, "2020-09-10", "2021-03-09"),
        ("2020-03-02", "2020-03-10", Longer.NOT_MENDED, None, "2020-09-10", "2022-03-09"),
        ("2020-03-02", "2020-03-10", Longer.AGAIN, "2020-08-03", "2020-09-10", "2022-08-02"),
        ("2020-02-10", "2020-02-29", None, None, "2020-08-29", "2021-02-27"),
        # Decided before the rules changed and published after: those of the decision hold to the end.
        ("2022-05-18", "2022-06-01", Longer.NOT_MENDED, None, "2022-12-01", "2024-05-31"),
        # 国家统计局令第35号.
        ("2022-05-19", "2022-06-01", None, None, "2022-12-01", "2023-05-31"),
        ("2022-05-19", "2022-06-01", Longer.AGAIN, "2022-07-01", "2022-12-01", "2025-06-30"),
    ],
)
def test_how_long_a_record_is_shown(
    decided: str, published: str, longer: Longer | None, since: str | None, removable: str, last: str
) -> None:
    shown = _display(decided, published, longer, since)
    assert (shown.removable_from.isoformat(), shown.last.isoformat()) == (removable, last)
    assert shown.unverified == (decided >= "2022-05-19")
    assert ("核对" in shown.steps[-1]) == shown.unverified


def _display(decided: str, published: str, longer: Longer | None = None, since: str | None = None) -> Display:
    verified = date.fromisoformat(since) if since else None
    return display(date.fromisoformat(decided), date.fromisoformat(published), longer, verified)


def test_what_contradicts_itself_or_had_no_rule_is_refused() -> None:
    with pytest.raises(LawError, match="早于认定日期"):
        _display("2020-03-02", "2020-03-01")
    with pytest.raises(LawError, match="核实的日期"):
        _display("2020-03-02", "2020-03-10", Longer.AGAIN)
    with pytest.raises(LawError, match="2019年3月19日没有施行中的规定"):
        rules_of(date(2019, 3, 19))


def test_each_time_has_its_rules() -> None:
    assert grades_of(date(2022, 5, 18)) == (Grade.GENERAL, Grade.SERIOUS)
    assert grades_of(date(2022, 5, 19)) == (Grade.SERIOUS,)
    assert "33号" in rules_of(date(2020, 1, 2)).reference
    assert "第35号" in rules_of(date(2026, 1, 5)).reference
    assert publish_by(date(2020, 3, 2), national_calendar()).last == date(2020, 3, 30)
    marked = {code: standard_parameters().on(f"credit_{code}", date(2026, 1, 5)).sureness for code in _NUMBERS}
    assert set(marked.values()) == {"UNVERIFIED"}


_NUMBERS = ("display_months", "display_uncorrected_months", "repair_months", "publication")


@pytest.mark.parametrize(
    ("code", "sound"),
    [
        ("91350100M000100Y43", True),  # the example of GB 32100-2015, annex
        ("91350100M000100Y44", False),
        ("91350100M000100Y4", False),
        ("91350100m000100y43", False),
        ("91350100I000100Y43", False),
        ("", False),
    ],
)
def test_a_credit_code_checks_itself(code: str, sound: bool) -> None:
    assert is_credit_code(code) is sound
