"""Random annual reports for Hypothesis: any figures on either form, and prose such as bureaus write.

The figures need not balance: a writer and a reader must carry a wrong report as faithfully as a right one.
"""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from gongkai.annual.forms import FORM_2021_WITH_23_ROWS, Table, form_of_year
from gongkai.annual.report import Number, Paragraph, Report, Section, TableData

PLACES = (
    "温州市",
    "沭阳县",
    "上海市浦东新区",
    "淮安市洪泽区",
    "杭州市上城区",
    "喀什地区",
    "黔东南苗族侗族自治州",
    "内蒙古自治区",
)
OFFICES = (
    "统计局",
    "发展和改革局",
    "人民政府办公室",
    "教育局",
    "市场监督管理局",
    "人力资源和社会保障局",
    "生态环境局",
    "水利局",
)

SUBHEADS = (
    "主动公开情况",
    "依申请公开情况",
    "政府信息管理情况",
    "政府信息公开平台建设情况",
    "监督保障情况",
    "回应社会关切及时有力",
    "平台运用稳步开展",
)
CLAUSES = (
    "认真贯彻落实《中华人民共和国政府信息公开条例》",
    "进一步压实信息公开工作责任",
    "坚持“以公开为常态、不公开为例外”",
    "严格落实政府信息公开审核制度",
    "规范依申请公开办理流程",
    "门户网站发布信息{n}条",
    "主动公开政府信息{n}条（其中政策解读{m}条）",
    "接收并办结群众留言{n}件，平均办理时间1.5天",
    "“{place}发布”微信公众号订阅数达{n}，累计阅读量超{m}.3万人次",
    "满意率达{m}.5%",
    "开展应急演练{m}次、业务培训{m}期",
    "地址：{place}行政中心1号楼514办公室；邮编：325009；电话：0577-88967581",
    "报告电子版可在门户网站（http://www.example.gov.cn/zwgk?id=1&year=2#top）下载",
    "完善网站安全监测预警机制，落实专人负责",
    "推进政务公开标准化、规范化建设",
    "存在政策解读形式不够丰富、公开内容深度不够等问题",
    "推广使用WPS Office和Open Government Data标准",
    "R&D经费投入强度<3%的企业#名单$等信息*已_更新`",
)
ENDS = ("。", "。", "。", "；", "！")


@st.composite
def clauses(draw: st.DrawFn) -> str:
    return draw(st.sampled_from(CLAUSES)).format(
        n=draw(st.integers(0, 99999)), m=draw(st.integers(0, 99)), place=draw(st.sampled_from(PLACES))
    )


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """One to four clauses and a stop."""
    return "，".join(draw(st.lists(clauses(), min_size=1, max_size=4))) + draw(st.sampled_from(ENDS[:3]))


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """A paragraph of one to six sentences."""
    return "".join(draw(st.lists(sentences(), min_size=1, max_size=6)))


@st.composite
def proses(draw: st.DrawFn) -> tuple[Paragraph, ...]:
    """The prose of a section: plain paragraphs, or paragraphs under heads （一）… that stand alone or run in."""
    if draw(st.booleans()):
        return tuple(Paragraph(text) for text in draw(st.lists(bodies(), min_size=1, max_size=3)))
    paragraphs: list[Paragraph] = []
    for number, subhead in zip("一二三四五", draw(st.permutations(SUBHEADS))[: draw(st.integers(1, 5))], strict=False):
        head, body = f"（{number}）{subhead}", draw(bodies())
        if draw(st.booleans()):
            paragraphs.append(Paragraph(f"{head}。{body}"))
        else:
            paragraphs += [Paragraph(head), Paragraph(body)]
    return tuple(paragraphs)


@cache
def figures(kind: str) -> st.SearchStrategy[Number]:
    """A figure of a kind of column: mostly small, now and then up to ten million."""
    count = st.one_of(st.just(0), st.integers(0, 99), st.integers(0, 10**7))
    if kind == "change":
        return st.one_of(count, st.integers(-(10**5), 10**5))
    if kind == "money":
        return st.one_of(count, st.decimals(0, 10**7, places=4, allow_nan=False, allow_infinity=False))
    return count


@cache
def tables(table: Table) -> st.SearchStrategy[TableData]:
    """Every cell of a table filled with a number."""
    rows = {
        row: st.fixed_dictionaries({column.code: figures(column.kind) for column in columns})
        for row, columns in table.columns_of.items()
    }
    return st.fixed_dictionaries(rows).map(TableData)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A whole report on the form of its year, or, from 2021 on, with the 23 rows that some bodies still print."""
    year = draw(st.integers(2019, 2025))
    form = form_of_year(year)
    if year > 2021 and draw(st.integers(0, 4)) == 0:
        form = FORM_2021_WITH_23_ROWS
    agency = draw(st.sampled_from(PLACES)) + draw(st.sampled_from(OFFICES))
    title = draw(
        st.sampled_from((f"{agency}{year}年政府信息公开工作年度报告", f"{year}年{agency}政府信息公开工作年度报告"))
    )
    preamble = f"根据《中华人民共和国政府信息公开条例》规定编制本报告，所列数据的统计期限为{year}年1月1日至12月31日。"
    sections = []
    for head in form.sections:
        # Most bodies print nothing beside the tables.
        prose = draw(proses()) if head.table is None or draw(st.integers(0, 3)) == 0 else ()
        sections.append(Section(head.number, head.title, prose))
    return Report(
        agency,
        year,
        form,
        title,
        (Paragraph(preamble), *(Paragraph(text) for text in draw(st.lists(bodies(), max_size=1)))),
        tuple(sections),
        {number: draw(tables(table)) for number, table in form.tables.items()},
    )
