"""The first draft of a report's prose: in the Regulation's words, saying only what the figures say.

Every number in it is bound (`prose`), and so is every word that stands for one (未收到, 无). What no figure
can tell (problems, improvement, supervision) is asked of the clerk in 【请填写…】, and `unfinished` finds
what is still to be answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .prose import Lookup, escape, names_in, no_lookup, value_of
from .report import Number, Paragraph, Report, Section

PROMPT = "【请填写："

_ORGANISATIONS = "+".join(
    f"3.received.{code}" for code in ("business", "research", "public_welfare", "legal_service", "other_organization")
)
_SUITS = "4.suit_direct.{0}+4.suit_after_review.{0}"
_RESULTS = (("结果维持", "upheld"), ("结果纠正", "corrected"), ("其他结果", "other"), ("尚未审结", "pending"))

# Figures of the lookup that a draft uses when they are kept: (words before, name, words after).
_OUTLETS = (
    ("门户网站发布", "published.website", "条"),
    ("政务新媒体发布", "published.wechat", "条"),
    ("政府公报刊登", "published.gazette", "条"),
    ("新闻媒体发布", "published.media", "条"),
)
_SUPERVISION = (
    ("组织业务培训", "trainings.total", "次"),
    ("开展应急演练", "drills.total", "次"),
    ("开展监督检查", "inspections.total", "次"),
)


def draft(report: Report, lookup: Lookup = no_lookup) -> Report:
    """The report with preamble and six sections of bound prose; sections 二 to 四 are their tables alone.

    ``lookup`` gives the figures that are not cells and ``None`` for those nobody keeps; of these nothing is
    said. It is asked for ``published.*``, ``press_conferences.total``, ``inquiries.*``,
    ``applications.overdue``, ``trainings.total``, ``drills.total``, ``inspections.total`` and
    ``fees.information_processing`` (元, 国办函〔2020〕109号).
    """
    writer = _Writer(report, lookup)
    prose = {1: writer.overview(), 5: writer.problems(), 6: writer.other_matters()}
    return replace(
        report,
        preamble=tuple(map(Paragraph, writer.preamble())),
        sections=tuple(
            Section(head.number, head.title, tuple(map(Paragraph, prose.get(head.number, ()))))
            for head in report.form.sections
        ),
    )


def unfinished(report: Report) -> list[tuple[Section | None, Paragraph]]:
    """The paragraphs that still ask the clerk for words, with the section they stand in."""
    return [(section, paragraph) for section, paragraph in report.prose() if PROMPT in paragraph.text]


@dataclass(frozen=True, slots=True)
class _Writer:
    report: Report
    lookup: Lookup

    def value(self, expression: str) -> Number | None:
        """The value of a sum; ``None`` when a part of it is not known or not in the form."""
        total: Number = 0
        try:
            names = names_in(expression, self.report)
            for name in names:
                value = value_of(name, self.report, self.lookup)
                if value is None:
                    return None
                total += value
        except KeyError:
            return None
        return total

    def some(self, items: Iterable[tuple[str, str, str]]) -> list[str]:
        """``words{expression}unit`` of each item that is known and not 0."""
        return [f"{words}{{{name}}}{unit}" for words, name, unit in items if self.value(name)]

    def preamble(self) -> Iterator[str]:
        agency = escape(self.report.agency) or "本机关"
        yield (
            f"本报告由{agency}根据《中华人民共和国政府信息公开条例》，按照政府信息公开工作年度报告统一格式"
            f"（{self.report.form.document}）编制。"
        )
        if self.report.year is not None:
            year = self.report.year
            yield f"报告中所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"

    def overview(self) -> tuple[str, ...]:
        """Section 一: the five matters that the form wants told, none left out."""
        matters = (
            ("主动公开情况", self.disclosure(), "主动公开情况"),
            ("依申请公开情况", self.applications(), "依申请公开情况"),
            ("政府信息管理情况", self.documents(), "政府信息的审核、发布、更新、归档和规范性文件管理情况"),
            ("政府信息公开平台建设情况", self.platform(), "政府网站、政务新媒体和政府信息公开专栏建设情况"),
            ("监督保障情况", self.supervision(), "组织领导、业务培训、考核评议和责任追究情况"),
        )
        return tuple(
            f"（{number}）{title}。" + ("".join(f"{sentence}。" for sentence in sentences) or f"{PROMPT}{ask}】")
            for number, (title, sentences, ask) in zip("一二三四五", matters, strict=True)
        )

    def disclosure(self) -> list[str]:
        said = []
        if self.value("published.total"):
            outlets = self.some(_OUTLETS)
            said.append("全年主动公开政府信息{published.total}条" + (f"，其中{'、'.join(outlets)}" if outlets else ""))
        elif self.value("published.total") == 0:
            said.append("全年{published.total=0|没有新增主动公开的政府信息}")
        said += self.some((("召开新闻发布会", "press_conferences.total", "场"),))
        decisions = (("行政许可", "permits"), ("行政处罚", "penalties"), ("行政强制", "coercion"))
        made = self.some((f"{words}", f"2.{code}.decisions", "件") for words, code in decisions)
        every = "+".join(f"2.{code}.decisions" for _, code in decisions)
        if made:
            said.append(f"作出处理决定：{'、'.join(made)}")
        elif self.value(every) == 0:
            said.append(f"全年{{{every}=0|未作出行政许可、行政处罚、行政强制处理决定}}")
        said += self.some((("收取行政事业性收费", "2.fees.amount_wan", "万元"),))
        said += self.some((("实施政府集中采购项目", "2.procurement.projects", "个"),))
        return said

    def applications(self) -> list[str]:
        """Tables 三 and 四 in words."""
        if (received := self.value("3.received.total")) is None:
            return []
        carried_in = "，上年结转{3.carried_in.total}件" if self.value("3.carried_in.total") else ""
        if received:
            said = ["全年新收政府信息公开申请{3.received.total}件" + carried_in]
            applicants = (
                ("自然人提出", "3.received.natural_person", "件"),
                ("法人或其他组织提出", _ORGANISATIONS, "件"),
            )
            if by_whom := self.some(applicants):
                said.append("新收申请中，" + "，".join(by_whom))
        else:
            said = ["全年{3.received.total=0|未新收政府信息公开申请}" + carried_in]
        return said + self.outcomes() + self.disputes()

    def outcomes(self) -> list[str]:
        closed, carried_out = self.value("3.total.total"), self.value("3.carried_out.total")
        if not closed and not carried_out:
            return []
        said = ["办结{3.total.total}件" if closed else "全年{3.total.total=0|没有办结的申请}"]
        if closed and self.value("applications.overdue") == 0:
            said[0] += "，{applications.overdue=0|均在法定期限内答复}"
        if carried_out:
            said[0] += "，结转下年度继续办理{3.carried_out.total}件"
        elif carried_out == 0:
            said[0] += "，{3.carried_out.total=0|没有结转下年度继续办理的申请}"
        other = "3.other.total" if "other" in self.report.form.tables["3"].rows else "3.other.*.total"
        results = self.some(
            (
                ("予以公开", "3.granted.total", "件"),
                ("部分公开", "3.granted_in_part.total", "件"),
                ("不予公开", "3.denied.*.total", "件"),
                ("无法提供", "3.unavailable.*.total", "件"),
                ("不予处理", "3.not_processed.*.total", "件"),
                ("其他处理", other, "件"),
            )
        )
        return said + (["办理结果为：" + "，".join(results)] if results else [])

    def disputes(self) -> list[str]:
        review, suits = self.value("4.review.total"), self.value(_SUITS.format("total"))
        if review is None or suits is None:
            return []
        if not review and not suits:
            every = f"4.review.total+{_SUITS.format('total')}"
            return [f"全年{{{every}=0|没有因政府信息公开工作被申请行政复议、提起行政诉讼}}"]
        return [
            self.dispute("被申请行政复议", "4.review.{0}", review),
            self.dispute("被提起行政诉讼", _SUITS, suits),
        ]

    def dispute(self, words: str, cells: str, total: Number) -> str:
        total_of = cells.format("total")
        if not total:
            return f"因政府信息公开工作{{{total_of}=0|未{words}}}"
        results = self.some((label, cells.format(code), "件") for label, code in _RESULTS)
        return f"因政府信息公开工作{words}{{{total_of}}}件" + (f"，其中{'，'.join(results)}" if results else "")

    def documents(self) -> list[str]:
        if self.report.form.code == "2019":
            columns = (("新制作", "made"), ("新公开", "published"), ("对外公开总数量", "in_public"))
        else:
            columns = (("制发", "made"), ("废止", "repealed"), ("现行有效", "in_force"))
        said = []
        for row in ("rules", "normative_documents"):
            label = self.report.form.tables["2"].rows[row].label
            if numbers := self.some((words, f"2.{row}.{column}", "件") for words, column in columns):
                said.append(f"{label}：{'，'.join(numbers)}")
        return said

    def platform(self) -> list[str]:
        received = self.value("inquiries.received")
        if received is None:
            return []
        if not received:
            return ["全年{inquiries.received=0|未收到群众留言}"]
        details = (
            ("办结", "inquiries.closed", "件"),
            ("公开答复", "inquiries.public_replies", "件"),
            ("平均办理时间", "inquiries.mean_days", "天"),
        )
        return ["，".join(["接收群众留言{inquiries.received}件", *self.some(details)])]

    def supervision(self) -> list[str]:
        numbers = self.some(_SUPERVISION)
        return ["全年" + "，".join(numbers)] if numbers else []

    def problems(self) -> tuple[str, ...]:
        """Section 五: what no figure tells."""
        return (
            f"{PROMPT}本年度政府信息公开工作存在的主要问题】",
            f"{PROMPT}上年度问题的改进情况和下一步改进措施】",
        )

    def other_matters(self) -> tuple[str, ...]:
        """Section 六: the information processing fee, where it is kept."""
        fee = self.value("fees.information_processing")
        if fee is None:
            return (f"{PROMPT}收取政府信息公开信息处理费情况和其他需要报告的事项；没有的写“无”】",)
        if not fee:
            return ("本年度{fees.information_processing=0|未收取政府信息公开信息处理费}。",)
        return ("本年度收取政府信息公开信息处理费{fees.information_processing}元。",)
