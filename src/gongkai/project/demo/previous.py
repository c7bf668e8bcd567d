"""The demonstration bureau's report for the year before, so that what is carried from year to year is checked."""

from __future__ import annotations

from gongkai.annual.forms import form_of_year
from gongkai.annual.report import Paragraph, Report, Section, TableData, zeros

from .targets import FEE_ITEMS, MARK, OTHER_SERVICES_BEFORE, PENALTY_ITEMS, YEAR

_LAST = YEAR - 1
_RECEIVED = 9
_OUTCOMES = {"granted": 6, "unavailable.not_held": 2, "not_processed.complaint": 1}
_DECISIONS = 26

_PROSE: dict[int, tuple[str, ...]] = {
    1: (
        f"{_LAST}年，本局贯彻新修订的《中华人民共和国政府信息公开条例》，修订内部制度，理顺办理流程（{MARK}）。",
        "（一）主动公开。以第四次全国经济普查数据发布为重点，及时公布统计公报、统计年鉴和月度数据。",
        f"（二）依申请公开。全年新收政府信息公开申请{_RECEIVED}件，均已按期答复，没有结转下年度的申请。",
        "（三）政府信息管理。明确拟稿时同步确定公开属性，逐件审核，定期清理栏目内容。",
        "（四）平台建设。改版门户网站，增设统计信用公示栏目。",
        "（五）监督保障。组织一次业务培训，将信息公开纳入处室年度考核。",
    ),
    5: ("存在的主要问题是个别栏目更新不够及时。下一步将落实栏目维护责任，加强日常检查。",),
    6: ("没有需要报告的其他事项。",),
}


def report(agency: str) -> Report:
    """The report for the year before, on the form of that year; nothing is carried over into the next."""
    form = form_of_year(_LAST)
    disclosed = zeros(form, "2")
    disclosed["other_services"]["last_year"] = OTHER_SERVICES_BEFORE
    disclosed["penalties"] |= {"last_year": PENALTY_ITEMS, "decisions": _DECISIONS}
    disclosed["fees"]["last_year"] = FEE_ITEMS
    applied = zeros(form, "3")
    for row, count in {"received": _RECEIVED, **_OUTCOMES, "total": _RECEIVED}.items():
        applied[row] |= {"natural_person": count, "total": count}
    tables = {"2": disclosed, "3": applied, "4": zeros(form, "4")}
    return Report(
        agency=agency,
        year=_LAST,
        form=form,
        title=f"{agency}{_LAST}年政府信息公开工作年度报告",
        preamble=(
            Paragraph(
                f"根据《中华人民共和国政府信息公开条例》编制。所列数据的统计期限自{_LAST}年1月1日起至{_LAST}年12月31日止。"
            ),
        ),
        sections=tuple(
            Section(head.number, head.title, tuple(Paragraph(text) for text in _PROSE.get(head.number, ())))
            for head in form.sections
        ),
        tables={number: TableData(cells) for number, cells in tables.items()},
    )
