"""The two official forms: 国办公开办函〔2019〕60号 (reports for 2019 and 2020) and 〔2021〕30号 (from 2021)."""

from __future__ import annotations

from dataclasses import replace

from .model import Block, Column, Form, Identity, Row, SectionHead, Table

SECTIONS = (
    SectionHead(1, "总体情况"),
    SectionHead(2, "主动公开政府信息情况", "2"),
    SectionHead(3, "收到和处理政府信息公开申请情况", "3"),
    SectionHead(4, "政府信息公开行政复议、行政诉讼情况", "4"),
    SectionHead(5, "存在的主要问题及改进情况"),
    SectionHead(6, "其他需要报告的事项"),
)

# --- Table 二 -----------------------------------------------------------------------------------

_ITEMS = (Column("last_year", "上一年项目数量"), Column("change", "本年增/减", kind="change"))
_ITEMS_AND_DECISIONS = (*_ITEMS, Column("decisions", "处理决定数量"))
_DECISIONS = (Column("decisions", "本年处理决定数量"),)

TABLE_2_OF_2019 = Table(
    "2",
    SECTIONS[1].title,
    (
        Block(
            (
                Column("made", "本年新制作数量"),
                Column("published", "本年新公开数量"),
                Column("in_public", "对外公开总数量"),
            ),
            (Row("rules", "规章"), Row("normative_documents", "规范性文件")),
            "第二十条第（一）项",
        ),
        Block(
            _ITEMS_AND_DECISIONS,
            (Row("permits", "行政许可"), Row("other_services", "其他对外管理服务事项")),
            "第二十条第（五）项",
        ),
        Block(_ITEMS_AND_DECISIONS, (Row("penalties", "行政处罚"), Row("coercion", "行政强制")), "第二十条第（六）项"),
        Block(_ITEMS, (Row("fees", "行政事业性收费"),), "第二十条第（八）项"),
        Block(
            (Column("projects", "采购项目数量"), Column("amount", "采购总金额", kind="money")),
            (Row("procurement", "政府集中采购"),),
            "第二十条第（九）项",
        ),
    ),
)

TABLE_2_OF_2021 = Table(
    "2",
    SECTIONS[1].title,
    (
        Block(
            (Column("made", "本年制发件数"), Column("repealed", "本年废止件数"), Column("in_force", "现行有效件数")),
            (Row("rules", "规章"), Row("normative_documents", "行政规范性文件")),
            "第二十条第（一）项",
        ),
        Block(_DECISIONS, (Row("permits", "行政许可"),), "第二十条第（五）项"),
        Block(_DECISIONS, (Row("penalties", "行政处罚"), Row("coercion", "行政强制")), "第二十条第（六）项"),
        Block(
            (Column("amount_wan", "本年收费金额（单位：万元）", kind="money", unit="万元"),),
            (Row("fees", "行政事业性收费"),),
            "第二十条第（八）项",
        ),
    ),
)

# --- Table 三 -----------------------------------------------------------------------------------

_APPLICANTS = "申请人情况"
_ORGANISATIONS = (_APPLICANTS, "法人或其他组织")

APPLICANT_COLUMNS = (
    Column("natural_person", "自然人", (_APPLICANTS,)),
    Column("business", "商业企业", _ORGANISATIONS),
    Column("research", "科研机构", _ORGANISATIONS),
    Column("public_welfare", "社会公益组织", _ORGANISATIONS),
    Column("legal_service", "法律服务机构", _ORGANISATIONS),
    Column("other_organization", "其他", _ORGANISATIONS),
    Column("total", "总计", (_APPLICANTS,)),
)

_RESULTS = "三、本年度办理结果"
_DENIED = (_RESULTS, "（三）不予公开")
_UNAVAILABLE = (_RESULTS, "（四）无法提供")
_NOT_PROCESSED = (_RESULTS, "（五）不予处理")
_OTHER = (_RESULTS, "（六）其他处理")

