"""What a verb will bring about, said before it is done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from gongkai.law.wording import chinese_day

from ..case import Case
from ..events import STEPS
from ..models import Edition, EffectKind, Item, Openness, Publication, Route
from ..services import organisation_of


def consequences(verb: str, item: Item, case: Case, edition: Edition | None) -> list[str]:
    """Sentences in the order in which things happen. At most two queries."""
    match verb:
        case "submit":
            return list(_submitted(item, case))
        case "review":
            return list(_reviewed(item, case, edition))
        case "return":
            return ["起草人收到提醒和您的意见，可以修改后重新送审；已经通过的步骤要重新办理。"]
        case "recall":
            return ["审查人不再看到这条信息；您可以继续修改，重新送审时从第一步开始。"]
        case "withdraw":
            return list(_withdrawn(item, case))
        case "restore":
            return [f"网站重新公开上次签发的内容（摘要 {case.approved[:12]}），地址 /art/{item.pk}.html 不变。"]
        case "discard":
            return ["这条信息从未公开，作废后不能再修改和送审；内容和经过仍然保存，可以查阅。"]
    raise KeyError(verb)


def _submitted(item: Item, case: Case) -> Iterator[str]:
    yield "先对标题、正文和附件进行发布前审查；有须处理的问题的，不送审。"
    steps = Case(route=Route(item.column.route)).steps
    yield f"然后依次办理：{'、'.join(STEPS[step] for step in steps)}。审查期间任何人不能修改。"
    if "department" in steps and item.department_id is None:
        yield "没有填写承办处室，部门初审没有人能办理；请先在“归属”中填写。"
    if item.openness != Openness.PROACTIVE:
        yield "公开方式不是“主动公开”，不能送审发布；请先改正。"
    if case.is_live:
        yield "签发之前，公众看到的仍是上次签发的内容。"


def _reviewed(item: Item, case: Case, edition: Edition | None) -> Iterator[str]:
    if case.step is None or edition is None:
        return
    if not case.is_last_step:
        following = case.steps[case.steps.index(case.step) + 1]
        yield f"通过之后转到{STEPS[following]}。"
        return
    content = edition.data
    asked = datetime.fromisoformat(content["release_at"]) if content["release_at"] else None
    if asked is not None and asked > timezone.now():
        local = timezone.localtime(asked)
        yield f"通过即为签发：{chinese_day(local.date())}{local:%H:%M}起公开，在此之前任何人看不到。"
    else:
        yield "通过即为签发：立即在网站公开。"
    if case.index_number:
        yield f"索引号不变：{case.index_number}。"
    else:
        yield f"分配索引号：{organisation_of(item.agency)}/年份-五位流水号，不空号、不重号，此后不变。"
    effects = content["effects"]
    titles = dict(Publication.objects.filter(pk__in=[each["target"] for each in effects]).values_list("pk", "title"))
    for each in effects:
        until = f"，新的有效期至 {each['until']}" if each["until"] else ""
        title = titles.get(each["target"], "已删除的文件")
        yield f"《{title}》自 {each['on']} 起{EffectKind(each['kind']).label}{until}。"


def _withdrawn(item: Item, case: Case) -> Iterator[str]:
    if case.live_from is not None and timezone.now() < case.live_from:
        yield "这条信息还没有到公开的时刻：签发作废，不会公开，退回草稿。"
        return
    yield f"网站立即不再显示：页面 /art/{item.pk}.html、它的图片、附件和数据，在各栏目列表、检索、订阅中也不再出现。"
    yield "已经公开过的事实仍计入年度报告；负责人可以恢复。"
    number = Publication.objects.filter(interprets=item).filter(Publication.SHOWN).count()
    if number:
        yield f"有 {number} 条解读与它互相链接；那些解读仍然公开，不再链接到它。"
