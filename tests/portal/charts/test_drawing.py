"""Charts show every figure at its true length, say what they show, and can be told apart without colour."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gongkai.portal.charts import Chart, ChartError, Form, Series, describe, draw, drawings, parse_table, sparkline
from gongkai.portal.charts.canvas import COLOURS, NARROW, WIDE, Frame
from gongkai.portal.charts.scale import scale
from gongkai.portal.charts.words import Measure

SVG = "{http://www.w3.org/2000/svg}"
YEARS = "年份\t总值\n2016\t5,045.4\n2017\t5,453.2\n2018\t6,006.2\n2019\t6,606.1\n2020\t6,870.9"
INDUSTRIES = "年份\t第一产业\t第二产业\t第三产业\n2019\t151.7\t2,812.0\t3,642.4\n2020\t160.0\t2,828.4\t3,882.5"
FRAMES = pytest.mark.parametrize("frame", [WIDE, NARROW], ids=lambda frame: frame.name)
FORMS = pytest.mark.parametrize("form", Form)


def chart(text: str, form: Form = Form.COLUMN, unit: str = "亿元", title: str = "标题") -> Chart:
    return parse_table(text).chart(form, title=title, unit=unit, source="温州市统计局", as_of="2020年")


def drawn(chart: Chart, frame: Frame = WIDE) -> etree._Element:
    return etree.fromstring(draw(chart, "k", frame))


def texts(svg: etree._Element) -> list[str]:
    return [element.text or "" for element in svg.iter(f"{SVG}text")]


def boxes(svg: etree._Element) -> list[dict[str, str]]:
    """The pieces that stand for figures: with a white edge, and no label's ground."""
    return [dict(element.attrib) for element in svg.iter(f"{SVG}rect") if element.get("stroke")]


@FORMS
@FRAMES
def test_a_drawing_names_itself_and_keeps_to_the_policy_of_the_pages(form: Form, frame: Frame) -> None:
    text = draw(chart(INDUSTRIES, form), "block-1", frame)
    svg = etree.fromstring(text)
    named = [svg.xpath(f"string(//*[@id='{key}'])") for key in svg.get("aria-labelledby", "").split()]
    assert svg.get("role") == "img"
    assert named[0] == "标题"
    assert form.label in named[1]
    assert "单位：亿元" in named[1]
    assert "style" not in {name for element in svg.iter() for name in element.attrib}
    assert not re.search(r"<script|href|https?://(?!www\.w3\.org/2000/svg)", text)
    assert len(text) < 12_000


@FORMS
def test_the_same_chart_gives_the_same_bytes(form: Form) -> None:
    assert drawings(chart(INDUSTRIES, form), "k") == drawings(chart(INDUSTRIES, form), "k")


def test_names_inside_two_charts_of_a_page_do_not_clash() -> None:
    one, two = (drawings(chart(INDUSTRIES, Form.STACKED), key) for key in ("a1", "a2"))
    found = [re.findall(r' id="([^"]+)"', text) for text in (one, two)]
    assert len(found[0]) == len(set(found[0])) > 4
    assert not set(found[0]) & set(found[1])
    assert set(re.findall(r"url\(#([^)]+)\)", one)) <= set(found[0])


@FRAMES
def test_columns_are_as_high_as_their_figures(frame: Frame) -> None:
    heights = [float(box["height"]) for box in boxes(drawn(chart(YEARS), frame))]
    figures = [5045.4, 5453.2, 6006.2, 6606.1, 6870.9]
    assert heights == pytest.approx([heights[-1] * figure / figures[-1] for figure in figures], abs=0.2)


@FRAMES
def test_bars_are_as_long_as_their_figures_on_their_side_of_zero(frame: Frame) -> None:
    found = boxes(drawn(chart("县\t增速\n甲县\t4\n乙县\t-2\n丙县\t…\n丁县\t0", Form.BAR, "%"), frame))
    (four, minus, nought) = [(float(box["x"]), float(box["width"])) for box in found]
    assert four[1] == pytest.approx(2 * minus[1], abs=0.2)
    assert minus[0] + minus[1] == pytest.approx(four[0], abs=0.2)
    assert nought[1] <= 0.5


def test_stacked_pieces_stand_on_each_other() -> None:
    found = boxes(drawn(chart(INDUSTRIES, Form.STACKED)))[3:6]  # after the legend
    tops = [float(box["y"]) for box in found]
    bottoms = [float(box["y"]) + float(box["height"]) for box in found]
    assert bottoms[1:] == pytest.approx(tops[:-1], abs=0.2)


