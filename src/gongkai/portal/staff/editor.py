"""Writing an item: Wagtail's editor without its publishing. A save says so to the ledger in its own transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import PreviewSidePanel
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.mixins import RevisionsRevertMixin
from wagtail.snippets.side_panels import SnippetStatusSidePanel
from wagtail.snippets.views import snippets

from gongkai.bureau.roles import NotPermittedError
from gongkai.ledger.services import lock

from .. import services
from ..models import Item, ItemType, Status
from .access import own_item_or_404, writes_for
from .panels import WHAT_FOR, editor_of

OUT_OF_DATE = "您打开之后，别人保存过这条信息。您写的都还在下面：请核对别人的改动（见“历史”），再保存一次即覆盖。"


class OwnMixin:
    """A page about an item that the reader may see; any other does not exist. Its panels are those of its type."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.own = own_item_or_404(request, kwargs["pk"])
        if self.own.agency_id != request.user.agency_id:  # type: ignore[union-attr]
            raise Http404
        super().setup(request, *args, **kwargs)  # type: ignore[misc]


class StatusPanel(SnippetStatusSidePanel):
    """Where it stands and who saved last."""

    def get_status_templates(self, context: Any) -> list[str]:
        return ["portal/staff/includes/status.html"]

    def get_context_data(self, parent_context: Any) -> Any:
        return super().get_context_data(parent_context) | {"last_updated_info": self.last_updated_info}


class _Saved:
    """What a save shares, on whatever page it happens."""

    request: Any
    object: Any
    form: Any
    produced_error_code: str
    produced_error_message: str
    status = 422

    def save_instance(self) -> Any:
        return self.recorded(super().save_instance)  # type: ignore[misc]

    def recorded(self, save: Callable[[], Any]) -> Any:
        """Save the text and its revision, and let the ledger know who wrote. Raises ``PermissionDenied``, which
        comes back as the form filled in, when the item may not be written at any more.
        """
        item = self.form.instance
        with transaction.atomic():
            lock(item.agency_id)  # before the row, as every verb does
            if item.pk is not None:
                self._take_over(item)
            saved = save()
            try:
                services.edited(saved, self.request.user)
            except NotPermittedError as error:
                self.status = 409
                raise PermissionDenied(str(error)) from error
        return saved

    def _take_over(self, item: Item) -> None:
        """Where the item stands is as the database has it now, and nobody saved since this request began."""
        now = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
        for name in Item.PROJECTED:
            setattr(item, name, getattr(now, name))
        if now.updated_at != self.loaded_at:
            self.status, item.updated_at = 409, now.updated_at
            raise PermissionDenied(OUT_OF_DATE)

    @property
    def loaded_at(self) -> Any:
        """When what this request found had been saved."""
        return self.object.updated_at

    def form_invalid(self, form: Any) -> Any:
        response = super().form_invalid(form)  # type: ignore[misc]
        if response.status_code == 200:
            response.status_code = self.status
        return response

    def get_side_panels(self) -> MediaContainer:
        """How it stands and the preview; not Wagtail's locking, nor its measures of English sentences."""
        panels: list[Any] = []
        if self.view_name != "create":  # type: ignore[attr-defined]
            told = {"history_url": self.get_history_url(), "last_updated_info": self.get_last_updated_info()}  # type: ignore[attr-defined]
            panels.append(StatusPanel(self.object, self.request, **told))
        if not self.expects_json_response:  # type: ignore[attr-defined]
            url = self.get_preview_url()  # type: ignore[attr-defined]
            panels.append(PreviewSidePanel(self.form.instance, self.request, preview_url=url))
        return MediaContainer(panels)

    def get_success_url(self) -> str:
        return reverse("portal_items:item", args=[self.object.pk])

    def get_success_buttons(self) -> list[Any]:
        return []

    def get_success_message(self, instance: Any = None) -> str:
        return f"已保存《{instance or self.object}》。现在还没有送审，公众看不到这次的内容。"


class CreateView(_Saved, snippets.CreateView):
    """Write a new item: the type first, then what the type asks for."""

    template_name = "portal/staff/create.html"
    error_message = "没有保存：请按各处提示改正。"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.kind = request.GET.get("type", "")
        if self.kind not in ItemType.values:
            raise Http404
        super().setup(request, *args, **kwargs)
        self.autosave_enabled = False  # nothing is kept that nobody asked to keep

    def get_panel(self) -> Any:
        return editor_of(self.kind)

    def get_form_class(self) -> Any:
        return editor_of(self.kind).get_form_class()

    def get_initial_form_instance(self) -> Item:
        user = self.request.user
        chosen = self.request.GET.get("column", "")
        item = Item(agency_id=user.agency_id, type=self.kind, department_id=user.department_id)
        if chosen.isdecimal():
            item.column_id = int(chosen)
        return item

    def get_page_subtitle(self) -> str:
        return ItemType(self.kind).label

    def get_add_url(self) -> str:
        return f"{reverse('portal_items:add')}?type={self.kind}"

    def get_preview_url(self) -> str:
        return f"{super().get_preview_url()}?type={self.kind}"

    def run_before_hook(self) -> Any:
        if self.request.user.agency_id is None:
            raise PermissionDenied
        return super().run_before_hook()


