"""Whose figure it is, of which time, and of what: the traps between the prose and the tables.

A report of a bureau also speaks of the whole district; a sentence about applications also speaks of
messages; last year's figure stands beside this year's. What is not plainly the body's own figure of
the year is never a FAIL.
"""

from __future__ import annotations

import re

from .passages import Passage

_OWN = re.compile(
    r"(?:我|本)(?:局|委|办|厅|部|院|中心|会|队|站|处|所|镇|乡|街道|机关|单位|行政机关|部门|分局|公司|校|苏木|支队|大队)|局机关|委机关|厅机关|全局|全委|全镇|全乡|全街道"
)
_OTHERS = re.compile(
    r"[全我本](?:市|区|县|省|州|盟|旗|系统|师|团)(?!.{0,2}(?:局|委|办公室))|各(?:部门|单位|乡镇|镇|街道|级|区|县|地|局|委|职能|有关|相关|行政机关|科室)"
    r"|镇街|镇\(街|下属|所属|直属|基层|区级|市级|县级|省级|部门(?:共|累计)?(?:收到|受理|办)|代表?.{0,4}政府|其他(?:部门|单位)"
    r"|(?<!报)(?:市|区|县|省|州|旗|管委会)(?:人民)?政府|本级|政府(?:系统|部门|各)|管委会|区直|市直|县直|省直|转办|转交"
)
_GOVERNMENT = re.compile(r"(?:人民政府|管委会|管理委员会|[市区县州盟旗省])$")
_TOWN = re.compile(r"(?:镇|乡|街道)(?:人民政府|办事处)?$|街道办")

_APPLICATIONS = re.compile(r"依申请|公开申请|申请公开|信息申请|申请信息|公开信息申请|申请政府信息")
_ELSEWHERE = re.compile(
    r"留言|咨询|问政|提案|议案|人大代表|政协|热线|信箱|来信|来电|舆情|公文|公开属性|访谈|12345|民意|征集|信访件|信访事项|信访案件"
    r"|主动公开(?!栏)|政务服务事项|办事|发布会|新媒体|公众号|培训|会议|数据开放|督查|通报|测评|投诉件|工单|服务事项|行政许可|执法|制发|制作"
)
_OTHER_TIME = re.compile(
    r"去年|往年|前年|上一?年(?!度?(?:结转|转结|转入|遗留|未办结|末|接转|继续))|同期|增加|减少|增长|下降|上升|增幅|降幅|历年|累计|截[至止]|以来|半年|季度|近[三五两]年|平均|日均|每|较|相比|环比|之前|(?<!1-)(?<!1至)(?<!1—)1?\d月份?(?!1日)"
)
# 比2021年（31件）下降 compares, and the figures behind it are still this year's.
_YEAR = re.compile(r"(?<![比较与])(20\d\d)年")
_CHANNEL = re.compile(
    r"网络|网上|网站|在线|线上|线下|信函|邮寄|邮件|邮政|信件|当面|现场|窗口|传真|电话|邮箱|平台|渠道|微信|(?:申请|受理|办理)系统|快递|书面|口头|互联网|挂号|EMS|政务网"
)
_ALL_CHANNELS = re.compile(
    r"等(?:多种|各种|各类|多个|不同)?(?:方式|渠道|途径|形式)|(?:各种|各类|多种|所有)(?:方式|渠道|途径|形式)"
)


def belongs_to_the_body(passage: Passage, position: int, agency: str) -> bool:
    """Whether the last body named before ``position`` in its sentence is the one that reports, or none is named."""
    text = passage.text
    start = passage.sentence_start(position)
    if start and re.match(r"其中|以上|所有|上述|答复|办结|已|其他", text[start : start + 4]):
        start = passage.sentence_start(start - 1)
    span = text[start:position]
    town = bool(_TOWN.search(agency))
    others = [m for m in _OTHERS.finditer(span) if m[0] not in agency]
    if agency.endswith(("办公室", "办公厅")):
        own_office = agency[-3:]
        others = [m for m in others if not text.startswith(own_office, m.end())]
    if not others:
        return True
    own = [m.end() for m in _OWN.finditer(span)]
    if own and (town or not _GOVERNMENT.search(agency)):
        return own[-1] > others[-1].end()
    return False


def speaks_for_many(agency: str) -> bool:
    """Whether the body is a government above the towns: its tables add up those of all its departments."""
    return bool(_GOVERNMENT.search(agency)) and not _TOWN.search(agency)


def about_applications(passage: Passage, position: int, end: int) -> bool:
    """Whether the text before ``position`` last spoke of applications for disclosure, rather than of something else."""
    text = passage.text
    if _APPLICATIONS.search(text, position, end):
        return True
    spoken, elsewhere = passage.last(_APPLICATIONS, position), passage.last(_ELSEWHERE, position)
    if spoken < 0 and elsewhere < 0:
        return bool(_APPLICATIONS.search(passage.heading)) or passage.section == 3
    return spoken > elsewhere


def of_another_time(passage: Passage, label: str, position: int, year: int | None) -> bool:
    """Whether the figure is last year's, cumulative, a change, or of part of the year."""
    if _OTHER_TIME.search(label):
        return True
    if year is None:
        return False
    years = _YEAR.findall(passage.text[passage.sentence_start(position) : position])
    return bool(years) and int(years[-1]) != year


def by_one_channel(label: str) -> bool:
    """Whether the figure counts what came through one channel only (网络申请1303件)."""
    return bool(_CHANNEL.search(label)) and not _ALL_CHANNELS.search(label)