@FRAMES
def test_parts_of_several_wholes_fill_bars_of_equal_length(frame: Frame) -> None:
    turned = parse_table(INDUSTRIES).transposed().chart(Form.SHARE, title="", unit="亿元")
    found = boxes(drawn(turned, frame))[3:]
    lengths = [sum(float(box["width"]) for box in found[place : place + 3]) for place in (0, 3)]
    assert lengths[0] == pytest.approx(lengths[1], abs=0.2)


def test_a_missing_figure_is_a_gap_and_not_a_zero() -> None:
    text = "年份\t增速\n2017\t8.2\n2018\t…\n2019\t8.1\n2020\t3.4"
    assert len(boxes(drawn(chart(text, unit="%")))) == 3
    line = next(path for path in drawn(chart(text, Form.LINE, "%")).iter(f"{SVG}path") if path.get("fill") == "none")
    assert line.get("d", "").count("M") == 2
    assert "缺 1 项" in describe(chart(text, unit="%"))


@FRAMES
@pytest.mark.parametrize("form", [Form.COLUMN, Form.BAR, Form.LINE])
def test_figures_are_shown_as_they_were_typed(form: Form, frame: Frame) -> None:
    assert {"5,045.4", "6,870.9"} <= set(texts(drawn(chart(YEARS, form), frame)))
    assert "5045.4" not in texts(drawn(chart(YEARS, form), frame))


def test_the_description_says_highest_lowest_and_last() -> None:
    text = "年份\t增速\n2018\t7.8\n2019\t8.2\n2020\t3.40"
    said = "折线图，单位：%，2018至2020，共 3 项。最高 2019 8.2，最低 2020 3.40，最后一项 2020 3.40。"
    assert describe(chart(text, Form.LINE, "%")) == said
    shares = describe(chart("产业\t金额\n一产\t1\n二产\t2", Form.SHARE, "元"))
    assert shares.endswith("二产 2（占 66.7%），一产 1（占 33.3%）。")


@pytest.mark.parametrize(
    "names", [["浙南产业集聚区（经济技术开发区）", "瑞安市"] * 6, [f"第{number}个街道办事处" for number in range(20)]]
)
@FRAMES
def test_columns_with_long_labels_lie_down(names: list[str], frame: Frame) -> None:
    text = "地区\t数\n" + "\n".join(f"{name}\t{number + 5}" for number, name in enumerate(names))
    svg = drawn(chart(text), frame)
    assert len({box["x"] for box in boxes(svg)}) == 1, "bars begin at one place"
    assert max(Measure(frame.text).width(label) for label in texts(svg)) <= frame.width


@FRAMES
def test_a_long_series_of_months_keeps_its_newest_label_and_none_touch(frame: Frame) -> None:
    months = [f"{year}年{month}月" for year in range(2011, 2021) for month in range(1, 13)]
    text = "月份\t指数\n" + "\n".join(f"{month}\t{100 + number % 7}" for number, month in enumerate(months))
    svg = drawn(chart(text, Form.LINE), frame)
    labels = [element for element in svg.iter(f"{SVG}text") if (element.text or "") in months]
    assert labels[-1].text == "2020年12月"
    width = Measure(frame.text).width
    edges = [(float(each.get("x", 0)), width(each.text or "") / 2) for each in labels]
    assert all(left[0] + left[1] < right[0] - right[1] for left, right in pairwise(edges))
    assert edges[-1][0] + edges[-1][1] <= frame.width + 0.1


def test_an_axis_that_leaves_out_zero_says_so_and_columns_never_do() -> None:
    assert "纵轴不从 0 起" in texts(drawn(chart(YEARS, Form.LINE)))
    assert "纵轴不从 0 起" not in texts(drawn(chart(YEARS)))
    assert "0" in texts(drawn(chart(YEARS)))


@pytest.mark.parametrize("form", [Form.COLUMN, Form.BAR, Form.LINE])
@pytest.mark.parametrize(
    "values",
    [
        ["12345678901234567890", "3"],
        ["0.00000001", "0.00000002"],
        ["5", "5"],
        ["0", "0"],
        ["-7", "-7"],
        ["-3", "…"],
        ["-0.5", "1000000"],
    ],
)
def test_any_magnitude_stays_inside_the_drawing(form: Form, values: list[str]) -> None:
    text = "年份\t数\n" + "\n".join(f"{2019 + place}年\t{value}" for place, value in enumerate(values))
    for frame in (WIDE, NARROW):
        svg = drawn(chart(text, form, "元"), frame)
        height = float(svg.get("height", 0))
        for box in boxes(svg):
            assert -0.5 <= float(box["x"]) <= float(box["x"]) + float(box["width"]) <= frame.width + 0.5
            assert -0.5 <= float(box["y"]) <= float(box["y"]) + float(box["height"]) <= height + 0.5


