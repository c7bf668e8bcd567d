"""What the portal registers with Wagtail: the editor of items, the choosers, the lists that an agency keeps."""

from __future__ import annotations

from typing import Any

from django.urls import path
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Item, ItemType
from .staff import bulk, editor, item, items, passing, proofs, verbs
from .staff.choosers import ItemChooserViewSet, publication_chooser
from .staff.columns import columns
from .staff.keeping import indicators, plans, words
from .staff.panels import editor_of


class ItemViewSet(SnippetViewSet):
    """Items: Wagtail's editor, preview, revisions and comparison, without its publishing, deleting and locking."""

    model = Item
    icon = "doc-full"
    url_prefix = "portal/items"
    url_namespace = "portal_items"
    chooser_base_url_path = "portal/choose-item"
    chooser_admin_url_namespace = "portal_item_chooser"
    chooser_viewset_class = ItemChooserViewSet
    add_view_class = editor.CreateView
    edit_view_class = editor.EditView
    revisions_revert_view_class = editor.RevertView
    history_view_class = editor.HistoryView
    revisions_view_class = editor.PreviewRevisionView
    revisions_compare_view_class = editor.CompareView
    preview_on_add_view_class = editor.PreviewNewView
    preview_on_edit_view_class = editor.PreviewView
    create_template_name = editor.CreateView.template_name
    edit_template_name = editor.EditView.template_name
    copy_view_enabled = False

    KEPT = frozenset(
        {"edit", "history", "history_results", "preview_on_add", "preview_on_edit", "revisions_view"}
        | {"revisions_revert", "revisions_compare"}
    )

    def get_edit_handler(self) -> Any:
        """Of an item in general; the views ask for that of its type."""
        return editor_of(ItemType.DOCUMENT)

    def get_menu_item_is_registered(self) -> bool:
        """It has a place in the menu of its own."""
        return True

    def get_permissions_to_register(self) -> Any:
        """None to tick: roles decide."""
        return super().get_permissions_to_register().none()

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        left_out = {"delete_url_name", "usage_url_name", "lock_url_name", "unlock_url_name", "unpublish_url_name"}
        return {name: value for name, value in found.items() if name not in left_out}

    def get_urlpatterns(self) -> list[Any]:
        at, edition = "<int:pk>/", "<int:pk>/editions/<int:edition>/"
        return [
            path("", items.ItemsView.as_view(), name="list"),
            path("results/", items.ItemsView.as_view(results_only=True), name="list_results"),
            path("new/", editor.TypesView.as_view(), name="types"),
            path("add/", self.add_view, name="add"),
            *[pattern for pattern in super().get_urlpatterns() if pattern.name in self.KEPT],
            path("bulk/<slug:verb>/", bulk.BulkView.as_view(), name="bulk"),
            path(at, item.ItemView.as_view(), name="item"),
            path(f"{at}examine/", item.ExamineView.as_view(), name="examine"),
            path(f"{at}preview/", proofs.DraftView.as_view(), name="preview"),
            path(f"{at}findings/<int:finding>/pass/", passing.RequestView.as_view(), name="pass"),
            path(f"{at}passes/<int:override>/confirm/", passing.ConfirmView.as_view(), name="confirm"),
            path(edition, proofs.ProofView.as_view(), name="edition"),
            path(f"{edition}difference/", proofs.DifferenceView.as_view(), name="difference"),
            path(f"{edition}files/data/<str:block>.csv", proofs.ProofDataView.as_view(), name="edition_data"),
            path(f"{edition}files/<str:digest>/<str:name>", proofs.ProofFileView.as_view(), name="edition_file"),
            path(f"{at}<slug:verb>/", verbs.VerbView.as_view(), name="verb"),
        ]


VIEWSETS = (publication_chooser, columns, words, indicators, plans)
