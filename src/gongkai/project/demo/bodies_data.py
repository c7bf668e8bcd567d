"""The words of data: monthly releases, bulletins, the yearbook, censuses and analyses, with tables and charts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from gongkai.portal.models import ItemType

from .files import pdf, sheet
from .indicators import Release, releases
from .sentences import ADVICE, STATES, TROUBLES
from .targets import YEAR
from .words import BRANCHES, COUNTIES
from .writing import Pen, Rows, Text, chart, paragraphs, table

_INDUSTRIES = ("工业", "建筑业", "批发和零售业", "住宿和餐饮业", "交通运输业", "房地产业", "其他服务业")


@cache
def _history() -> dict[str, list[Release]]:
    found: dict[str, list[Release]] = {}
    for release in releases():
        found.setdefault(release.series.name, []).append(release)
    return found


def _release(pen: Pen) -> Text:
    release: Release = pen.item.particulars["release"]
    series = release.series
    known = [told for told in _history()[series.name] if told.period <= release.period]
    rows: Rows = [["月份", series.name], *([_short(told.period), told.value] for told in known)]
    way = "上涨" if not series.follows else "增长"
    change = f"同比{way}{release.growth}%" if release.growth >= 0 else f"同比下降{-release.growth}%"
    value = f"{release.value}" if not series.follows else f"{release.value}{series.unit}"
    texts = [
        f"{release.month}，全市{series.name}为{value}，{change}。",
        f"统计方法：{series.method}",
        "本数据为初步数，口径以统计报表制度为准；修订后的数据另行公布。",
    ]
    blocks = [paragraphs(texts[:1])]
    if len(known) > 1:
        form = "line" if len(known) > 3 else "column"
        unit = series.unit if series.follows else "上年同月为100"
        blocks.append(chart(form, f"{series.name}（分月）", rows, unit, as_of=release.month))
    growth: Rows = [
        ["月份", f"{series.name}", "同比（%）"],
        *([_short(told.period), told.value, told.growth] for told in known),
    ]
    blocks.append(table(f"全市{series.name}", growth, unit=series.unit))
    blocks.append(paragraphs(texts[1:]))
    text = Text(blocks, fields={"type": ItemType.RELEASE, "release": release, "genre": "统计数据"})
    if series.headline == 1:
        text.files.append((f"{series.name}分月数据.xlsx", lambda: sheet(series.name, growth)))
    return text


def _short(period: str) -> str:
    year, month = period.split("-")
    return f"{year}年{int(month)}月"


def _bulletin(pen: Pen) -> Text:
    rows: Rows = [["行业", "增加值（亿元）", "比上年增长（%）"]]
    rows += [[name, f"{pen.random.uniform(90, 900):.1f}", f"{pen.random.uniform(1, 9):.1f}"] for name in _INDUSTRIES]
    texts = [
        "全市上下坚持稳中求进工作总基调，经济运行总体平稳，结构持续优化，民生保障有力。",
        "#一、综合",
        "据初步核算，全年经济保持增长，三次产业结构进一步调整，服务业对经济增长的贡献率提高。",
        "#二、农业和工业",
        "农业生产稳定。工业转型升级步伐加快，高新技术产业、装备制造业占比提高。",
        "#三、人民生活",
        "居民收入稳步增长，城乡居民收入差距继续缩小，就业形势总体稳定。",
    ]
    share: Rows = [["行业", "增加值"], *([row[0], row[1]] for row in rows[1:])]
    title = pen.item.title
    return Text(
        [
            paragraphs(texts),
            table("分行业增加值", rows),
            chart("bar", "分行业增加值", share, "亿元", as_of=f"{YEAR - 1}年"),
            paragraphs(["注：本公报部分数据因四舍五入，存在分项与合计不等的情况。"]),
        ],
        [
            (f"{title}.pdf", lambda: pdf(title, [text.removeprefix("#") for text in texts])),
            ("附表.xlsx", lambda: sheet("附表", rows)),
        ],
        {"genre": "公报"},
    )


def _yearbook(pen: Pen) -> Text:
    years = range(YEAR - 5, YEAR)
    about = pen.item.title.split("：")[1].removesuffix("篇")
    level = pen.random.uniform(200, 2000)
    rows: Rows = [["年份", "总量", "比上年增长（%）"]]
    for year in years:
        growth = pen.random.uniform(2, 9)
        level *= 1 + growth / 100
        rows.append([f"{year}年", f"{level:.1f}", f"{growth:.1f}"])
    text = Text(
        [
            paragraphs([f"本篇收录{YEAR - 5}年至{YEAR - 1}年{about}的主要统计资料，指标口径见篇末说明。"]),
            table(f"{about}历年主要数据", rows),
            paragraphs(["部分数据为抽样调查推算数；历史数据按最近一次普查结果修订。"]),
        ]
    )
    if pen.item.number % 3 == 0:
        text.files.append((f"{about}篇.xlsx", lambda: sheet(about, rows)))
    return text


def _census(pen: Pen) -> Text:
    rows: Rows = [["县（市、区）", "单位数（个）", "从业人员（万人）"]]
    rows += [[name, pen.random.randint(3000, 26000), f"{pen.random.uniform(3, 38):.1f}"] for name in COUNTIES]
    share: Rows = [["县（市、区）", "单位数"], *([row[0], row[1]] for row in rows[1:])]
    texts = [
        "普查资料经审核汇总，现将主要数据公布如下。",
        "各级普查机构严格执行普查方案，加强业务培训和数据审核，事后质量抽查结果符合要求。",
    ]
    blocks = [paragraphs(texts), table("分县（市、区）主要数据", rows)]
    if pen.item.number % 2:
        blocks.append(chart("bar", "分县（市、区）单位数", share, "个", as_of=f"{YEAR - 1}年末"))
    return Text(blocks)


def _analysis(pen: Pen) -> Text:
    branch = next((name for name in BRANCHES if name in pen.item.title), BRANCHES[0])
    months = ["2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月"]
    start = pen.random.uniform(-24, -12)
    rows: Rows = [
        ["月份", "增速"],
        *([m, f"{start + n * pen.random.uniform(2.6, 3.6):.1f}"] for n, m in enumerate(months)),
    ]
    blocks = [
        paragraphs(["#一、运行情况", *pen.some(STATES, 3, branch=branch)]),
        paragraphs(["#二、存在的主要问题", *pen.some(TROUBLES, 3)]),
        paragraphs(["#三、对策和建议", *ADVICE]),
    ]
    if pen.item.number % 3 == 0:
        blocks.insert(1, chart("line", f"{branch}累计增速", rows, "%", as_of=f"{YEAR}年"))
    return Text(blocks, fields={"genre": "统计分析"})


STYLES: dict[str, Callable[[Pen], Text]] = {
    "release": _release,
    "bulletin": _bulletin,
    "yearbook": _yearbook,
    "census": _census,
    "analysis": _analysis,
}
