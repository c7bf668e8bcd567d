"""What can be done with an application: a table. Each has a page of its own that says what will follow (:mod:`.doing`).

The order is the one in which the law expects things to happen; the buttons on the page of the case follow it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.bureau.roles import NotPermittedError
from gongkai.ledger.events import Event

from .. import events, letters, services, vault
from ..deadlines import longest_extension
from ..intake.papers import UnusableFileError, content_of, forget
from ..models import FileKind, HeldFile, Letter
from .forms import (
    AnswerForm,
    ArchiveForm,
    AssignForm,
    At,
    ConfirmForm,
    CorrectedForm,
    DayForm,
    FeeForm,
    LinkForm,
    MergeForm,
    ReasonsForm,
    ReturnAssignmentForm,
    ReturnForm,
    ReviewForm,
    SendForm,
    ServiceForm,
    SignForm,
    VerbForm,
)

Given = Mapping[str, Any]
Act = Callable[[At, Given, Given, date], Any]


@dataclass(frozen=True, slots=True)
class Verb:
    """Something to do with an application. ``form`` is what it asks; ``act`` does it; ``done`` is said afterwards.

    ``letters`` are the kinds of letter that it may write, the first by default: their blanks are filled in on the
    same page. ``events`` are what it would append, for the preview of the due date; verbs without do not bear on it.
    """

    slug: str
    event: type[Event]
    label: str
    form: type[VerbForm]
    act: Act
    done: str
    icon: str = "check"
    letters: Mapping[str, str] = field(default_factory=dict)
    events: Callable[[At, Given, Given, str], list[Event]] | None = None
    is_grave: bool = False
    advice: str = ""

    @property
    def is_shown_first(self) -> bool:
        """Whether what it would do is shown before it is done."""
        return self.events is not None


def _issue(at: At, code: str, values: Given, day: date) -> Letter:
    return letters.issue(at.application, code, values, at.user, day)


def _keep(at: At, given: Given, kind: FileKind) -> None:
    """Put the scan that came with an event on file, where there is one."""
    if given["scan"] is None:
        return
    try:
        paper = content_of(given["scan"], kind)
    except UnusableFileError as error:
        raise NotPermittedError(str(error)) from error
    vault.keep(at.application, paper.content, paper.name, paper.kind, at.user)
    forget(HeldFile.objects.filter(pk=given["scan"].record.pk))


def _department(at: At) -> Any:
    if at.user.department is None:
        raise NotPermittedError("您的账号没有指定处室，请联系系统管理员。")
    return at.user.department


def _assign(at: At, given: Given, values: Given, day: date) -> Any:
    return services.assign(
        at.application, day, given["lead"], given["assisting"], reply_by=given["reply_by"], actor=at.user
    )


@transaction.atomic
def _consult(at: At, given: Given, values: Given, day: date) -> Any:
    code = given["letter_code"]
    if code == "assistance":  # a letter between organs has no verb of its own: here it begins a consultation
        services.consult(at.application, day, party="other_organ", actor=at.user)
    return _issue(at, code, values, day)


_PARTY: Mapping[str, events.Party] = {
    "third_party_consultation": "third_party",
    "co_maker_consultation": "co_maker",
    "assistance": "other_organ",
}


def _consulted(at: At, given: Given, values: Given, code: str) -> list[Event]:
    number = len(at.case.consultations) + 1
    return [events.ConsultationSent(consultation=number, party=_PARTY[code])]


@transaction.atomic
def _answered(at: At, given: Given, values: Given, day: date) -> Any:
    services.return_consultation(
        at.application, day, consultation=given["consultation"], answer=given["answer"], actor=at.user
    )
    _keep(at, given, FileKind.ANSWER)


@transaction.atomic
def _corrected(at: At, given: Given, values: Given, day: date) -> Any:
    application, requested = at.application, given["requested"].strip()
    services.receive_correction(application, day, actor=at.user)
    _keep(at, given, FileKind.CORRECTION)
    if requested != application.requested:
        vault.keep(application, application.requested.encode(), "补正前的申请内容.txt", FileKind.REQUEST, at.user)
        application.requested = requested
        application.save(update_fields=["requested", "text_index"])


def _extended(at: At, given: Given, values: Given, code: str) -> list[Event]:
    days = values.get("working_days") or longest_extension(at.application.received_on)
    return [events.Extended(working_days=days)]


def _sign(at: At, given: Given, values: Given, day: date) -> Any:
    draft = at.case.work.draft
    if draft is None or draft.digest != given["digest"]:
        raise NotPermittedError("答复文书已经变动，请重新查看后再签发。")
    return letters.sign(at.application, Letter.objects.get(pk=draft.letter), at.user, day)


def _letter(at: At, given: Given) -> Letter:
    return Letter.objects.select_related("application", "file").get(application=at.application, pk=given["letter"])


def _send(at: At, given: Given, values: Given, day: date) -> Any:
    letter = _letter(at, given)
    if given["mode"] == "email":
        if day != timezone.localdate():
            raise NotPermittedError("电子邮件由系统即时发出，发出日期只能是今天。")
        return letters.send_by_email(letter, at.user)
    return services.send_letter(at.application, day, letter, given["mode"], tracking=given["tracking"], actor=at.user)


def _sent(at: At, given: Given, values: Given, code: str) -> list[Event]:
    letter = _letter(at, given)
    return [events.Decided(outcome=letter.outcome, document_number=letter.document_number)] if letter.outcome else []


def _serve(at: At, given: Given, values: Given, day: date) -> Any:
    content, name = given["proof"]
    return services.record_service(at.application, day, _letter(at, given), content, name, actor=at.user)


def _returned(at: At, given: Given, values: Given, code: str) -> list[Event]:
    return [events.ConsultationReturned(consultation=given["consultation"], answer=given["answer"])]


def _fee_noticed(at: At, given: Given, values: Given, code: str) -> list[Event]:
    return [events.FeeNoticed()]


_VERBS = (
    Verb("assign", events.Assigned, "分办", AssignForm, _assign, "已分办。", icon="group"),
    Verb(
        "sign-for",
        events.SignedFor,
        "签收",
        VerbForm,
        lambda at, given, values, day: services.sign_for(at.application, day, _department(at), actor=at.user),
        "已签收。",
        advice="签收之后由本处室办理；不属于本处室职责的，请“退回分办”。",
    ),
    Verb(
        "return-assignment",
        events.AssignmentReturned,
        "退回分办",
        ReturnAssignmentForm,
        lambda at, given, values, day: services.return_assignment(
            at.application, day, _department(at), given["reason"].strip(), actor=at.user
        ),
        "已退回。",
        icon="undo",
    ),
    Verb(
        "confirm",
        events.ReceiptConfirmed,
        "与申请人确认收到",
        ConfirmForm,
        lambda at, given, values, day: services.confirm_receipt(at.application, day, given["how"], actor=at.user),
        "已登记。",
        icon="comment",
    ),
    Verb(
        "correction",
        events.CorrectionRequested,
        "要求补正",
        DayForm,
        lambda at, given, values, day: _issue(at, "correction", values, day),
        "补正告知书已制发，请发出并登记送达。",
        icon="edit",
        letters={"correction": "补正告知书"},
        events=lambda at, given, values, code: [events.CorrectionRequested()],
        advice="补正只能告知一次，须一次性写明全部需要补正的事项。",
    ),
    Verb(
        "corrected",
        events.Corrected,
        "收到补正",
        CorrectedForm,
        _corrected,
        "已登记，期限重新计算。没有上传的补正材料，请用“存入文件”存入案卷。",
        events=lambda at, given, values, code: [events.Corrected()],
    ),
    Verb(
        "consult",
        events.ConsultationSent,
        "征求意见",
        DayForm,
        _consult,
        "征求意见书已制发，请发出并登记送达。",
        icon="comment",
        letters={
            "third_party_consultation": "第三方（可能损害其合法权益）",
            "co_maker_consultation": "共同制作该信息的机关",
            "assistance": "其他行政机关",
        },
        events=_consulted,
        advice="只写征求意见所必需的内容，不要写申请人的姓名、单位和联系方式。",
    ),
    Verb(
        "consultation-answer",
        events.ConsultationReturned,
        "收到意见",
        AnswerForm,
        _answered,
        "已登记。没有上传的书面意见，请用“存入文件”存入案卷。",
        icon="comment",
        events=_returned,
    ),
    Verb(
        "extend",
        events.Extended,
        "延期",
        DayForm,
        lambda at, given, values, day: _issue(at, "extension", values, day),
        "已同意延期，延期答复告知书已制发，请发出并登记送达。",
        icon="time",
        letters={"extension": "延期答复告知书"},
        events=_extended,
        advice="只能延期一次，须经政府信息公开工作机构负责人同意，并在期限届满之前告知申请人。",
    ),
    Verb(
        "ask-reasons",
        events.ReasonsAsked,
        "要求说明理由",
        DayForm,
        lambda at, given, values, day: _issue(at, "reasons_asked", values, day),
        "说明理由告知书已制发，请发出并登记送达。",
        icon="help",
        letters={"reasons_asked": "说明理由告知书"},
        events=lambda at, given, values, code: [events.ReasonsAsked()],
    ),
    Verb(
        "reasons",
        events.ReasonsGiven,
        "收到理由",
        ReasonsForm,
        lambda at, given, values, day: services.receive_reasons(
            at.application, day, reasonable=given["reasonable"], actor=at.user
        ),
        "已登记。",
    ),
    Verb(
        "fee",
        events.FeeNoticed,
        "收费通知",
        DayForm,
        lambda at, given, values, day: _issue(at, "fee_notice", values, day),
        "收费通知书已制发，请发出并登记送达。",
        icon="doc-full",
        letters={"fee_notice": "收费通知书"},
        events=_fee_noticed,
    ),
    Verb(
        "fee-paid",
        events.FeePaid,
        "收到缴费",
        FeeForm,
        lambda at, given, values, day: services.receive_fee(at.application, day, actor=at.user),
        "已登记。",
        events=lambda at, given, values, code: [events.FeePaid()],
    ),
    Verb(
        "review",
        events.ReplyReviewed,
        "审核通过",
        ReviewForm,
        lambda at, given, values, day: services.review_reply(
            at.application, day, given["digest"], opinion=given["opinion"].strip(), actor=at.user
        ),
        "已审核通过，送交签发。",
    ),
    Verb("sign", events.ReplySigned, "签发", SignForm, _sign, "已签发，文号和落款日期已填入文书，请发出。"),
    Verb(
        "return-reply",
        events.ReplyReturned,
        "退回修改",
        ReturnForm,
        lambda at, given, values, day: services.return_reply(
            at.application, day, given["opinion"].strip(), actor=at.user
        ),
        "已退回拟稿人。",
        icon="undo",
    ),
    Verb(
        "send", events.LetterSent, "发出文书", SendForm, _send, "已登记发出，收到送达凭证后请登记。", "mail", {}, _sent
    ),
    Verb("serve", events.LetterServed, "登记送达", ServiceForm, _serve, "送达凭证已存入案卷。", icon="doc-full"),
    Verb(
        "link",
        events.Linked,
        "关联申请",
        LinkForm,
        lambda at, given, values, day: services.link(
            at.application, day, given["other"], given["relation"], actor=at.user
        ),
        "已关联。",
        icon="link",
    ),
    Verb(
        "merge",
        events.Merged,
        "并案",
        MergeForm,
        lambda at, given, values, day: services.merge(at.application, day, given["other"], actor=at.user),
        "已并案，本件办结。",
        icon="link",
        events=lambda at, given, values, code: [events.Merged(into=given["other"].pk)],
        is_grave=True,
    ),
    Verb(
        "withdraw",
        events.Withdrawn,
        "申请人撤回",
        DayForm,
        lambda at, given, values, day: services.withdraw(at.application, day, actor=at.user),
        "已登记撤回，本件办结。",
        icon="undo",
        events=lambda at, given, values, code: [events.Withdrawn()],
        is_grave=True,
        advice="申请人撤回的书面材料请先用“存入材料”存入案卷。",
    ),
    Verb(
        "archive",
        events.Archived,
        "归档",
        ArchiveForm,
        lambda at, given, values, day: services.archive(at.application, day, volume=given["volume"], actor=at.user),
        "已归档。",
        icon="folder",
    ),
)
VERBS: Mapping[str, Verb] = {verb.slug: verb for verb in _VERBS}
BY_EVENT: Mapping[str, Verb] = {verb.event.kind: verb for verb in _VERBS}
# Events with a page of another kind, in the place where it belongs; and those that no button brings about.
OTHERWISE = {"evidence_filed": "evidence", "reply_drafted": "draft"}
WITHOUT_BUTTON = frozenset({"registered", "decided", "erased"})
