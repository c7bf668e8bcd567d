"""What people enter about boxes comes back as they typed it, with what is wrong; and what the letter lists of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.applications.redaction import Box, PageSize, boxes_from, entered, severance_list, withheld, workbench
from gongkai.applications.redaction.boxes import MAX_BOXES, Row
from gongkai.law.severance import grounds

FIELDS = ("page", "left", "top", "width", "height", "reason", "note")
WHY = "denied.third_party_rights"
GOOD = {"page": "1", "left": "10", "top": "20", "width": "30", "height": "5", "reason": WHY, "note": "手机号"}


class Form(dict[str, list[str]]):
    """As a browser sends it."""

    def getlist(self, key: str) -> list[str]:
        return self.get(key, [])


def form(*rows: dict[str, str]) -> Form:
    return Form({f"box_{name}": [row[name] for row in rows] for name in FIELDS})


def test_what_was_drawn_arrives() -> None:
    found = boxes_from(form(GOOD), 1)
    assert (found.errors, found.boxes) == ([], [Box(0, 0.1, 0.2, 0.3, 0.05, WHY, "手机号")])


@pytest.mark.parametrize("typed", ["１０", "10%", " 10.0 ", "10．0％"])
def test_numbers_are_understood_as_people_type_them(typed: str) -> None:
    assert boxes_from(form(GOOD | {"left": typed}), 1).boxes[0].x == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"page": "2"}, "没有第2页；文件共1页"),
        ({"page": "1.5"}, "页码要填整数"),
        ({"page": ""}, "页码要填整数"),
        ({"page": "9" * 400}, "页码要填整数"),
        ({"left": "左"}, "左边距要填 0 到 100 之间的数字"),
        ({"top": "nan"}, "上边距要填"),
        ({"width": ""}, "宽要填"),
        ({"height": "1e999"}, "高要填"),
        ({"width": "95"}, "超出了页面"),
        ({"height": "0"}, "要大于 0.1%"),
        ({"reason": ""}, "请选择不予公开的理由"),
        ({"reason": "whatever"}, "请选择不予公开的理由"),
        ({"note": "字" * 201}, "说明最多200字"),
    ],
)
def test_a_wrong_box_comes_back_as_it_was_typed_with_what_is_wrong(change: dict[str, str], message: str) -> None:
    found = boxes_from(form(GOOD, GOOD | change), 1)
    assert found.boxes == []
    assert len(found.errors) == 1
    assert found.errors[0].startswith("第2处：")
    assert message in found.errors[0]
    row = found.rows[1]
    assert {name: getattr(row, name) for name in FIELDS} == GOOD | change
    assert (found.rows[0].errors, len(row.errors)) == ([], 1)


def test_empty_rows_are_left_out_though_the_browser_sends_their_reason() -> None:
    blank = dict.fromkeys(FIELDS, "") | {"reason": WHY}
    assert len(boxes_from(form(blank, GOOD, blank), 1).boxes) == 1


def test_no_box_at_all_is_an_error() -> None:
    assert boxes_from(form(), 1).errors[0].startswith("一处也没有遮盖")


def test_a_form_that_arrives_in_part_covers_nothing_by_guess() -> None:
    torn = form(GOOD, GOOD)
    torn["box_left"].pop()
    found = boxes_from(torn, 1)
    assert (found.boxes, found.errors) == ([], ["表单不完整，没有保存。请刷新页面后重新填写。"])


def test_there_is_an_end_to_boxes() -> None:
    assert "请把相邻的合并" in boxes_from(form(*[GOOD] * (MAX_BOXES + 1)), 1).errors[0]


@given(st.lists(st.tuples(*[st.floats(0, 0.5)] * 2, *[st.floats(0.01, 0.5)] * 2, st.sampled_from(sorted(grounds())))))
def test_kept_boxes_are_shown_as_they_would_be_entered(
    given_boxes: list[tuple[float, float, float, float, str]],
) -> None:
    kept = [Box(2, *each) for each in given_boxes]
    rows = [{name: getattr(row, name) for name in FIELDS} for row in entered(kept).rows]
    back = boxes_from(form(*rows), 3)
    assert len(back.boxes) == len(kept)
    for before, after in zip(kept, back.boxes, strict=True):
        lengths = [(each.x, each.y, each.width, each.height) for each in (before, after)]
        assert lengths[1] == pytest.approx(lengths[0], abs=0.000051)
        assert (after.page, after.reason) == (2, before.reason)


def test_a_row_with_only_a_reason_is_blank() -> None:
    assert Row(reason=WHY).is_blank
    assert not Row(note="说明").is_blank


def test_boxes_are_numbered_as_one_reads_and_named_by_place_and_article() -> None:
    found = withheld(
        [
            Box(1, 0, 0, 1, 1, "denied.process_information"),
            Box(0, 0.5, 0.8, 0.1, 0.1, WHY),
            Box(0, 0, 0.1, 0.1, 0.1, WHY),
        ]
    )
    assert [(each.number, each.page, each.place, each.rule) for each in found] == [
        (1, 1, "第1页上部", "条例第十五条"),
        (2, 1, "第1页下部", "条例第十五条"),
        (3, 2, "第2页全页", "条例第十六条第二款"),
    ]
    assert found[0].reason.startswith("涉及商业秘密、个人隐私")


def test_the_list_has_a_row_for_each_reason_and_note() -> None:
    places = [(0, 0.1), (0, 0.15), (0, 0.5), (1, 0.1), (2, 0.9)]
    boxes = [Box(page, 0.1, top, 0.1, 0.02, WHY, "姓名、电话") for page, top in places]
    boxes.append(Box(1, 0.5, 0.5, 0.2, 0.2, "denied.internal_affairs"))
    first, second = severance_list(withheld(boxes))
    assert (first.numbers, first.places, first.count) == (
        "1至4、6",
        "第1页上部（2处）、第1页中部、第2页上部、第3页下部",
        5,
    )
    assert (first.rule, first.note) == ("条例第十五条", "姓名、电话")
    assert (second.numbers, second.places, second.count) == ("5", "第2页中部", 1)
    assert severance_list([]) == []


def test_the_page_shows_what_can_be_drawn_beside_what_is_still_wrong() -> None:
    """A row with a mistake must not take the drawing of the others away."""
    form_again = boxes_from(form(GOOD | {"page": "2"}, GOOD | {"reason": ""}, GOOD), 2)
    shown = workbench([PageSize(1, 595.3, 841.9), PageSize(2, 595.3, 841.9)], form_again, "/page/{}".format)
    assert [(page.number, page.width, page.height, page.address) for page in shown.pages] == [
        (1, 595, 842, "/page/1"),
        (2, 595, 842, "/page/2"),
    ]
    assert [[(each.number, each.left, each.height) for each in page.overlays] for page in shown.pages] == [
        [(3, 10, 5)],
        [(1, 10, 5)],
    ]
    assert [row.is_blank for row in shown.rows] == [False] * 3 + [True] * 3
    assert shown.errors == ("第2处：请选择不予公开的理由。",)
