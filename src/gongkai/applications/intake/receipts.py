"""接收回执: what a receipt says, and the application form for those who write by hand."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from gongkai.bureau.models import Agency
from gongkai.law.parameters import standard_parameters
from gongkai.law.receipt import Channel, receipt
from gongkai.law.wording import chinese_date, chinese_day

from ..models import ApplicantKind, Application, Delivery, IdType, Provision, Submission
from .printing import Line, Sheet

TITLE = "政府信息公开申请接收回执"
FORM_TITLE = "政府信息公开申请表"
_BLANK_LINE = 28  # points


def next_step(application: Application) -> str:
    """What happens next and by when, in one sentence."""
    due = application.due_on
    if due is None:
        return "本机关将依法办理并答复。"
    return (
        f"本机关将于{chinese_date(due)}前（含当日）答复；"
        f"内容不明确的，{correction_days(application.received_on)}个工作日内告知补正。"
    )


def correction_days(day: date) -> int:
    """Article 30: within how many working days a correction is asked for."""
    return standard_parameters().on("correction_request", day).number


def receipt_sheet(submission: Submission, *, query_code: str = "", signs: bool = False) -> Sheet:
    """The receipt of an application. ``signs``: with a line for the applicant to sign (counter, oral)."""
    application = submission.application
    agency, applicant = application.agency, application.applicant
    found = receipt(
        Channel(application.channel),
        submission.arrived_on,
        confirmed=submission.confirmed_on,
        unreachable=submission.unreachable,
    )
    rows = [Line("登记编号", application.number, large=True)]
    if query_code:
        rows.append(Line("查询码", query_code, large=True))
    rows += [
        Line("申请人", applicant.name),
        Line("收到渠道", found.channel.label + ("（口头提出，由本机关代为填写）" if submission.is_oral else "")),
        Line("收到申请之日", f"{chinese_day(found.date)}\n{found.text}（{found.rule}）"),
        Line("答复期限", chinese_day(application.due_on) if application.due_on else "待定"),
        Line("申请内容", what(application)),
        Line("提供方式、获取途径", how(application)),
    ]
    if application.external_number:
        rows.insert(1, Line("收件编号", application.external_number))
    lines = [next_step(application)]
    if query_code:
        lines.append("凭登记编号和查询码可以在网上查询办理情况、提交补正、下载文书。查询码只在此处告知，请妥善保管。")
    lines.append(f"联系：{agency.name}{agency.office}" + (f"，电话 {agency.telephone}" if agency.telephone else ""))
    signature = [agency.name, chinese_date(timezone.localdate(submission.submitted_at))]
    if signs:
        signature = ["申请人签名：＿＿＿＿＿＿＿＿　　日期：＿＿＿＿年＿＿月＿＿日", *signature]
    return Sheet(TITLE, agency.name, rows, lines, signature)


def what(application: Application) -> str:
    """What was asked for, in lines."""
    told = []
    if application.title and application.title != application.requested:
        told.append(f"名称：{application.title}")
    if application.reference and application.reference != application.requested:
        told.append(f"文号：{application.reference}")
    return "\n".join([*told, application.requested])


def how(application: Application) -> str:
    """How it is wanted."""
    told = [dict(Provision.choices).get(application.provision), dict(Delivery.choices).get(application.delivery)]
    words = [str(each) for each in told if each]
    words += ["也接受其他方式"] * application.accepts_other + ["需要阅读、视听帮助"] * application.needs_help
    return "，".join(words) or "未指明"


def form_sheet(agency: Agency) -> Sheet:
    """The form to print or to fill in by hand, for the counter and the post (Article 29)."""
    kinds = "　".join(f"□ {label}" for label in ApplicantKind.labels)
    ids = "　".join(f"□ {label}" for label in IdType.labels)
    rows = (
        Line("申请人类型", kinds),
        Line("姓名或者名称", height=4),
        Line("证件名称", ids),
        Line("证件号码（统一社会信用代码）", height=4),
        Line("法定代表人或者负责人（法人、其他组织填写）", height=4),
        Line("联系人、联系电话", height=4),
        Line("通信地址、邮政编码", height=_BLANK_LINE),
        Line("电子邮箱、传真"),
        Line("所需政府信息的名称、文号"),
        Line("内容描述（便于查询的其他特征）", height=3 * _BLANK_LINE),
        Line("提供方式", "　".join(f"□ {label}" for label in Provision.labels)),
        Line("获取途径", "　".join(f"□ {label}" for label in Delivery.labels)),
        Line("其他", "□ 不能按上述方式提供的，也接受其他方式\n□ 存在阅读困难或者视听障碍，需要帮助"),
    )
    place = "，".join(filter(None, (agency.address, f"{agency.name}{agency.office}")))
    lines = [
        "请附身份证明的复印件（法人或者其他组织附统一社会信用代码证书的复印件）。不需要说明申请的用途。",
        f"当面提交或者邮寄：{place}"
        + (f"，邮编 {agency.postcode}" if agency.postcode else "")
        + (f"，电话 {agency.telephone}" if agency.telephone else "")
        + "。邮寄的，请在信封上注明“政府信息公开申请”。",
    ]
    signature = ["申请人签名（盖章）：＿＿＿＿＿＿＿＿＿＿", "＿＿＿＿年＿＿月＿＿日"]
    return Sheet(FORM_TITLE, agency.name, rows, lines, signature, subtitle=f"受理机关：{agency.name}")