_RECEIVED_ROWS = (
    Row("received", "一、本年新收政府信息公开申请数量"),
    Row("carried_in", "二、上年结转政府信息公开申请数量"),
)
_OUTCOME_ROWS = (
    Row("granted", "（一）予以公开", (_RESULTS,)),
    Row("granted_in_part", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", (_RESULTS,)),
    Row("denied.state_secret", "1.属于国家秘密", _DENIED),
    Row("denied.prohibited_by_law", "2.其他法律行政法规禁止公开", _DENIED),
    Row("denied.security_and_stability", "3.危及“三安全一稳定”", _DENIED),
    Row("denied.third_party_rights", "4.保护第三方合法权益", _DENIED),
    Row("denied.internal_affairs", "5.属于三类内部事务信息", _DENIED),
    Row("denied.process_information", "6.属于四类过程性信息", _DENIED),
    Row("denied.enforcement_file", "7.属于行政执法案卷", _DENIED),
    Row("denied.administrative_inquiry", "8.属于行政查询事项", _DENIED),
    Row("unavailable.not_held", "1.本机关不掌握相关政府信息", _UNAVAILABLE),
    Row("unavailable.must_be_created", "2.没有现成信息需要另行制作", _UNAVAILABLE),
    Row("unavailable.unclear_after_correction", "3.补正后申请内容仍不明确", _UNAVAILABLE),
    Row("not_processed.complaint", "1.信访举报投诉类申请", _NOT_PROCESSED),
    Row("not_processed.repeat", "2.重复申请", _NOT_PROCESSED),
    Row("not_processed.published_material", "3.要求提供公开出版物", _NOT_PROCESSED),
    Row("not_processed.abusive", "4.无正当理由大量反复申请", _NOT_PROCESSED),
    Row("not_processed.confirmation", "5.要求行政机关确认或重新出具已获取信息", _NOT_PROCESSED),
)
_OTHER_ROWS_OF_2019 = (Row("other", "（六）其他处理", (_RESULTS,)),)
_OTHER_ROWS_OF_2021 = (
    Row("other.not_corrected_in_time", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", _OTHER),
    Row("other.fee_unpaid", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", _OTHER),
    Row("other.other", "3.其他", _OTHER),
)
_CLOSING_ROWS = (Row("total", "（七）总计", (_RESULTS,)), Row("carried_out", "四、结转下年度继续办理"))


def _table_3(other: tuple[Row, ...]) -> Table:
    return Table(
        "3",
        SECTIONS[2].title,
        (Block(APPLICANT_COLUMNS, (*_RECEIVED_ROWS, *_OUTCOME_ROWS, *other, *_CLOSING_ROWS)),),
        corner="（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
    )


# --- Table 四 -----------------------------------------------------------------------------------

RESULT_COLUMNS = (
    Column("upheld", "结果维持"),
    Column("corrected", "结果纠正"),
    Column("other", "其他结果"),
    Column("pending", "尚未审结"),
    Column("total", "总计"),
)

# The form prints these three rows side by side: 行政复议, then the two kinds of 行政诉讼.
TABLE_4 = Table(
    "4",
    SECTIONS[3].title,
    (
        Block(
            RESULT_COLUMNS,
            (
                Row("review", "行政复议"),
                Row("suit_direct", "未经复议直接起诉", ("行政诉讼",)),
                Row("suit_after_review", "复议后起诉", ("行政诉讼",)),
            ),
        ),
    ),
)

# --- Identities ---------------------------------------------------------------------------------


def _identities(other: tuple[Row, ...]) -> tuple[Identity, ...]:
    return (
        Identity(
            "T3-BALANCE",
            "3",
            "rows",
            ("received", "carried_in"),
            ("total", "carried_out"),
            "第一项加第二项之和，等于第三项加第四项之和",
        ),
        Identity(
            "T3-OUTCOMES",
            "3",
            "rows",
            tuple(row.code for row in (*_OUTCOME_ROWS, *other)),
            ("total",),
            "各办理结果之和，等于（七）总计",
        ),
        Identity(
            "T3-ROW",
            "3",
            "columns",
            tuple(column.code for column in APPLICANT_COLUMNS[:-1]),
            ("total",),
            "自然人与五类法人或其他组织之和，等于总计",
        ),
        Identity(
            "T4-GROUP",
            "4",
            "columns",
            tuple(column.code for column in RESULT_COLUMNS[:-1]),
            ("total",),
            "结果维持、结果纠正、其他结果、尚未审结之和，等于总计",
        ),
    )


FORM_2019 = Form(
    "2019",
    "国办公开办函〔2019〕60号",
    2019,
    2020,
    SECTIONS,
    {"2": TABLE_2_OF_2019, "3": _table_3(_OTHER_ROWS_OF_2019), "4": TABLE_4},
    _identities(_OTHER_ROWS_OF_2019),
)
FORM_2021 = Form(
    "2021",
    "国办公开办函〔2021〕30号",
    2021,
    None,
    SECTIONS,
    {"2": TABLE_2_OF_2021, "3": _table_3(_OTHER_ROWS_OF_2021), "4": TABLE_4},
    _identities(_OTHER_ROWS_OF_2021),
)
# Some bodies print table 三 with the single row 其他处理 years after the form split it; what they print is read.
FORM_2021_WITH_23_ROWS = replace(
    FORM_2021,
    tables={**FORM_2021.tables, "3": FORM_2019.tables["3"]},
    identities=FORM_2019.identities,
)

FORMS = {form.code: form for form in (FORM_2019, FORM_2021)}


def form_of_year(year: int) -> Form:
    """The form in force for the report of ``year`` (published in January of the year after)."""
    return FORM_2019 if year <= 2020 else FORM_2021
