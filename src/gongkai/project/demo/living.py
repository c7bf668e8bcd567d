"""Applications that are being handled now, one at every step, and a review over one: each made by its verbs.

They lie around today, whatever day it is, so that the desk has something due, something late and something new. The
year of the report has nothing of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from io import BytesIO
from typing import Any

from django.db import transaction
from django.utils import timezone
from docx import Document

from gongkai.applications import letters, services
from gongkai.applications.coordination import services as coordinating
from gongkai.applications.coordination.models import Form, Trigger
from gongkai.applications.disclosed import services as disclosing
from gongkai.applications.disclosed.models import COLUMN
from gongkai.applications.intake.arriving import Incoming, take_in
from gongkai.applications.models import ApplicantKind, Application, Channel, Delivery, Letter, Provision
from gongkai.applications.services import Person, Wanted
from gongkai.bureau.calendar import working_calendar
from gongkai.bureau.models import Agency, Department, User
from gongkai.bureau.tokens import new_token
from gongkai.disputes import services as disputing
from gongkai.disputes.models import DisputeKind, DocumentKind
from gongkai.law.outcomes import outcome
from gongkai.portal.duties import services as duties
from gongkai.portal.models import Column

from .organisation import LEADER, PEOPLE, chief_of, writer_of

_ACCOUNTS, _OFFICE, _COUNTY = "综合核算处", "办公室", "330302-tjj"
_GRANTED = "granted.provided"
_LETTER = {"officer": "演示经办", "delivery": "signed_post"}
# Whoever it was asked by, in the order of their coming.
_NAMES = "甲乙丙丁戊己庚辛壬癸"
_MATTER = "2025年全市分行业增加值"


@transaction.atomic
def fill(bureau: Agency) -> None:
    """Make them, unless somebody has applied already since the year of the report."""
    if Application.objects.filter(agency=bureau, source_key=None).exists():
        return
    _Counter(bureau, timezone.localdate()).everything()


@dataclass
class _Counter:
    """The counter of the bureau, and its people."""

    bureau: Agency
    today: date
    come: int = 0

    @cached_property
    def people(self) -> dict[str, User]:
        found = User.objects.filter(username__in=[person.username for person in PEOPLE])
        return {user.username: user for user in found.select_related("agency", "department")}

    @cached_property
    def department(self) -> Department:
        return Department.objects.get(agency=self.bureau, name=_ACCOUNTS)

    @property
    def clerk(self) -> User:
        return self.people[writer_of(_OFFICE)]

    @property
    def handler(self) -> User:
        return self.people[writer_of(_ACCOUNTS)]

    @property
    def chief(self) -> User:
        return self.people[chief_of(_ACCOUNTS)]

    @property
    def leader(self) -> User:
        return self.people[LEADER]

    def ago(self, working_days: int) -> date:
        """The day from which so many working days have passed."""
        day, calendar = self.today, working_calendar()
        while working_days > 0 or not calendar.is_working_day(day):
            day -= timedelta(days=1)
            working_days -= calendar.is_working_day(day)
        return day

    def person(self, kind: ApplicantKind) -> Person:
        name = "演示申请人" if kind is ApplicantKind.NATURAL_PERSON else "演示单位"
        self.come += 1
        return Person(
            kind,
            name=f"{name}{_NAMES[self.come % len(_NAMES)]}",
            phone="0577-00000000",
            address="浙江省温州市（演示地址）",
            email=f"demo{self.come}@example.invalid",
        )

    def everything(self) -> None:
        """One application at every step, the oldest first: so are their numbers."""
        answered = self.served(self.at_work(32, "2024年全市规模以上工业企业分行业增加值增速"))
        self.at_work(23, "2023年以来分县市区社会消费品零售总额的核算说明")
        self.extended(self.at_work(18, "2015年至2025年全市人口变动抽样调查各年汇总数据"))
        self.at_work(17, "2025年分县市区居民人均可支配收入", ApplicantKind.RESEARCH)
        self.to_sign(self.at_work(13, "2025年分季度地区生产总值初步核算数"))
        self.to_review(self.at_work(12, "2024年全市文化及相关产业增加值", ApplicantKind.BUSINESS))
        self.consulting(self.at_work(9, "某企业2024年统计行政检查记录", ApplicantKind.LEGAL_SERVICE))
        self.coordinating(self.at_work(8, "鹿城区2024年分街道社会消费品零售总额"))
        self.correcting(self.at_work(6, "最近几年的统计材料"))
        self.register(self.ago(1), "2025年就业人员平均工资", ApplicantKind.NATURAL_PERSON)
        self.today_by_the_site()
        self.disputed(answered)
        self.told_to_all(answered)

    def register(self, day: date, wanted: str, kind: ApplicantKind) -> Application:
        return services.register(
            self.bureau,
            day,
            self.person(kind),
            wanted,
            channel=Channel.COUNTER,
            wanted=Wanted(provision=Provision.PAPER, delivery=Delivery.POST),
            actor=self.clerk,
        )

    def today_by_the_site(self) -> None:
        """As the form of the site does it."""
        came = Incoming(self.person(ApplicantKind.NATURAL_PERSON), _MATTER, Channel.INTERNET, self.today)
        take_in(self.bureau, came, new_token())

    def at_work(
        self, working_days: int, wanted: str, kind: ApplicantKind = ApplicantKind.NATURAL_PERSON
    ) -> Application:
        """Received so long ago, assigned and signed for the working day after."""
        application = self.register(self.ago(working_days), wanted, kind)
        day = self.ago(working_days - 1)
        services.assign(application, day, self.department, actor=self.clerk)
        services.sign_for(application, day, self.department, actor=self.handler)
        return application

    def issue(self, application: Application, code: str, day: date, actor: User, blanks: Mapping[str, Any]) -> None:
        """Write a letter, and post it the same day."""
        letter = letters.issue(application, code, {**_LETTER, **blanks}, actor, day)
        self.post(application, letter, day)

    def post(self, application: Application, letter: Letter, day: date) -> None:
        tracking = f"演示{letter.pk:06d}"
        services.send_letter(application, day, letter, "signed_post", tracking=tracking, actor=self.clerk)

    def correcting(self, application: Application) -> None:
        """Article 30: within seven working days, once."""
        blanks = {
            "unclear": "没有写明所需信息的名称、文号或者便于查询的其他特征。",
            "to_supply": "请写明需要哪些年份、哪些指标的统计材料。",
            "working_days": 15,
        }
        self.issue(application, "correction", self.ago(4), self.handler, blanks)

    def consulting(self, application: Application) -> None:
        """Article 32: the clock stands while a third party is asked."""
        blanks = {
            "recipient": "演示企业（第三方）",
            "recipient_address": "浙江省温州市（演示地址）",
            "information": "贵单位2024年统计行政检查记录一份。",
            "answer_way": "书面意见寄本局办公室。",
        }
        self.issue(application, "third_party_consultation", self.ago(6), self.handler, blanks)

    def extended(self, application: Application) -> None:
        blanks = {"reason": "涉及年份较多，需要逐年核对口径。", "working_days": 20}
        self.issue(application, "extension", self.ago(3), self.leader, blanks)

    def coordinating(self, application: Application) -> None:
        """会商 with a bureau of this installation, which has not answered yet."""
        day = self.ago(4)
        opened = coordinating.open_coordination(
            application,
            day,
            question="该数据由贵局制作，请说明能否公开及依据。",
            shown="鹿城区2024年分街道社会消费品零售总额",
            trigger=Trigger.OTHER_MAKER,
            form=Form.ONLINE,
            actor=self.handler,
        )
        county = coordinating.whom_of(Agency.objects.get(code=_COUNTY))
        coordinating.ask(opened, day, county, actor=self.handler)

    def to_review(self, application: Application, drafted: int = 2) -> Letter:
        """What the reply rests on is on file, and the reply is drafted."""
        day = self.ago(drafted)
        for kind in outcome(_GRANTED).need:
            services.file_evidence(application, day, kind.code, f"{kind.label}：已核对（演示）。", actor=self.handler)
        blanks = {**_LETTER, "access": "所申请的数据一份，随本告知书提供。"}
        letter = letters.draft(application, "disclosure", _GRANTED, blanks, self.handler, day)
        services.draft_reply(application, day, letter, actor=self.handler)
        return letter

    def to_sign(self, application: Application, drafted: int = 2) -> Letter:
        letter = self.to_review(application, drafted)
        services.review_reply(application, self.ago(drafted - 1), letter.digest, opinion="同意", actor=self.chief)
        return letter

    def served(self, application: Application) -> Application:
        letter = self.to_sign(application, 16)
        letters.sign(application, letter, self.leader, self.ago(14))
        self.post(application, letter, self.ago(14))
        proof = _paper("邮件签收单（演示）", "已由收件人签收。")
        services.record_service(application, self.ago(12), letter, proof, "签收单.docx", actor=self.clerk)
        return Application.objects.select_related("agency", "applicant").get(pk=application.pk)

    def disputed(self, application: Application) -> None:
        """A review over the reply: the copy of the claim has come, the answer is due."""
        dispute = disputing.file(
            self.bureau,
            self.ago(5),
            number=f"温政复演〔{self.ago(5).year}〕1号",
            kind=DisputeKind.REVIEW,
            application=application,
            body=self.bureau.review_government,
            body_kind="government",
            claims="认为所提供的数据不完整，请求责令重新答复（演示）。",
            actor=self.clerk,
        )
        claim = _paper("行政复议申请书副本（演示）", "请求责令被申请人重新答复。")
        day = self.ago(4)
        disputing.add_document(dispute, day, DocumentKind.CLAIM, claim, "申请书副本.docx", actor=self.clerk)
        disputing.notify(dispute, day, actor=self.clerk)

    def told_to_all(self, application: Application) -> None:
        """The reply goes into the disclosure log: its column is made with the first draft, and somebody keeps it."""
        words = disclosing.Words(
            "2024年全市规模以上工业企业分行业增加值增速",
            "申请公开2024年全市规模以上工业企业分行业增加值增速。",
            "已提供数据一份。",
        )
        day = self.ago(1)
        entry = disclosing.propose(application, day, words, actor=self.handler)
        disclosing.approve(entry, day, entry.digest, actor=self.chief)
        disclosing.draft(entry, day, self.clerk)
        column = Column.objects.select_related("agency").get(agency=self.bureau, name=COLUMN)
        office = Department.objects.get(agency=self.bureau, name=_OFFICE)
        deputy = self.people[chief_of(_OFFICE)]
        duties.assign(column, office, self.clerk, deputy, self.today, self.leader)


def _paper(heading: str, text: str) -> bytes:
    document, out = Document(), BytesIO()
    document.add_heading(heading)
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()
