"""Forms of the back office: the text of an item, and what each verb asks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model, Q, QuerySet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.permissions import policy_registry

from gongkai.bureau.models import Department
from gongkai.law.categories import categories

from ..models import Column, Indicator, Item, Openness, Publication
from ..queries import in_site_order

_LONGEST = 2000  # characters of an opinion or a reason
_SHORT = 60  # characters of a category in a drop-down list


def category_choices(nothing: str) -> list[tuple[str, str]]:
    """The categories of Articles 20 and 21 for a drop-down list, after a line that says what none means."""
    found = [("", nothing)]
    for each in categories(local=True):
        text = each.text if len(each.text) <= _SHORT else f"{each.text[: _SHORT - 1]}…"
        found.append((each.code, f"{each.rule}　{text}"))
    return found


class ItemForm(WagtailAdminModelForm):
    """The text of an item, within its agency: columns, departments, documents, pictures and files are its own.

    What a text names already may stay, whoever it belongs to now.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        item, own = self.instance, {"agency": self.instance.agency_id}
        self._named = _references(item.body) if item.pk else frozenset()
        columns = Column.objects.filter(Q(retired_on=None) | Q(pk=item.column_id), **own)
        _narrow(self, "column", in_site_order(columns))
        _narrow(self, "department", Department.objects.filter(**own))
        _narrow(self, "indicator", Indicator.objects.filter(**own))
        _narrow(self, "interprets", Item.objects.filter(**own))
        if "basis" in self.fields:
            field = self.fields["basis"]
            self.fields["basis"] = forms.ChoiceField(
                label=field.label, help_text=field.help_text, required=False, choices=category_choices("按栏目")
            )
        documents = _usable(get_document_model(), self.for_user)
        for form in self._children("attachments"):
            _narrow(form, "document", documents | get_document_model().objects.filter(pk=form.instance.document_id))
        for form in self._children("effects"):
            _narrow(form, "target", Publication.objects.filter(edition__isnull=False, **own))

    def _children(self, name: str) -> list[Any]:
        formset = self.formsets.get(name)
        return [] if formset is None else list(formset.forms)

    def clean_body(self) -> Any:
        """Nothing of another agency's library comes in by way of its number."""
        body = self.cleaned_data["body"]
        added = _references(body) - self._named
        for model in {model for model, _ in added}:
            if not issubclass(model, (AbstractImage, AbstractDocument)):
                continue
            numbers = {number for each, number in added if each is model}
            if _usable(model, self.for_user).filter(pk__in=numbers).count() < len(numbers):
                raise forms.ValidationError("正文引用了不属于本机关的图片或者文件，请从图库、文件库中重新选择。")
        return body


def _references(body: Any) -> frozenset[tuple[type[Model], str]]:
    """The records that a body names, by model and number."""
    return frozenset((model, str(number)) for model, number, *_ in body.stream_block.extract_references(body))


def _usable(model: type[Model], user: Any) -> QuerySet[Any]:
    """The pictures or files that a user may choose."""
    found: QuerySet[Any] = policy_registry.get_by_type(model).instances_user_has_permission_for(user, "choose")
    return found


def _narrow(form: forms.BaseForm, name: str, records: QuerySet[Any]) -> None:
    if name in form.fields:
        form.fields[name].queryset = records  # type: ignore[attr-defined]


class VerbForm(forms.Form):
    """A verb that asks for nothing but to be confirmed."""


def _text(label: str, help_text: str, *, required: bool) -> forms.CharField:
    widget = AdminAutoHeightTextInput(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=_LONGEST, widget=widget)


class ReviewForm(VerbForm):
    """Passing a step; ``digest`` is the proof that was looked at."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    opinion = _text("审查意见", "可以不写。会列入办理经过。", required=False)


class OfficeForm(ReviewForm):
    """The step of the disclosure office (Articles 13 to 17)."""

    openness = forms.ChoiceField(
        label="公开属性",
        choices=Openness.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请确定公开属性。"},
        help_text="只有主动公开的才能发布；其他的请退回并写明理由。",
    )
    secrecy_checked = forms.BooleanField(
        label="已经依照保守国家秘密法和政府信息公开条例第十七条进行保密审查，不涉及国家秘密",
        error_messages={"required": "没有经过保密审查的信息不能公开；审查之后请勾选。"},
    )
    field_order = ("openness", "secrecy_checked", "opinion", "digest")


class OpinionForm(VerbForm):
    """Sending a text back."""

    opinion = _text("退回的意见", "写明哪里要改、怎样改。起草人会看到。", required=True)


class ReasonForm(VerbForm):
    """What is done for a reason."""

    reason = _text("理由", "会列入办理经过。", required=True)


class PassForm(ReasonForm):
    """Letting a blocking finding pass; the record of it keeps 300 characters."""

    reason = forms.CharField(
        label="理由", required=True, max_length=300, widget=AdminAutoHeightTextInput(attrs={"rows": 3})
    )
