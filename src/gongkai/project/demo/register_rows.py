"""The registers of Article 20 of the demonstration year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from gongkai.sheets.book import Values

from .dates import next_working_day, strewn
from .targets import MARK, OTHER_SERVICES_BEFORE, OTHER_SERVICES_NEW, PENALTY_DECISIONS, YEAR

_LAW = "《中华人民共和国统计法》"
_PENALTIES = (
    "对拒绝提供统计资料或者经催报后仍未按时提供统计资料的处罚",
    "对提供不真实或者不完整的统计资料的处罚",
    "对拒绝答复或者不如实答复统计检查查询书的处罚",
    "对拒绝、阻碍统计调查、统计检查的处罚",
    "对转移、隐匿、篡改、毁弃或者拒绝提供原始记录和凭证等资料的处罚",
    "对迟报统计资料或者未按照规定设置原始记录、统计台账的处罚",
    "对经济普查对象违反普查规定的处罚",
    "对农业普查对象违反普查规定的处罚",
    "对违反涉外调查管理规定的处罚",
    "对利用统计调查损害社会公共利益或者进行欺诈活动的处罚",
    "对未经批准擅自进行统计调查的处罚",
)
_SERVICES = (
    "统计资料查询",
    "统计业务咨询",
    "统计年鉴发放",
    "统计专业技术资格考试报名",
    "联网直报用户管理",
    "统计违法行为举报受理",
    "基本单位名录信息变更",
    "普查资料查询",
    "“四上”企业入库申报审核",
    "统计信用修复受理",
    "统计继续教育登记",
    "涉外调查咨询",
    "部门统计调查项目咨询",
    "统计数据发布订阅",
    "统计开放日预约",
    "微观数据使用申请",
    "统计志愿者登记",
)
_FEE = "统计专业技术资格考试考务费"


def items() -> Iterator[Values]:
    """What the bureau may punish, serve and charge for; ten services came new in the year."""
    for name in _PENALTIES:
        yield {"kind": "penalties", "name": name, "basis": _LAW, "valid_from": date(2015, 1, 1)}
    for index, name in enumerate(_SERVICES[: OTHER_SERVICES_BEFORE + OTHER_SERVICES_NEW]):
        since = date(2018, 6, 1) if index < OTHER_SERVICES_BEFORE else date(YEAR, 7, 1)
        yield {"kind": "other_services", "name": name, "valid_from": since}
    yield {"kind": "fees", "name": _FEE, "valid_from": date(2012, 1, 1)}


def decisions(random: Random) -> Iterator[Values]:
    """Penalties of the year, nearly all on businesses, published within days."""
    for number, day in enumerate(strewn(random, PENALTY_DECISIONS), start=1):
        person = number % 13 == 0
        row: Values = {
            "kind": "penalties",
            "document_number": f"温统演罚决字〔{YEAR}〕{number}号",
            "decided_on": day,
            "item": random.choice(_PENALTIES[:6]),
            "party_kind": "natural_person" if person else "organization",
            "summary": f"警告，并处罚款（{MARK}）" if number % 3 else f"警告（{MARK}）",
            "published_on": next_working_day(day, random.randint(2, 6)),
        }
        row |= {"person": f"演示相对人{number}"} if person else {"organization": f"演示企业{number:02d}有限公司"}
        yield row
