"""Every kind of letter, for every outcome: whole, with its grounds and with the remedies of its day."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from docx import Document

from gongkai.applications.letters import draft, form_for, issue, preview
from gongkai.applications.letters.asks import asks, needs_basis
from gongkai.applications.letters.building import FOLDER, build
from gongkai.applications.letters.checking import check
from gongkai.applications.letters.context import context, matter_of
from gongkai.applications.letters.filling import fill, text_of
from gongkai.applications.letters.forms import filled
from gongkai.applications.letters.points import POINTS, TO_OTHERS, names, required
from gongkai.applications.letters.printing import pdf_from
from gongkai.applications.letters.store import built_in
from gongkai.bureau.roles import NotPermittedError
from gongkai.law.errors import LawError
from gongkai.law.letters import letters
from gongkai.law.outcomes import outcome, outcomes
from gongkai.law.remedies import Bodies, remedies
from gongkai.law.wording import cited

from ..cases import PERSON
from .world import COURT, DAY, GOVERNMENT, RECEIVED, SUPERIOR, World, fields

pytestmark = pytest.mark.anywhere

DECISIONS = [(found.letter, found.code) for found in outcomes().values()]
# One day of each regime of remedies: free choice, review first, 法释〔2025〕8号.
DAYS = (date(2020, 6, 1), date(2024, 3, 1), date(2025, 7, 1))
OTHERS = [code for code, letter in letters().items() if letter.stage in ("intake", "process")]


def test_every_point_that_the_law_wants_has_a_place() -> None:
    for code, letter in letters().items():
        assert tuple(POINTS[code]) == letter.contents or set(POINTS[code]) == set(letter.contents), code
        assert set(required(code)) <= set(names(code)), code


def test_letters_that_can_be_contested_have_a_place_for_remedies_and_no_others() -> None:
    for found in outcomes().values():
        points = letters()[found.letter].contents
        assert ("救济途径" in points) == (found.remedy != "none"), found.code
        assert ("remedies" in required(found.letter)) == (found.remedy != "none"), found.code


@pytest.mark.parametrize("code", letters())
def test_the_templates_of_the_program_are_those_of_its_source(code: str) -> None:
    """When this fails: python -m gongkai.applications.letters.building."""
    content = (FOLDER / f"{code}.docx").read_bytes()
    assert content == build(code)
    check(code, content)


@pytest.mark.django_db
@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize(("code", "outcome_code"), DECISIONS)
def test_a_reply_says_everything(world: World, code: str, outcome_code: str, day: date) -> None:
    known = outcome(outcome_code)
    told = fields(code, outcome_code)
    form = filled(code, outcome_code, told)
    assert form.is_valid(), form.errors
    said = context(matter_of(world.application), code, outcome_code, form.values(), day, "温统信公〔2025〕7号")
    text = text_of(fill(built_in(code).content, said))
    for name in required(code):
        value = said[name]
        parts = [each for row in value for each in row.values()] if isinstance(value, list) else [value]
        for part in parts:
            assert part in text, name
    for point, place in POINTS[code].items():
        assert all(said[name] for name in place.names), f"{point} is empty"
    if known.rule:
        assert cited(known.rule) in text
    if known.remedy == "none":
        assert "行政复议" not in text
        assert "诉讼" not in text
    else:
        bodies = Bodies(GOVERNMENT, COURT, SUPERIOR)
        expected = remedies(known, day, bodies, letter="告知书")
        assert expected is not None
        assert expected.text in text
        assert said["grounds"], "no reply without a ground"
    assert "{{" not in text
    assert "{%" not in text
    assert PERSON.name in text


@pytest.mark.django_db
@pytest.mark.parametrize("code", OTHERS)
def test_any_other_letter_says_everything(world: World, code: str) -> None:
    form = filled(code, "", fields(code))
    assert form.is_valid(), form.errors
    said = context(matter_of(world.application), code, "", form.values(), DAY, "温统信公〔2025〕7号")
    text = text_of(fill(built_in(code).content, said))
    for name in required(code):
        assert said[name], name
        assert str(said[name]) in text, name
    assert ("行政复议" in text) == ("救济途径" in letters()[code].contents)
    if code != "assistance":
        assert "《中华人民共和国政府信息公开条例》第" in text


@pytest.mark.django_db
@pytest.mark.parametrize("code", sorted(TO_OTHERS))
def test_others_learn_nothing_of_the_applicant(world: World, code: str) -> None:
    document = preview(world.application, code, "", fields(code), DAY)
    told = (PERSON.name, PERSON.id_number, PERSON.phone, PERSON.address, PERSON.email, "粮食播种面积")
    whole = text_of(document) + str(Document(BytesIO(document)).core_properties.author)
    assert [value for value in told if value in whole] == []
    assert {"requested", "received_on", "channel"} & set(names(code)) == set()


@pytest.mark.django_db
def test_the_severance_list_is_a_table_with_the_articles_of_the_law(world: World) -> None:
    document = preview(world.application, "partial_disclosure", "granted_in_part", _partial(), DAY)
    (table,) = Document(BytesIO(document)).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows == [
        ["部分", "理由", "依据"],
        [
            "第2页上部",
            "涉及商业秘密、个人隐私等公开会对第三方合法权益造成损害的政府信息",
            "《中华人民共和国政府信息公开条例》第十五条",
        ],
        ["第3页下部", "不是政府信息的便笺", "双方的约定"],
    ]


def _partial() -> dict[str, object]:
    return fields("partial_disclosure", "granted_in_part")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("第2页", "请写作"),
        ("第2页｜不便公开", "请写为"),
        ("｜第三方权益", "请写作"),
        ("a|b|c|d", "请写作"),
        ("  ", "必需"),
    ],
)
def test_a_part_is_not_withheld_without_a_ground(text: str, reason: str) -> None:
    form = filled("partial_disclosure", "granted_in_part", _partial() | {"severance": text})
    assert not form.is_valid()
    assert reason in str(form.errors["severance"])


def test_a_drafter_names_the_ground_where_the_regulation_has_none() -> None:
    for found in outcomes().values():
        has = "basis" in form_for(found.letter, found.code).base_fields
        assert has == needs_basis(found) == (not found.rule and found.remedy != "none"), found.code


def test_a_letter_answers_only_its_own_outcomes() -> None:
    with pytest.raises(LawError, match="不用这种文书答复"):
        form_for("denial", "granted.provided")


@pytest.mark.parametrize("code", letters())
def test_every_blank_has_a_label_and_no_article(code: str) -> None:
    for ask in asks(code):
        assert ask.label
        assert "条例第" not in ask.label + ask.help


@pytest.mark.django_db
def test_a_letter_of_a_time_without_such_a_rule_is_refused(world: World) -> None:
    with pytest.raises(NotPermittedError, match="没有施行中的信息处理费标准"):
        preview(world.application, "fee_notice", "", fields("fee_notice"), date(2020, 6, 1))
    with pytest.raises(NotPermittedError, match="不是答复"):
        draft(world.application, "correction", "", fields("correction"), world.handler, DAY)
    with pytest.raises(NotPermittedError, match="没有这种文书"):
        issue(world.application, "love_letter", {}, world.handler, DAY)


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["partial_disclosure", "third_party_consultation", "receipt"])
def test_the_pdf_says_what_the_document_says(world: World, code: str) -> None:
    from pypdfium2 import PdfDocument

    outcome_code = "granted_in_part" if code == "partial_disclosure" else ""
    document = preview(world.application, code, outcome_code, fields(code, outcome_code), DAY)
    pdf = PdfDocument(pdf_from([document], "文书", "温州市统计局"))
    printed = "".join("".join(page.get_textpage().get_text_range().split()) for page in pdf)
    for line in text_of(document).split("\n"):
        words = "".join(line.split())
        if "PAGE" in words or "—" in words:
            continue
        assert words in printed.replace("—1—", "").replace("—2—", "").replace("—3—", ""), line
    assert RECEIVED < DAY
