"""The words of the office: overviews, the guide, rules, documents, services, surveys, law enforcement and credit."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.portal.models import DocumentClass, ItemType

from .files import form, pdf, sheet
from .sentences import MIDDLES
from .site import SERVICES
from .targets import YEAR
from .titles import Document
from .words import COUNTIES
from .writing import Pen, Rows, Text, chart, links, paragraphs, questions, table, timeline

_DUTIES = (
    "贯彻执行统计工作的法律法规和方针政策，组织实施国家统计制度和地方统计调查项目。",
    "组织领导和协调全市统计工作，确保统计数据真实、准确、完整、及时。",
    "建立并管理统计信息自动化系统和统计数据库，定期发布全市国民经济和社会发展情况的统计信息。",
    "依法开展统计执法监督检查，查处统计违法行为，防范和惩治统计造假、弄虚作假。",
    "承担政府信息公开、建议提案办理和统计宣传、统计咨询服务等工作。",
    "完成市委、市政府和上级统计部门交办的其他任务。",
)
_PAGE = {"type": ItemType.PAGE}


def _overview(pen: Pen) -> Text:
    duties = [f"（{'一二三四'[n]}）{text}" for n, text in enumerate(pen.some(_DUTIES, 4))]
    texts = [f"{pen.item.title}如下。", *duties]
    if pen.item.column.second == "领导信息":
        texts = [f"{pen.item.title}：主持、分管或者协助分管下列工作。", *duties, "本页为演示文字，不涉及真实人员。"]
    return Text([paragraphs(texts)], fields=_PAGE)


def _guide(pen: Pen) -> Text:
    texts = [
        "为了更好地提供政府信息公开服务，根据《中华人民共和国政府信息公开条例》，编制本指南。"
        "公民、法人或者其他组织获取本机关政府信息，可以参照本指南。",
        "#一、主动公开",
        "本机关主动公开条例第二十条规定的与本机关职责有关的政府信息，通过本网站、政务新媒体、政府公报、新闻发布会公开。"
        "属于主动公开范围的政府信息，自形成或者变更之日起二十个工作日内公开。",
        "#二、依申请公开",
        "除主动公开的政府信息外，可以向本机关申请获取政府信息。申请可以当面提交，也可以通过信函、传真或者本网站提交，"
        "并写明姓名或者名称、身份证明、联系方式，所需政府信息的名称、文号或者便于查询的其他特征性描述，以及获取信息的方式。",
        "#三、政府信息公开工作机构",
        "本机关政府信息公开工作机构为办公室，办公时间为工作日上午8时30分至12时、下午2时至5时30分（夏令时另行公告）。",
        "#四、监督和救济",
        "认为本机关未按照要求主动公开政府信息或者未依法答复申请的，可以向政府信息公开工作主管部门提出；"
        "认为本机关的具体行政行为侵犯其合法权益的，可以依法申请行政复议或者提起行政诉讼。",
    ]
    entries = {"法定主动公开内容": "/fdzdgknr/", "政府信息公开年报": "/zfxxgknb/", "依申请公开": "/ysqgk/"}
    return Text(
        [
            paragraphs(texts[:5]),
            timeline(
                "依申请公开的办理",
                (
                    ("收到申请", "登记", "按收到的方式确定收到之日。"),
                    ("需要时", "补正", "内容不明确的，一次性告知补正的事项和合理期限。"),
                    ("法定期限内", "答复", "依法作出答复；经批准延长的，告知申请人。"),
                    ("答复之后", "救济", "不服的可以申请行政复议或者提起行政诉讼。"),
                ),
            ),
            paragraphs(texts[5:]),
            links("有关栏目", entries),
        ],
        [("政府信息公开申请表.docx", lambda: form("政府信息公开申请表", ("申请人", "所需信息", "获取方式")))],
        _PAGE,
    )


def _rule(pen: Pen) -> Text:
    texts = [
        "第一条 为规范政府信息公开工作，根据《中华人民共和国政府信息公开条例》，制定本制度。",
        "第二条 坚持以公开为常态、不公开为例外，遵循公正、公平、合法、便民的原则。",
        "第三条 各处室制作公文，应当在拟稿时提出公开属性的意见；不予公开的，应当写明理由。",
        "第四条 公开前依法进行保密审查；不能确定是否可以公开的，报有关主管部门确定。",
        "第五条 办公室负责组织、协调、督促检查，定期通报各栏目的更新情况。",
        "第六条 本制度自印发之日起施行。",
    ]
    return Text([paragraphs(texts)], [(f"{pen.item.title}.pdf", lambda: pdf(pen.item.title, texts))])


def _document(pen: Pen) -> Text:
    told: Document | None = pen.item.particulars.get("document")
    if told is None:
        return Text([paragraphs([f"#{pen.item.title}", *pen.some(MIDDLES, 4)])])
    texts = [
        "各县（市、区）统计局，市局各处室、直属单位：",
        f"现将《{told.title}》印发给你们，请认真贯彻执行。",
        "#第一章 总则",
        f"第一条 为规范{told.subject}，提高统计数据质量，根据有关统计法律法规，结合本市实际，制定本文件。",
        "第二条 本文件适用于全市各级统计机构及其工作人员。",
        "#第二章 职责和要求",
        "第三条 各级统计机构应当明确责任人员，建立工作台账，每季度检查一次落实情况。",
        "第四条 对检查中发现的问题，应当在十五日内提出整改意见，并跟踪落实。",
        "#第三章 附则",
        "第五条 本文件由温州市统计局负责解释。",
    ]
    ending = f"第六条 本文件自{_day(told.published)}起施行"
    ending += f"，有效期至{_day(told.expires)}。" if told.expires else "。"
    if told.repeals is not None:
        ending += f"温统演〔{YEAR}〕{told.repeals}号同时废止。"
    return Text(
        [paragraphs([*texts, ending])],
        [(f"{told.title}.docx", lambda: form(told.title, texts))],
        {
            "type": ItemType.DOCUMENT,
            "document": told,
            # Not normative documents: the year's report states none.
            "document_class": DocumentClass.OTHER,
            "document_number": told.written,
            "formed_on": told.formed,
            "effective_on": told.published,
            "expires_on": told.expires,
            "topic": "统计",
            "genre": "通知",
            "basis": "rules_and_documents",
        },
    )


def _day(day: object) -> str:
    return f"{day:%Y年%m月%d日}".replace("年0", "年").replace("月0", "月")


def _interpretation(pen: Pen) -> Text:
    told: Document = pen.item.particulars["interprets"]
    asked = (
        (f"为什么要出台《{told.title}》？", f"为了规范{told.subject}，回应基层和企业的关切，让规则更加明白、可预期。"),
        ("适用于哪些对象？", "适用于全市各级统计机构及其工作人员，以及依法接受统计调查的单位。"),
        (
            "从什么时候起施行？",
            f"自{_day(told.published)}起施行" + (f"，有效期至{_day(told.expires)}。" if told.expires else "。"),
        ),
    )
    steps = (
        (_day(told.formed), "成文", "经局长办公会议审议通过。"),
        (_day(told.published), "施行", "在本网站公布。"),
        (_day(told.expires) if told.expires else "长期", "期限", "到期前评估。"),
    )
    case = {
        "title": "一家小微企业的故事",
        "who": "某小微企业统计员",
        "problem": "过去不清楚报表出错以后怎样更正，担心被处罚。",
        "action": "按照新的规定，在规定时间内主动更正并说明原因。",
        "result": "及时更正、没有造成影响的，不予处罚。",
        "figure": "更正用时缩短到1天",
        "image": None,
        "alt": "",
        "decorative": False,
    }
    rows: Rows = [
        ["年份", "咨询件次"],
        *([f"{year}年", pen.random.randint(60, 240)] for year in range(YEAR - 4, YEAR + 1)),
    ]
    blocks = [
        paragraphs([f"《{told.title}》（{told.written}）已经公布，现就有关问题作如下解读。"]),
        questions(asked, "政策问答"),
        timeline("重要时间", steps),
        ("case", case),
        chart("column", f"{told.subject}咨询件次", rows, "件次", as_of=f"{YEAR}年"),
    ]
    return Text(blocks, fields={"type": ItemType.INTERPRETATION, "interprets": told})


def _annual(pen: Pen) -> Text:
    texts = [
        f"本报告根据《中华人民共和国政府信息公开条例》编制，统计期限自{YEAR - 1}年1月1日起至{YEAR - 1}年12月31日止。",
        "全文见政府信息公开年报栏目，可以下载各种格式的文件。",
    ]
    return Text([paragraphs(texts), links("年报全文", {"政府信息公开年报": "/zfxxgknb/"})])


def _budget(pen: Pen) -> Text:
    rows: Rows = [["科目", "金额（万元）"]]
    rows += [[name, f"{pen.random.uniform(80, 2600):.2f}"] for name in ("一般公共服务", "社会保障和就业", "住房保障")]
    texts = [
        f"根据财政部门批复，现将{pen.item.title}公开如下。",
        "收支增减的主要原因是人员经费调整和普查项目经费安排；机关运行经费按规定从严控制。",
    ]
    title = pen.item.title
    return Text(
        [paragraphs(texts), table("收支总表（摘要）", rows, unit="万元")],
        [(f"{title}.xlsx", lambda: sheet("收支总表", rows))],
    )


def _personnel(pen: Pen) -> Text:
    rows: Rows = [["岗位", "名额", "学历要求"], ["综合统计", 2, "本科及以上"], ["数据分析", 1, "硕士研究生及以上"]]
    texts = [
        f"因工作需要，现将{pen.item.title}的职位、名额和报考条件公布如下。",
        "报名通过省公务员考试录用系统或者市人力资源和社会保障网站进行，笔试、面试、体检、考察按规定组织，录用结果另行公示。",
    ]
    return Text([paragraphs(texts[:1]), table("职位表", rows), paragraphs(texts[1:])])


def _enforcement(pen: Pen) -> Text:
    names = pen.random.sample(COUNTIES, 6)
    rows: Rows = [["县（市、区）", "检查单位（家）", "发现问题（个）", "责令改正（件）"]]
    rows += [[name, pen.random.randint(6, 24), pen.random.randint(3, 12), pen.random.randint(3, 9)] for name in names]
    texts = [
        "按照年度统计执法检查计划，统计执法人员随机抽取检查对象、随机选派检查人员，对统计数据质量、统计基础工作"
        "和统计法律法规执行情况进行了检查。",
        "从检查情况看，多数单位能够依法履行统计义务，少数单位存在统计台账不健全、原始记录保存不完整等问题，"
        "已经责令改正，并依法作出处理。",
    ]
    return Text([paragraphs(texts[:1]), table("检查情况", rows), paragraphs(texts[1:])])


def _service(pen: Pen) -> Text:
    name = pen.item.title.split("：")[1]
    texts = [
        "#办理依据",
        "《中华人民共和国统计法》及其实施条例。",
        "#办理条件",
        f"需要办理{name}的公民、法人或者其他组织。",
        "#申请材料",
        "申请表一份；代为办理的，另附委托书。能够通过数据共享获取的材料不再提交。",
        "#办理流程",
        "提交申请，当场核对，符合条件的即时办理；需要进一步查询的，在承诺期限内办结并告知。",
        "#收费",
        "不收费。",
        "#办理时限和地点",
        "法定期限十五个工作日，承诺期限三个工作日；在市行政服务中心统计窗口办理，也可以网上办理。",
    ]
    return Text([paragraphs(texts)], fields=_PAGE)


def _form(pen: Pen) -> Text:
    name = pen.item.title.split("：")[1]
    lines = ("申请单位", "统一社会信用代码", "联系人", "申请事项", "申请日期")
    return Text(
        [
            paragraphs([f"{name}可以下载后填写，连同有关材料一并提交。填写时请使用规范汉字，加盖单位公章。"]),
            links("有关办事指南", {f"办事指南：{SERVICES[(pen.item.number - 1) % len(SERVICES)]}": "/bsfw/bszn/"}),
        ],
        [(f"{name}.docx", lambda: form(name, lines))],
    )


def _consultation(pen: Pen) -> Text:
    texts = [
        f"{pen.item.title}，欢迎社会各界提出宝贵意见。意见请在规定时间内通过本网站互动交流栏目或者信函提出。",
        "征集结束后，意见的采纳情况将在本栏目公布；没有采纳的，说明理由。",
    ]
    steps = (("征集开始", "公布征求意见稿", ""), ("三十日内", "收集意见", "各界提出意见"), ("此后", "公布采纳情况", ""))
    return Text([paragraphs(texts), timeline("安排", steps)])


def _interview(pen: Pen) -> Text:
    pairs = (
        (
            "主持人：这次访谈主要谈什么？",
            "嘉宾：围绕公众关心的问题，谈谈怎样登记、怎样使用数据，以及怎样保护个人信息。",
        ),
        (
            "主持人：登记的资料会不会泄露？",
            "嘉宾：普查取得的资料依法保密，只用于普查目的，任何单位和个人不得对外提供。",
        ),
        ("网友：数据在哪里可以查到？", "嘉宾：在本网站统计数据栏目，按发布日程公布，可以下载表格。"),
    )
    return Text([paragraphs(["本期邀请有关负责人与网友在线交流。以下为文字实录摘要。"]), questions(pairs, "文字实录")])


def _credit(pen: Pen) -> Text:
    first = pen.item.number * 3
    names = "、".join(f"演示企业{first + n:02d}有限公司" for n in range(2))
    good = pen.item.column.second.startswith("守信")
    why = "连续三年依法提供统计资料，数据质量核查未发现问题" if good else "提供不真实的统计资料，已经依法作出处理决定"
    texts = [
        f"根据企业统计信用管理的有关规定，经认定并告知当事人，现将下列企业予以公示：{names}。",
        f"认定理由：{why}。",
        "公示期限按国家统计局的规定执行。对公示内容有异议的，可以书面提出；完成整改、符合条件的，可以申请信用修复。",
    ]
    return Text([paragraphs(texts)])


STYLES: dict[str, Callable[[Pen], Text]] = {
    "overview": _overview,
    "guide": _guide,
    "rule": _rule,
    "document": _document,
    "interpretation": _interpretation,
    "annual": _annual,
    "budget": _budget,
    "personnel": _personnel,
    "enforcement": _enforcement,
    "service": _service,
    "form": _form,
    "consultation": _consultation,
    "interview": _interview,
    "credit": _credit,
}
