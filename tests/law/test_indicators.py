"""检查指标: every threshold at, below and above; a failure has its evidence; what is open stays open in the score."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from gongkai.law import LawError
from gongkai.law.indicators import (
    Found,
    Indicator,
    Judged,
    Measured,
    Pack,
    Part,
    Score,
    Stated,
    Verdict,
    conclusion,
    judge,
    packs,
    parse_pack,
    passes,
    score,
)

TODAY = date(2020, 3, 2)
NATIONAL = packs()["national"]
BY_CODE = {each.code: each for pack in packs().values() for each in pack.indicators}


def faults(many: int) -> tuple[Found, ...]:
    return tuple(Found(f"栏目{at}", f"/{at}/", "逾期") for at in range(many))


def ahead(*days: int) -> tuple[Found, ...]:
    return tuple(Found(f"栏目 {day}", "/", "快到期", TODAY + timedelta(days=day)) for day in days)


def stated(verdict: Verdict, on: date = TODAY) -> Stated:
    return Stated(verdict, "逐页核对", "王主任", on)


@pytest.mark.parametrize(
    ("code", "limit"),
    [
        ("1.1.2", 1),
        ("1.1.3", 1),
        ("1.3", 1),
        ("1.4.1", 5),
        ("1.4.2", 10),
        ("1.4.3", 5),
        ("1.5.1", 1),
        ("1.5.2", 1),
        ("1.6.1", 1),
        ("1.6.2", 10),
        ("1.7.2", 1),
        ("2.1.1", 1),
        ("2.3.1", 1),
        ("B46", 1),
    ],
)
def test_every_count_fails_at_its_limit_and_not_below(code: str, limit: int) -> None:
    own = BY_CODE[code]
    below = judge(own, Measured(faults(limit - 1)), TODAY)
    at, above = judge(own, Measured(faults(limit)), TODAY), judge(own, Measured(faults(limit + 1)), TODAY)
    assert (below.verdict, at.verdict, above.verdict) == (Verdict.PASS, Verdict.FAIL, Verdict.FAIL)
    assert len(below.faults) == limit - 1, "what counts already is shown while it still passes"
    assert (len(at.faults), len(above.faults)) == (limit, limit + 1)


@pytest.mark.parametrize(
    ("slow", "visits", "verdict"),
    [
        (6, 140, Verdict.PASS),
        (7, 140, Verdict.FAIL),
        (8, 140, Verdict.FAIL),
        (7, 141, Verdict.PASS),
        (8, 141, Verdict.FAIL),
        (0, 140, Verdict.PASS),
    ],
)
def test_a_share_fails_from_five_in_a_hundred(slow: int, visits: int, verdict: Verdict) -> None:
    assert judge(BY_CODE["1.2"], Measured(faults(slow), of=visits), TODAY).verdict is verdict


@pytest.mark.parametrize(
    ("already", "to_come", "days"),
    [
        (4, (12, 3, 30), 3),
        (3, (12, 3, 30), 12),
        (2, (12, 3, 30), 30),
        (1, (12, 3, 30), None),  # even if nobody does anything there will be four only
        (4, (0,), 0),  # the very day is still in time
        (4, (), None),
    ],
)
def test_the_days_left_are_until_so_many_are_late_that_it_fails(
    already: int, to_come: tuple[int, ...], days: int | None
) -> None:
    found = judge(BY_CODE["1.4.1"], Measured(faults(already), ahead(*to_come)), TODAY)
    assert (found.verdict, found.days) == (Verdict.PASS, days)
    assert found.due == (None if days is None else TODAY + timedelta(days=days))


def test_a_corrected_parameter_moves_the_limit() -> None:
    from gongkai.law.parameters import standard_parameters

    own = standard_parameters().corrected(
        '[[parameter]]\ncode = "stale_columns"\nvalue = 3\nsince = 2019-04-01\nreference = "x"\nsureness = "P"'
    )
    assert judge(BY_CODE["1.4.1"], Measured(faults(3)), TODAY, parameters=own).verdict is Verdict.FAIL


@pytest.mark.parametrize(
    ("measured", "verdict"),
    [
        (None, Verdict.REVIEW),  # no measure: for a person
        (Measured(unsure=faults(1)), Verdict.REVIEW),
        (Measured(state=Verdict.UNKNOWN, why="没有监测"), Verdict.UNKNOWN),
        (Measured(state=Verdict.EXEMPT, why="没有对外服务职能"), Verdict.EXEMPT),
        (Measured(faults(1), unsure=faults(1)), Verdict.FAIL),  # what is certain decides
        (Measured(), Verdict.PASS),
    ],
)
def test_what_the_records_do_not_tell_is_neither_passed_nor_failed(measured: Measured | None, verdict: Verdict) -> None:
    assert judge(BY_CODE["1.1.3"], measured, TODAY).verdict is verdict


@pytest.mark.parametrize(
    ("measured", "said", "verdict"),
    [
        (None, Verdict.PASS, Verdict.PASS),
        (None, Verdict.FAIL, Verdict.FAIL),
        (Measured(state=Verdict.UNKNOWN), Verdict.PASS, Verdict.PASS),
        (Measured(unsure=faults(1)), Verdict.PASS, Verdict.PASS),
        (Measured(faults(1)), Verdict.PASS, Verdict.FAIL),  # nobody talks away what the records say
        (Measured(), Verdict.FAIL, Verdict.PASS),
        (Measured(state=Verdict.EXEMPT), Verdict.FAIL, Verdict.EXEMPT),
    ],
)
def test_a_person_decides_only_what_the_records_leave_open(
    measured: Measured | None, said: Verdict, verdict: Verdict
) -> None:
    assert judge(BY_CODE["1.1.3"], measured, TODAY, stated(said)).verdict is verdict


@pytest.mark.parametrize(
    ("on", "verdict", "days"),
    [
        (date(2019, 12, 2), Verdict.PASS, 0),
        (date(2019, 12, 1), Verdict.REVIEW, None),
        (date(2020, 3, 2), Verdict.PASS, 92),
    ],
)
def test_what_a_person_said_lapses_after_three_months(on: date, verdict: Verdict, days: int | None) -> None:
    found = judge(BY_CODE["1.1.1"], None, TODAY, stated(Verdict.PASS, on))
    assert (found.verdict, found.days) == (verdict, days)


def test_a_failure_without_evidence_cannot_be_said() -> None:
    with pytest.raises(ValueError, match="without evidence"):
        Judged(BY_CODE["1.1.3"], Verdict.FAIL)


@pytest.mark.parametrize(
    ("verdicts", "whole"),
    [
        (("pass", "pass"), Verdict.PASS),
        (("pass", "exempt"), Verdict.PASS),
        (("pass", "review"), Verdict.REVIEW),
        (("unknown", "pass"), Verdict.REVIEW),
        (("review", "fail"), Verdict.FAIL),
    ],
)
def test_one_veto_fails_the_site(verdicts: tuple[str, ...], whole: Verdict) -> None:
    said = stated(Verdict.FAIL)
    assert conclusion([Judged(BY_CODE["1.3"], Verdict(each), stated=said) for each in verdicts]) is whole


def test_the_vetoes_of_accounts_do_not_fail_the_site() -> None:
    failed = [judge(BY_CODE["1.7.2"], Measured(faults(1)), TODAY), judge(BY_CODE["1.3"], Measured(), TODAY)]
    assert conclusion(failed) is Verdict.PASS
    assert conclusion(failed, Part.MEDIA_VETO) is Verdict.FAIL


def pack_of(*items: tuple[str, float, bool]) -> tuple[Pack, list[Indicator]]:
    """A pack of indicators, each of a part, points, and whether it is of services."""
    tables = [
        f'[[indicator]]\ncode = "{at}"\npart = "{part}"\ngroup = "g"\ntitle = "t"\npoints = {points}\n'
        f'service = {str(service).lower()}\nsureness = "P"\n'
        for at, (part, points, service) in enumerate(items)
    ]
    head = '[pack]\ncode = "x"\ntitle = "x"\ndocument = "x"\nsince = 2019-04-01\nfull = 100\npassing = 60\n'
    pack = parse_pack(head + "bonus = 30\nbonus_above = 80\nservice = 25\n" + "\n".join(tables))
    return pack, list(pack.indicators)


@pytest.mark.parametrize(
    ("lost", "won", "has_services", "points", "verdict"),
    [
        (40, 0, True, "60.0", Verdict.PASS),  # 60 passes
        (40.1, 0, True, "59.9", Verdict.FAIL),
        (20, 10, True, "80.0", Verdict.PASS),  # additions count above 80 only
        (19.9, 10, True, "90.1", Verdict.PASS),
        (0, 40, True, "130.0", Verdict.PASS),  # at most 30 are added
        (15, 0, False, "80.0", Verdict.PASS),  # (75 − 15) × 4/3
        (30, 0, False, "60.0", Verdict.PASS),
        (30.1, 0, False, "59.9", Verdict.FAIL),
        (75, 0, False, "0.0", Verdict.FAIL),
    ],
)
def test_the_frame_of_the_score(lost: float, won: float, has_services: bool, points: str, verdict: Verdict) -> None:
    pack, (minus, service, plus) = pack_of(
        ("deduction", lost, False), ("deduction", 25, True), ("addition", won, False)
    )
    exempt = Verdict.PASS if has_services else Verdict.FAIL  # left out, whatever it says
    judged = [
        judge(minus, Measured(faults(1)), TODAY),
        Judged(service, exempt, faults(1)),
        judge(plus, Measured(), TODAY),
    ]
    found = score(pack, judged, has_services=has_services)
    assert found == Score(Decimal(points), Decimal(points))
    assert passes(pack, found) is verdict


def test_what_is_open_makes_the_score_a_span() -> None:
    pack, (certain, open_) = pack_of(("deduction", 10, False), ("deduction", 35, False))
    found = score(pack, [judge(certain, Measured(faults(1)), TODAY), judge(open_, None, TODAY)])
    assert (found.best, found.worst) == (Decimal("120.0") - 30, Decimal("55.0"))
    assert passes(pack, found) is Verdict.REVIEW


@pytest.mark.parametrize(("many", "points"), [(0, "0"), (1, "1"), (4, "4"), (5, "5"), (6, "5"), (60, "5")])
def test_points_for_each_fault_end_at_the_ceiling(many: int, points: str) -> None:
    assert judge(BY_CODE["2.1.2"], Measured(faults(many)), TODAY).points == Decimal(points)


def test_the_local_set_has_its_67_items() -> None:
    assert len(packs()["suqian"].indicators) == 67
    assert packs()["suqian"].is_local
    assert not NATIONAL.is_local


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("part", "vote"), "part 只能是"),
        (("sureness", "?"), "sureness 只能是"),
        (("limit_code", "nothing"), "nothing 不存在"),
        (("limit", 0), "不小于 1"),
        (("colour", "red"), "不认识的项：colour"),
    ],
)
def test_wrong_data_is_named(change: tuple[str, object], words: str) -> None:
    table = {"code": "9", "part": "veto", "group": "g", "title": "t", "sureness": "V"} | dict([change])
    lines = "\n".join(f"{name} = {value!r}" for name, value in table.items())
    head = '[pack]\ncode = "x"\ntitle = "x"\ndocument = "x"\nsince = 2019-04-01\n[[indicator]]\n'
    with pytest.raises(LawError, match=words):
        parse_pack(head + lines)
    with pytest.raises(LawError, match="不止一次"):
        parse_pack(head + "\n[[indicator]]\n".join(['code="9"\npart="veto"\ngroup="g"\ntitle="t"\nsureness="V"'] * 2))
