"""The words of the demonstration bureau's report: the draft that the figures give, and what only a clerk can add."""

from __future__ import annotations

from gongkai.bureau.models import Agency
from gongkai.reporting.services import current, save_prose

from .targets import MARK, YEAR

_MANAGEMENT = (
    "（三）政府信息管理情况。落实信息发布前审核、发布后维护的制度，上网信息经专人审查后发布，并做好文件有效性管理；"
    "制定外网栏目维护责任清单，按岗位调整更新经办人员。"
)
_SITE = (
    "门户网站更新概况类信息{published.overview}条、政务动态信息{published.news}条、"
    "信息公开目录信息{published.catalogue}条，发布政策解读{published.interpretations}个。"
)
_SUPERVISION = (
    "（五）监督保障情况。局主要负责人任信息公开领导小组组长，分管领导直接负责，办公室具体负责；"
    "建立网站安全监测预警机制，落实专人负责，开展应急演练。"
)
_PROBLEMS = [
    "存在的主要问题：政策解读的内容还需更加丰富生动，主动公开的栏目建设还需进一步完善。",
    "改进情况和措施：优化政府信息公开目录，丰富图表图解等解读形式，加强信息公开人员力量。",
]


def write_prose(bureau: Agency) -> None:
    """Keep the words of the year's report; every number in them stays bound to the records."""
    now = current(bureau, YEAR)
    prose = {part: list(texts) for part, texts in now.prose.items()}
    names = {named.title: named.name for named, _ in now.named.all()}
    prose["0"].append(f"本报告全部内容为{MARK}，不是该机关的真实情况。")
    disclosed, applied, _, platforms, _ = prose["1"]
    head, _, inquiries = platforms.partition("。")
    prose["1"] = [disclosed, applied, _MANAGEMENT, f"{head}。{_SITE}{_accounts(names)}{inquiries}", _SUPERVISION]
    prose["5"] = _PROBLEMS
    prose["6"] = ["无。"]
    save_prose(bureau, YEAR, prose)


def _accounts(names: dict[str, str]) -> str:
    """The sentences on the two WeChat accounts; ``names`` are the names of figures by their titles."""

    def figure(channel: str, what: str) -> str:
        return "{" + names[f"“{channel}”{what}"] + "}"

    bureau, census = "温州统计", "温州普查"
    return (
        f"“{bureau}”微信公众号发布信息{figure(bureau, '发布信息（条）')}条，订阅数{figure(bureau, '订阅数')}，"
        f"累计阅读{figure(bureau, '阅读量')}人次；"
        f"“{census}”微信公众号发布信息{figure(census, '发布信息（期）')}期{figure(census, '发布信息（条）')}条，"
        f"订阅数{figure(census, '订阅数')}，其中{{adoptions.national}}篇被国家统计局转发录用、"
        "{adoptions.provincial}篇被省统计局转发录用。"
    )
