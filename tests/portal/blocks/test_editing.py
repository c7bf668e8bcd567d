"""Editors are told at the field what is wrong, in Chinese, and find what they typed."""

from __future__ import annotations

import json
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.migrations.writer import MigrationWriter
from django.forms.utils import ErrorList
from wagtail.blocks import StreamValue
from wagtail.blocks.base import BlockWidget
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.fields import StreamField

from gongkai.portal.blocks import indicators as registry
from gongkai.portal.blocks import register_indicators

from .bodies import BODY, CASE, CHART, GDP, TABLE, block, body, everything, figure, image

pytestmark = pytest.mark.anywhere


def errors_of(error: ValidationError) -> dict[str, str]:
    """Messages by the path of their field."""

    def walk(data: dict[str, Any], path: str) -> dict[str, str]:
        found = {path: "".join(data.get("messages", []))} if data.get("messages") else {}
        for name, child in data.get("blockErrors", {}).items():
            found |= walk(child, f"{path}.{name}".strip("."))
        return found

    assert isinstance(error, StreamBlockValidationError)
    return walk(error.as_json_data(), "")


def refused(*blocks: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(ValidationError) as caught:
        BODY.clean(body(*blocks))
    return errors_of(caught.value)


@pytest.mark.parametrize(
    ("kind", "value", "field", "told"),
    [
        ("chart", CHART | {"text": ""}, "text", "没有粘贴表格"),
        ("chart", CHART | {"text": "年份\t总值\n2020\t很多"}, "text", "“很多”不是数字"),
        ("chart", CHART | {"text": "2020 6870"}, "text", "看不出表格"),
        ("chart", CHART | {"form": "share", "unit": "%"}, "text", "不是 100"),
        ("chart", CHART | {"form": "stacked"}, "text", "至少要有两列"),
        ("chart", CHART | {"form": "pie"}, "form", "pie"),
        ("chart", CHART | {"unit": ""}, "unit", "必需"),
        ("chart", CHART | {"title": ""}, "title", "必需"),
        ("chart", CHART | {"source": ""}, "source", "必需"),
        ("chart", CHART | {"indicator": "没有的"}, "indicator", "没有的"),
        ("table", TABLE | {"text": "一格"}, "text", "看不出表格"),
        ("table", TABLE | {"caption": ""}, "caption", "必需"),
        ("links", {"heading": "", "entries": [{"title": "甲", "url": "www.a.cn", "note": ""}]}, "", "http://"),
        ("links", {"heading": "", "entries": [{"title": "甲", "url": "javascript:alert(1)", "note": ""}]}, "", "http"),
        ("links", {"heading": "", "entries": [{"title": "甲", "url": "//evil.cn/a", "note": ""}]}, "", "http"),
        ("case", CASE | {"result": ""}, "result", "必需"),
        ("questions", {"heading": "", "entries": [{"question": "", "answer": "<p>答</p>"}]}, "", "必需"),
    ],
)
@pytest.mark.django_db
def test_what_is_wrong_is_said_at_the_field(kind: str, value: dict[str, Any], field: str, told: str) -> None:
    found = refused(block(kind, value))
    (path, message), *rest = found.items()
    assert not rest, found
    assert path.startswith(f"0.{field}" if field else "0."), found
    assert told in message, message


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"alt": ""}, "alt", "请写替代文字"),
        ({"alt": "   "}, "alt", "请写替代文字"),
        ({"decorative": True}, "decorative", "请只留一样"),
        ({"image": 9999}, "image", "必需"),
    ],
)
def test_a_picture_needs_a_text_for_who_cannot_see_it(changes: dict[str, Any], field: str, told: str) -> None:
    found = refused(block("figure", figure(image().pk, **changes)))
    assert list(found) == [f"0.{field}"]
    assert told in found[f"0.{field}"]


@pytest.mark.django_db
def test_a_decorative_picture_needs_no_text_and_a_case_no_picture() -> None:
    BODY.clean(body(block("figure", figure(image().pk, alt="", decorative=True)), block("case", CASE)))


def test_a_draft_may_still_lack_its_table_but_not_hold_an_unreadable_one() -> None:
    BODY.clean_deferred(body(block("chart", CHART | {"text": "", "title": "", "unit": "", "source": ""})))
    with pytest.raises(ValidationError):
        BODY.clean_deferred(body(block("chart", CHART | {"text": "年份\t总值\n2020\t很多"})))


