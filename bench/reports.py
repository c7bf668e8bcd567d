"""Random annual reports such as bureaus publish: tables that balance, and prose of some 3,000 characters whose
figures agree with them. The same seed gives the same reports."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from gongkai.annual.forms import Cell, Form, form_of_year
from gongkai.annual.report import Number, Paragraph, Report, Section, TableData

Cells = dict[str, dict[str, dict[str, Number | None]]]

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
OFFICES = ("统计局", "发展和改革局", "教育局", "市场监督管理局", "人力资源和社会保障局", "生态环境局", "水利局")
_SUBHEADS = ("主动公开情况", "依申请公开情况", "政府信息管理情况", "政府信息公开平台建设情况", "监督保障情况")

# Braces take numbers; what has none is said by everyone.
_SAYINGS = (
    (
        "门户网站发布信息{}条，其中政务动态{}条、政策解读{}条",
        "坚持“以公开为常态、不公开为例外”，及时、准确、全面公开政府信息",
        "围绕财政预决算、民生保障、公共监管等重点领域，进一步细化公开内容，规范公开格式",
        "举办新闻发布会{}场，通过图解、短视频等形式发布解读材料{}篇",
        "“政务发布”微信公众号推送信息{}条，累计阅读量{}.3万人次",
        "对涉及群众切身利益的{}项重大决策，公开征求社会公众意见{}条，并及时反馈采纳情况",
        "公开人大代表建议、政协提案办理结果{}件，办结率和公开率均为100%",
        "主动回应社会关切，接收并办结群众留言{}件，平均办理时间1.5天",
    ),
    (
        "完善依申请公开登记、审核、办理、答复、归档的制度，实行首问负责",
        "加强与申请人的沟通，准确了解其真实需求，依法依规作出答复",
        "对疑难复杂的申请，会同司法行政部门和法律顾问会商研判{}次",
        "编印答复文书示范文本，统一告知救济途径和期限",
    ),
    (
        "严格落实“先审查、后公开”和“一事一审”，未发生失泄密事件",
        "动态调整主动公开基本目录{}项，清理失效、过期信息{}条",
        "对{}件现行文件作出有效性标注，集中统一公开并提供下载",
        "建立制作、获取、保存、处理全过程管理的机制，明确公开属性源头认定",
    ),
    (
        "优化门户网站信息公开专栏，设一级栏目{}个、二级栏目{}个，全年更新{}次",
        "推进网站适老化与无障碍改造，页面平均打开时间不到两秒",
        "在政务服务大厅、图书馆、档案馆设立查阅点{}个，接待查阅{}人次",
        "政务新媒体账号清理整合为{}个，实行备案管理和日常监测",
        "网站总访问量{}万次，独立用户访问量{}.7万人",
    ),
    (
        "将政务公开纳入年度绩效考核，权重不低于{}分，实行季度通报",
        "组织业务培训{}期，培训{}人次；开展应急演练{}次",
        "主要负责人任领导小组组长，分管领导具体抓，办公室配备专职人员{}名",
        "邀请社会监督员开展评议，满意率达{}.5%，未发生责任追究情形",
        "第三方评估发现问题{}个，均已整改到位",
    ),
)
_GENERAL = (
    "认真贯彻落实《中华人民共和国政府信息公开条例》和国务院办公厅、省政府办公厅政务公开工作要点",
    "聚焦中心工作，着力提升公开质量，更好发挥以公开促落实、强监管、优服务的作用",
    "健全工作机制，压实工作责任，确保各项任务落到实处",
    "不断拓展公开渠道，方便企业和群众查询、获取信息",
)
_PROBLEMS = (
    "一是主动公开的深度与公众期待还有差距，部分栏目更新不够及时",
    "二是政策解读形式比较单一，图表、视频解读占比不高",
    "三是基层工作人员流动较大，业务水平有待提高",
)
_MEASURES = (
    "围绕群众关心的热点，细化公开目录，每月检查栏目更新情况",
    "丰富解读形式，邀请起草人、专家参与，做到解读材料与文件同步起草、同步审批、同步发布",
    "加强培训，全年安排集中培训不少于{}期，建立业务骨干交流机制",
)


def reports(count: int, seed: int = 711) -> Iterator[Report]:
    """So many reports for the years 2019 to 2025, on the form of their year."""
    random = Random(seed)
    for number in range(count):
        year = 2019 + number % 7
        yield _report(random, year, form_of_year(year), random.choice(PLACES) + random.choice(OFFICES))


def _report(random: Random, year: int, form: Form, agency: str) -> Report:
    cells = _tables(random, form)
    prose = {1: _overview(random, year, form, cells), 5: _problems(random), 6: _others(random)}
    return Report(
        agency,
        year,
        form,
        title=f"{agency}{year}年政府信息公开工作年度报告",
        preamble=(
            Paragraph(
                f"本报告由{agency}根据《中华人民共和国政府信息公开条例》和国务院办公厅关于年度报告格式的要求编制。"
                f"全文包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议和"
                f"行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项。所列数据的统计期限为{year}年1月1日至"
                f"12月31日。如有疑问，请与{agency}办公室联系（地址：行政中心1号楼514室；邮编：325009；"
                f"电话：0577-12345678）。"
            ),
        ),
        sections=tuple(
            Section(head.number, head.title, tuple(map(Paragraph, prose.get(head.number, ()))))
            for head in form.sections
        ),
        tables={number: TableData(cells[number]) for number in form.tables},
    )


# --- Tables that balance ------------------------------------------------------------------------


def _tables(random: Random, form: Form) -> Cells:
    cells: Cells = {
        number: {row: {column.code: 0 for column in columns} for row, columns in table.columns_of.items()}
        for number, table in form.tables.items()
    }
    for row in cells["2"].values():
        for column in row:
            row[column] = random.choice((0, random.randint(0, 60), random.randint(0, 9000)))
    _applications(random, cells["3"])
    for row in cells["4"].values():
        for column in row:
            row[column] = random.choice((0, 0, random.randint(0, 5)))
        row["total"] = sum(value or 0 for column, value in row.items() if column != "total")
    return cells


def _applications(random: Random, table: dict[str, dict[str, Number | None]]) -> None:
    flows = ("received", "carried_in", "total", "carried_out")
    results = [row for row in table if row not in flows]
    for column in (name for name in table["received"] if name != "total"):
        most = random.choice((0, 6, 90)) if column != "natural_person" else 300
        for row in random.sample(results, 6):
            table[row][column] = random.randint(0, most)
        closed = sum(table[row][column] or 0 for row in results)
        carried_out = random.randint(0, most // 10)
        carried_in = min(random.randint(0, most // 10), closed)
        table["total"][column], table["carried_out"][column] = closed, carried_out
        table["carried_in"][column] = carried_in
        table["received"][column] = closed + carried_out - carried_in
    for cells in table.values():
        cells["total"] = sum(value or 0 for column, value in cells.items() if column != "total")


# --- Prose --------------------------------------------------------------------------------------


def _numbers(random: Random, saying: str) -> str:
    return saying.format(*(random.choice((random.randint(1, 30), random.randint(1, 5000))) for _ in range(9)))


def _passage(random: Random, sayings: tuple[str, ...]) -> str:
    """Sentences of one or two clauses."""
    clauses = [_numbers(random, saying) for saying in random.sample(sayings, len(sayings))]
    clauses.insert(0, random.choice(_GENERAL))
    text = clauses[0]
    for clause in clauses[1:]:
        text += random.choice("。。，") + clause
    return text + "。"


def _overview(random: Random, year: int, form: Form, cells: Cells) -> list[str]:
    paragraphs = [f"{year}年，我局{random.choice(_GENERAL)}，{random.choice(_GENERAL)}。现将有关情况报告如下。"]
    for number, subhead, sayings in zip("一二三四五", _SUBHEADS, _SAYINGS, strict=True):
        text = _passage(random, sayings)
        if number == "二":
            text = _applied(form, cells) + text
        paragraphs.append(f"（{number}）{subhead}。{text}")
        paragraphs.append(_passage(random, random.choice(_SAYINGS)))
    return paragraphs


def _applied(form: Form, cells: Cells) -> str:
    def of(code: str) -> int:
        cell = Cell.parse(code)
        return int(cells[cell.table][cell.row][cell.column] or 0)

    def group(name: str) -> int:
        return sum(int(row["total"] or 0) for code, row in cells["3"].items() if code.startswith(name))

    received, person = of("3.received.total"), of("3.received.natural_person")
    return (
        f"全年新收政府信息公开申请{received}件，上年结转{of('3.carried_in.total')}件。新收申请中，自然人提出{person}件，"
        f"法人或其他组织提出{received - person}件。办结{of('3.total.total')}件，"
        f"结转下年度继续办理{of('3.carried_out.total')}件。办结的申请中，予以公开{of('3.granted.total')}件，"
        f"部分公开{of('3.granted_in_part.total')}件，不予公开{group('denied.')}件，无法提供{group('unavailable.')}件，"
        f"不予处理{group('not_processed.')}件，其他处理{group('other')}件。因政府信息公开工作被申请行政复议"
        f"{of('4.review.total')}件。"
    )


def _problems(random: Random) -> list[str]:
    measures = "；".join(_numbers(random, measure) for measure in _MEASURES)
    return [f"存在的主要问题：{'；'.join(_PROBLEMS)}。", f"改进措施：{measures}。"]


def _others(random: Random) -> list[str]:
    return [
        "本年度未收取政府信息公开信息处理费。",
        f"本报告的电子版可在门户网站（http://www.example.gov.cn/zwgk?id={random.randint(1, 9999)}）下载。",
    ]
