"""Choosing among items and published documents: those of one's own agency, found by words of title and 文号."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import BaseChooseView, ChooseResultsView, ChooseView, ChosenView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.snippets.views.chooser import ChooseResultsView as ItemResultsView
from wagtail.snippets.views.chooser import ChooseView as ItemChooseView
from wagtail.snippets.views.chooser import SnippetChooserViewSet, SnippetChosenView

from ..models import ItemType, Publication


class WordsFilter(BaseFilterForm):
    """Searches title and 文号."""

    q = forms.CharField(
        label="标题或者文号", required=False, widget=forms.TextInput(attrs={"placeholder": "标题或者文号"})
    )

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        objects = super().filter(objects)
        if words := self.cleaned_data.get("q"):
            objects = objects.filter(Q(title__icontains=words) | Q(document_number__icontains=words))
            self.is_searching, self.search_query = True, words
        return objects


class _Own(BaseChooseView):
    """Records of the agency of whoever chooses."""

    filter_form_class = WordsFilter
    ordering = ("-pk",)
    per_page = 15

    def get_object_list(self) -> QuerySet[Any]:
        return self.model_class.objects.filter(agency=self.request.user.agency_id)

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, Column("document_number", label="文号"), Column("formed_on", label="成文日期")]


class _OwnDocuments(_Own):
    def get_object_list(self) -> QuerySet[Any]:
        """Documents and notices: what can be interpreted."""
        return super().get_object_list().filter(type__in=[ItemType.DOCUMENT, ItemType.NOTICE])


class ItemChoose(_OwnDocuments, ItemChooseView):
    """The dialogue of 所解读的文件."""


class ItemResults(_OwnDocuments, ItemResultsView):
    """Its results."""


class _OwnChosen:
    request: Any
    model_class: Any

    def get_object(self, pk: str) -> Any:
        return self.model_class.objects.get(pk=pk, agency=self.request.user.agency_id)


class ItemChosen(_OwnChosen, SnippetChosenView):
    """The item that was chosen."""


class ItemChooserViewSet(SnippetChooserViewSet):
    """Choose an item of one's own agency."""

    choose_view_class = ItemChoose
    choose_results_view_class = ItemResults
    chosen_view_class = ItemChosen


class _Published(_Own):
    def get_object_list(self) -> QuerySet[Any]:
        """Documents that this site published."""
        return super().get_object_list().filter(edition__isnull=False).exclude(document_class="")


class PublicationChoose(_Published, ChooseView):
    """The dialogue of 原文件."""


class PublicationResults(_Published, ChooseResultsView):
    """Its results."""


class PublicationChosen(_OwnChosen, ChosenView):
    """The document that was chosen."""


class PublicationChooserViewSet(ChooserViewSet):
    """Choose a document that was published here."""

    model = Publication
    icon = "doc-full"
    choose_one_text = "选择原文件"
    choose_another_text = "改选另一文件"
    edit_item_text = "查看这个文件"
    choose_view_class = PublicationChoose
    choose_results_view_class = PublicationResults
    chosen_view_class = PublicationChosen


publication_chooser = PublicationChooserViewSet("portal_publication_chooser", url_prefix="portal/choose-publication")
