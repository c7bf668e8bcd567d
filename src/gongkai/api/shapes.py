"""What is told of each kind of record: the fields of the answers, and the same as columns of CSV."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from gongkai.inquiries.models import Answer
from gongkai.portal.models import Publication
from gongkai.portal.queries import validity_of

from .paging import Paged


class PublicationOut(Schema):
    """主动公开信息."""

    id: int = Field(description="信息编号")
    title: str = Field(description="标题")
    url: str = Field(description="网页地址")
    column: str = Field(description="栏目")
    kind: str = Field(description="信息类别")
    index_number: str = Field(description="索引号")
    published_at: datetime = Field(description="发布时间")
    topic: str = Field(description="主题分类")
    document_number: str = Field(description="文号")
    document_class: str = Field(description="文件类别")
    formed_on: date | None = Field(description="成文日期")
    effective_on: date | None = Field(description="施行日期")
    expires_on: date | None = Field(description="有效期至")
    ended_on: date | None = Field(description="失去效力日期")
    validity: str | None = Field(description="有效性，今天的")

    @staticmethod
    def of(publication: Publication, today: date) -> dict[str, Any]:
        said = validity_of(publication, today)
        return {
            "id": publication.item_id,
            "title": publication.title,
            "url": publication.get_absolute_url(),
            "column": publication.column.name,
            "kind": publication.get_kind_display(),
            "index_number": publication.index_number,
            "published_at": publication.live_from,
            "topic": publication.topic,
            "document_number": publication.document_number,
            "document_class": publication.get_document_class_display(),
            "formed_on": publication.formed_on,
            "effective_on": publication.effective_on,
            "expires_on": publication.expires_on,
            "ended_on": publication.ended_on,
            "validity": said.value if said else None,
        }


class AttachmentOut(Schema):
    """附件."""

    name: str
    url: str


class WholePublicationOut(PublicationOut):
    """With the text, as it was approved."""

    summary: str = Field(description="摘要")
    html: str = Field(description="正文")
    attachments: list[AttachmentOut] = Field(description="附件")
    digest: str = Field(description="审定内容的 SHA-256")


class PublicationsOut(Paged):
    items: list[PublicationOut]


class AnswerOut(Schema):
    """留言的公开答复, without who asked."""

    id: int = Field(description="编号")
    title: str = Field(description="标题")
    question: str = Field(description="问题")
    reply: str = Field(description="答复")
    department: str = Field(description="承办处室")
    asked_on: date = Field(description="留言日期")
    published_on: date = Field(description="答复日期")
    days: int = Field(description="办理天数")

    @staticmethod
    def of(answer: Answer) -> dict[str, Any]:
        return {"id": answer.pk} | {
            name: getattr(answer, name)
            for name in ("title", "question", "reply", "department", "asked_on", "published_on", "days")
        }


class AnswersOut(Paged):
    items: list[AnswerOut]


class RegisterOut(Schema):
    """名录 of Article 20."""

    code: str = Field(description="代码")
    title: str = Field(description="名称")
    columns: list[str] = Field(description="各条的项目")


class EntryOut(Schema):
    """A row of a register: 项目 → 内容."""

    id: int
    fields: dict[str, str]


class EntriesOut(Paged):
    items: list[EntryOut]


class ReportOut(Schema):
    """政府信息公开工作年度报告."""

    agency: str = Field(description="机关")
    code: str = Field(description="机关代码")
    year: int = Field(description="年度")
    form: str = Field(description="格式")
    version: int = Field(description="版次")
    published_at: datetime = Field(description="发布时间")
    digest: str = Field(description="发布内容的 SHA-256")


class ReportsOut(Schema):
    items: list[ReportOut]


class CellOut(Schema):
    """A cell of the tables 二 to 四."""

    cell: str = Field(description="单元格，如 3.received.total")
    label: str = Field(description="表上的文字")
    value: float | int | None = Field(description="数；未填是 null")


class CellsOut(Schema):
    agency: str
    year: int
    form: str
    items: list[CellOut]


def headings(shape: type[Schema]) -> list[str]:
    """The head of a CSV, in the words of the descriptions."""
    return [field.description or name for name, field in shape.model_fields.items()]
