"""Outcomes, letters, exemptions, remedies: complete, consistent with one another, right at the turn of the law."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.annual.forms import FORMS
from gongkai.law import LawError
from gongkai.law.exemptions import Mode, exemptions
from gongkai.law.letters import letters
from gongkai.law.outcomes import article_text, evidence_kinds, outcome, outcomes, outcomes_of_row
from gongkai.law.parameters import standard_parameters
from gongkai.law.remedies import Bodies, remedies, review_first_without_reply

BODIES = Bodies("温州市人民政府", "温州市鹿城区人民法院", "浙江省统计局", "浙江省行政复议网上平台")


@pytest.mark.parametrize("form", FORMS)
def test_every_outcome_row_of_the_form_is_reached_and_no_other(form: str) -> None:
    (identity,) = [identity for identity in FORMS[form].identities if identity.rule == "T3-OUTCOMES"]
    assert {found.row(form) for found in outcomes().values()} == set(identity.left)
    for row in identity.left:
        assert any(found.choosable for found in outcomes_of_row(form, row)), row


@pytest.mark.parametrize(
    ("code", "row_2019", "row_2021", "rule"),
    [
        ("granted.already_published", "granted", "granted", "条例第三十六条第一项"),
        ("granted.provided", "granted", "granted", "条例第三十六条第二项"),
        ("granted_in_part", "granted_in_part", "granted_in_part", "条例第三十七条"),
        ("unavailable.not_held.not_found", "unavailable.not_held", "unavailable.not_held", "条例第三十六条第四项"),
        (
            "unavailable.not_held.not_responsible",
            "unavailable.not_held",
            "unavailable.not_held",
            "条例第三十六条第五项",
        ),
        ("not_processed.complaint", "not_processed.complaint", "not_processed.complaint", "条例第三十九条第一款"),
        ("other.not_corrected_in_time", "other", "other.not_corrected_in_time", "条例第三十条"),
        ("other.fee_unpaid", "other", "other.fee_unpaid", "国办函〔2020〕109号"),
        ("other.other.withdrawn", "other", "other.other", ""),
    ],
)
def test_where_an_outcome_is_counted_and_by_which_article(code: str, row_2019: str, row_2021: str, rule: str) -> None:
    found = outcome(code)
    assert (found.row("2019"), found.row("2021"), found.rule) == (row_2019, row_2021, rule)


@pytest.mark.parametrize(
    ("code", "evidence"),
    [
        ("unavailable.not_held.not_found", "search_record"),
        ("granted_in_part", "severance_list"),
        ("denied.third_party_rights", "third_party_record"),
        ("denied.state_secret", "secrecy_review"),
        ("not_processed.repeat", "earlier_answer"),
        ("not_processed.abusive", "reasons_asked"),
        ("unavailable.unclear_after_correction", "correction_notice"),
        ("other.fee_unpaid", "fee_notice"),
    ],
)
def test_an_outcome_waits_for_its_evidence(code: str, evidence: str) -> None:
    found = outcome(code)
    assert evidence in {kind.code for kind in found.missing(())}
    assert found.missing({kind.code for kind in found.need}) == ()


def test_the_body_in_charge_is_told_where_it_is_known() -> None:
    assert [kind.code for kind in outcome("unavailable.not_held.not_responsible").tell] == ["other_body"]


def test_every_refusal_gives_reasons() -> None:
    for found in outcomes().values():
        if found.choosable and found.code.startswith(("denied.", "not_processed.")):
            assert "reasons" in {kind.code for kind in found.need}, found.code


def test_every_outcome_has_its_letter_and_a_letter_that_can_be_contested_names_the_remedies() -> None:
    for found in outcomes().values():
        letter = letters()[found.letter]
        assert letter.stage == "decision"
        assert ("救济途径" in letter.contents) == (found.remedy != "none"), found.code


def test_grounds_for_refusal_are_exactly_those_that_call_for_review_first() -> None:
    assert set(exemptions()) == {code for code, found in outcomes().items() if found.remedy == "review_first"}
    for code, exemption in exemptions().items():
        assert exemption.article in outcome(code).articles
    assert exemptions()["denied.state_secret"].mode is Mode.SHALL
    assert exemptions()["denied.third_party_rights"].mode is Mode.MUST_NOT
    assert exemptions()["denied.enforcement_file"].mode is Mode.MAY


def test_an_unknown_outcome_or_form_is_refused() -> None:
    with pytest.raises(LawError, match="没有编号为“refused”的办理结果"):
        outcome("refused")
    with pytest.raises(LawError, match="1999"):
        outcome("granted").row("1999")


def test_articles_read_as_the_regulation_prints_them() -> None:
    assert [article_text(article) for article in ("14", "16(2)", "20(4)", "36(7)")] == [
        "条例第十四条",
        "条例第十六条第二款",
        "条例第二十条第四项",
        "条例第三十六条第七项",
    ]
    assert len({kind.label for kind in evidence_kinds().values()}) == len(evidence_kinds())


# code, date of the reply, review first, names of the review bodies, months for a direct suit
REMEDIES = [
    ("denied.state_secret", "2023-12-31", False, ("温州市人民政府", "浙江省统计局"), 6),
    ("denied.state_secret", "2024-01-01", True, ("温州市人民政府",), None),
    ("denied.enforcement_file", "2025-06-01", True, ("温州市人民政府",), None),
    ("denied.administrative_inquiry", "2024-01-01", False, ("温州市人民政府",), 6),
    ("granted_in_part", "2023-12-31", False, ("温州市人民政府", "浙江省统计局"), 6),
    ("granted_in_part", "2024-01-01", True, ("温州市人民政府",), 6),
    ("unavailable.not_held.not_found", "2025-05-31", False, ("温州市人民政府",), 6),
    ("unavailable.not_held.not_found", "2025-06-01", False, ("温州市人民政府",), 6),
    ("not_processed.repeat", "2020-07-01", False, ("温州市人民政府", "浙江省统计局"), 6),
]


@pytest.mark.parametrize(("code", "replied", "first", "review_bodies", "suit_months"), REMEDIES)
def test_remedies_by_outcome_and_date_of_reply(
    code: str, replied: str, first: bool, review_bodies: tuple[str, ...], suit_months: int | None
) -> None:
    found = remedies(outcome(code), date.fromisoformat(replied), BODIES, letter="告知书")
    assert found is not None
    assert (found.review_first, found.review_bodies, found.suit_months) == (first, review_bodies, suit_months)
    assert (found.review_days, found.suit_days_after_review) == (60, 15)
    for body in review_bodies:
        assert body in found.text
    assert ("先向" in found.text) == first
    assert "本告知书" in found.text
    assert "{" not in found.text


def test_the_judicial_interpretation_changes_on_the_first_of_june_2025() -> None:
    before, after = (
        remedies(outcome("granted.provided"), day, BODIES) for day in (date(2025, 5, 31), date(2025, 6, 1))
    )
    assert before is not None
    assert after is not None
    assert "法释〔2011〕17号" in before.reference
    assert "法释〔2025〕8号" in after.reference


def test_nobody_is_told_to_contest_a_withdrawal() -> None:
    assert remedies(outcome("other.other.withdrawn"), date(2024, 5, 1), BODIES) is None


def test_electronic_service_from_2024_names_the_online_channel() -> None:
    denied = outcome("denied.internal_affairs")
    found = remedies(denied, date(2024, 5, 1), BODIES, electronic=True)
    assert found is not None
    assert "浙江省行政复议网上平台" in found.text
    with pytest.raises(LawError, match="网上申请行政复议"):
        remedies(denied, date(2024, 5, 1), Bodies("甲", "乙"), electronic=True)
    assert remedies(denied, date(2023, 5, 1), Bodies("甲", "乙", "丙"), electronic=True) is not None


def test_a_body_that_is_not_named_is_asked_for() -> None:
    with pytest.raises(LawError, match="上一级主管部门"):
        remedies(outcome("granted.provided"), date(2023, 5, 1), Bodies("甲", "乙"))


def test_review_before_suit_without_a_reply_is_an_open_question_an_office_can_settle() -> None:
    settled = standard_parameters().corrected(
        '[[parameter]]\ncode = "no_reply"\nvalue = "choice"\nsince = 2015-05-01\n'
        'reference = "法律顾问"\nsureness = "V"\n'
    )
    assert review_first_without_reply(date(2025, 7, 1))
    assert not review_first_without_reply(date(2023, 7, 1))
    assert not review_first_without_reply(date(2025, 7, 1), settled)