@pytest.mark.parametrize(
    ("text", "form", "unit", "told"),
    [
        ("年份\t数\n2020\t1", Form.LINE, "", "折线图至少要有两项"),
        ("年份\t数\n2020\t1", Form.STACKED, "", "至少要有两列"),
        ("年份\t甲\t乙\n2020\t1\t-2", Form.STACKED, "", "不能有负数（2020，乙：-2）"),
        ("项\t数\n甲\t1\n乙\t…", Form.SHARE, "", "不能缺数（乙，数）"),
        ("项\t数\n甲\t1\n乙\t-1", Form.SHARE, "", "不能有负数"),
        ("项\t数\n甲\t0\n乙\t0", Form.SHARE, "", "之和是 0"),
        ("项\t数\n甲\t41.1\n乙\t46", Form.SHARE, "%", "之和是 87.1，不是 100"),
        ("项\t数\n" + "\n".join(f"第{number}\t1" for number in range(9)), Form.SHARE, "", "最多画 8 项.*“其他”"),
        ("项\t" + "\t".join("甲乙丙丁戊") + "\n1\t1\t1\t1\t1\t1", Form.COLUMN, "", "最多画 4 列"),
        ("项\t甲\t乙\t丙\n" + "\n".join(f"{year}\t1\t2\t3" for year in range(1990, 2020)), Form.BAR, "", "90 根柱"),
    ],
)
def test_what_a_form_cannot_show_honestly_is_refused_with_advice(text: str, form: Form, unit: str, told: str) -> None:
    with pytest.raises(ChartError, match=told.replace("（", "[（]")):
        chart(text, form, unit)


def test_series_are_told_apart_by_weave_marker_and_dash() -> None:
    text = "年份\t" + "\t".join("甲乙丙丁戊己") + "\n2019\t1\t2\t3\t4\t5\t6\n2020\t2\t3\t4\t5\t6\t7"
    fills = [box["fill"] for box in boxes(drawn(chart(text, Form.STACKED)))[:6]]
    assert len(set(fills)) == 6
    assert sum(fill.startswith("url(") for fill in fills) == 5
    svg = drawn(chart(text, Form.LINE))
    lines = [path for path in svg.iter(f"{SVG}path") if path.get("fill") == "none"][6:]
    signs = [(path.get("stroke-dasharray"), place % 6) for place, path in enumerate(lines)]
    assert len(lines) == len(set(signs)) == 6
    assert len({path.get("stroke") for path in lines}) == 6


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", COLOURS)
def test_every_colour_stands_out_from_the_paper(colour: str) -> None:
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


@given(st.lists(st.decimals(-(10**12), 10**12, places=3), min_size=1, max_size=20), st.booleans())
def test_a_scale_holds_every_figure_between_few_round_marks(values: list[Decimal], from_zero: bool) -> None:
    axis = scale(values, from_zero=from_zero)
    assert axis.low <= min(values)
    assert max(values) <= axis.high
    assert axis.ticks[0] == axis.low
    assert axis.ticks[-1] == axis.high
    assert 2 <= len(axis.ticks) <= 9
    assert not from_zero or axis.low <= 0 <= axis.high


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(Form), st.sampled_from([WIDE, NARROW]))
def test_no_text_breaks_out_of_the_drawing(title: str, name: str, form: Form, frame: Frame) -> None:
    values = (Decimal(40), Decimal(60))
    parts = (Series.of(name, values), Series.of(f"{name}<&\"'", values))
    svg = draw(Chart(title, "", "", "", (name, f"<script>{title}"), parts, form), name, frame)
    tree = etree.fromstring(svg)
    allowed = {"svg", "title", "desc", "defs", "pattern", "path", "rect", "circle", "text"}
    assert {etree.QName(element).localname for element in tree.iter()} <= allowed


@given(st.text(max_size=60), st.integers(20, 300))
def test_wrapping_loses_no_letter(text: str, width: int) -> None:
    assert "".join("".join(Measure(14).wrap(text, width)).split()) == "".join(text.split())


def test_a_sparkline_ends_at_its_last_figure() -> None:
    years = ("2018", "2019", "2020")
    svg = etree.fromstring(sparkline("总值", years, Series.of("总值", (Decimal(1), None, Decimal(3))), "k"))
    (path,) = svg.iter(f"{SVG}path")
    (dot,) = svg.iter(f"{SVG}circle")
    assert path.get("d", "").count("M") == 2, "a gap stays a gap"
    assert path.get("d", "").endswith(f"{dot.get('cx')} {dot.get('cy')}")
    assert "最后一项 2020 3" in svg.xpath("string(//*[local-name()='desc'])")
    assert sparkline("总值", ("2020",), Series.of("总值", (Decimal(1),)), "k") == ""