class TypesView(WagtailAdminTemplateMixin, TemplateView):
    """Which type of item to write."""

    template_name = "portal/staff/types.html"
    page_title = "新建信息"
    header_icon = "plus"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        agency = request.user.agency
        if agency is None or not writes_for(request.user, agency):
            raise PermissionDenied
        if request.GET.get("type"):
            return redirect(f"{reverse('portal_items:add')}?{request.GET.urlencode()}")
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = {"url": reverse("portal_items:list"), "label": "信息"}
        return [*self.breadcrumbs_items, items, {"url": "", "label": "新建"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        column = self.request.GET.get("column", "")
        more = f"&column={column}" if column.isdecimal() else ""
        address = reverse("portal_items:add")
        types = [
            {"label": kind.label, "what_for": WHAT_FOR[kind], "url": f"{address}?type={kind.value}{more}"}
            for kind in ItemType
        ]
        return super().get_context_data(**kwargs) | {"types": types}


class EditView(_Saved, OwnMixin, snippets.EditView):
    """Write at an item. A draft is saved while one writes; what was published only when one says so, because the
    first save of it begins a new round.
    """

    template_name = "portal/staff/edit.html"
    error_message = "没有保存：请按各处提示改正。"

    autosave_enabled: bool

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.autosave_enabled = self.autosave_enabled and self.object.status == Status.DRAFT

    def get_panel(self) -> Any:
        return editor_of(self.own.type)

    def get_form_class(self) -> Any:
        return editor_of(self.own.type).get_form_class()

    def is_valid(self, form: Any) -> bool:
        if not self.expects_json_response and self.is_out_of_date:
            self.status = 409
            self.produced_error_code, self.produced_error_message = "invalid_revision", OUT_OF_DATE
            return False
        if self.locked_for_user:
            self.status = 409
            self.produced_error_code = "locked"
            self.produced_error_message = self.lock.get_message(self.request.user)
            return False
        valid: bool = super().is_valid(form)
        return valid

    @cached_property
    def is_out_of_date(self) -> bool:
        """Wagtail compares revisions; an item that has none yet (moved in, drafted by a program) its last save."""
        seen = self.request.POST.get("loaded_updated_at")
        if seen and not self.request.POST.get("overwrite_revision_id"):
            return seen != self.loaded_at.isoformat()
        found: bool = super().is_out_of_date
        return found

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("portal_items:list"), "label": "信息"},
            {"url": reverse("portal_items:item", args=[self.own.pk]), "label": self.own.title},
            {"url": "", "label": "修改"},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"public_again": self.object.is_live, "loaded_at": self.loaded_at.isoformat()}


class RevertView(RevisionsRevertMixin, EditView):
    """Go back to an earlier text: it is shown in the editor, and saving it is a new revision."""

    view_name = "revisions_revert"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.autosave_enabled = False

    @property
    def loaded_at(self) -> Any:
        return self.own.updated_at

    def save_instance(self) -> Any:
        return self.recorded(super().save_instance)


class HistoryView(OwnMixin, snippets.HistoryView):
    """The revisions of the text; what happened to the item stands on its own page."""


class PreviewView(OwnMixin, snippets.PreviewOnEditView):
    """The page as the public would see it, of the text as it stands in the editor."""

    def get_form_class(self) -> Any:
        return editor_of(self.own.type).get_form_class()


class PreviewNewView(snippets.PreviewOnCreateView):
    """The same for a text that was never saved."""

    def get_object(self) -> Item:
        kind = self.request.GET.get("type", "")
        user = self.request.user
        if kind not in ItemType.values or user.agency_id is None:
            raise Http404
        return Item(agency_id=user.agency_id, type=kind)

    def get_form_class(self) -> Any:
        return editor_of(self.object.type).get_form_class()


class PreviewRevisionView(OwnMixin, snippets.PreviewRevisionView):
    """An earlier text as the public would have seen it."""


class CompareView(OwnMixin, snippets.RevisionsCompareView):
    """Two texts, and what differs."""

    def get_edit_handler(self) -> Any:
        return editor_of(self.own.type)