@pytest.mark.django_db
def test_every_block_is_kept_and_read_again_unchanged() -> None:
    stored = everything(image().pk)
    value = BODY.clean(body(*stored))
    assert value.get_prep_value() == stored
    field = StreamField(BODY)
    assert field.to_python(field.get_prep_value(value)).get_prep_value() == stored


def test_a_form_keeps_the_tab_before_the_first_year_and_comes_back_filled_in() -> None:
    text = "\t2019\t2020\r\n总值\t1\t2\r\n"
    data = {
        "body-count": "1",
        "body-0-type": "table",
        "body-0-order": "0",
        "body-0-deleted": "",
        "body-0-id": "t1",
        "body-0-value-caption": "主要指标",
        "body-0-value-text": text,
        "body-0-value-header_column": "on",
    }
    value = BODY.value_from_datadict(data, {}, "body")
    cleaned = BODY.clean(value)
    assert cleaned[0].value["text"] == text
    broken = BODY.value_from_datadict(data | {"body-0-value-text": "一格"}, {}, "body")
    with pytest.raises(ValidationError):
        BODY.clean(broken)
    assert BODY.get_form_state(broken)[0]["value"]["text"] == "一格"
    assert BODY.get_form_state(broken)[0]["value"]["caption"] == "主要指标"


@pytest.mark.django_db
def test_the_editor_is_given_every_block_with_its_errors() -> None:
    value = body(block("chart", CHART | {"text": "一格"}))
    with pytest.raises(ValidationError) as caught:
        BODY.clean(value)
    html = BlockWidget(BODY).render_with_errors("body", value, errors=ErrorList([caught.value]))
    form = json.dumps(attribute(html, "data-w-block-data-value"), ensure_ascii=False)
    for label in (*(str(child.label) for child in BODY.child_blocks.values()), "或者选用指标", "折线图"):
        assert label in form
    error = attribute(html, "data-w-block-arguments-value")[1]["blockErrors"]["0"]["blockErrors"]["text"]
    assert "看不出表格" in error["messages"][0]


def attribute(html: str, name: str) -> Any:
    """What the editor's script is given in this attribute."""
    return json.loads(unescape(html.split(f'{name}="')[1].split('"')[0]))


def test_the_block_can_be_frozen_into_a_migration() -> None:
    assert BODY.check() == []
    text, imports = MigrationWriter.serialize(StreamField(BODY))
    scope: dict[str, Any] = {}
    exec("\n".join(imports), scope)
    again = eval(text, scope).stream_block
    assert list(again.child_blocks) == list(BODY.child_blocks)
    assert isinstance(again.to_python([block("chart", CHART)]), StreamValue)


@pytest.fixture
def indicators(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """An indicator 总值 that is published; counts how often the list of indicators was asked for."""
    monkeypatch.setattr(registry, "_registry", dict(registry._registry))
    asked: list[int] = []

    def choices() -> list[tuple[str, str]]:
        asked.append(1)
        return [("7", "地区生产总值（季）"), ("8", "还没有公布的")]

    from gongkai.portal.charts import parse_table

    register_indicators(choices, lambda key, count: parse_table(GDP) if key == "7" else None)
    return asked


def test_a_chart_follows_an_indicator_instead_of_a_pasted_table(indicators: list[int]) -> None:
    BODY.clean(body(block("chart", CHART | {"text": "", "indicator": "7"})))
    both = refused(block("chart", CHART | {"indicator": "7"}))
    assert "既选了指标又粘贴了表格" in both["0.indicator"]
    empty = refused(block("chart", CHART | {"text": "", "indicator": "8"}))
    assert "还没有公布的数据" in empty["0.indicator"]


def test_the_form_offers_the_indicators_and_reading_a_page_never_asks_for_them(indicators: list[int]) -> None:
    value = body(*[block("chart", CHART | {"text": "", "indicator": "7"}, f"c{number}") for number in range(3)])
    assert value.render_as_block().count("<figure") == 3
    assert indicators == []
    chart = BODY.child_blocks["chart"].child_blocks["indicator"]
    assert [label for _, label in chart.field.choices] == [
        "不选，用下面粘贴的表格",
        "地区生产总值（季）",
        "还没有公布的",
    ]
