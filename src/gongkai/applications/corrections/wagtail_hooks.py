"""更正 in the back office: its addresses and its place in the menu."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ..coordination.wagtail_hooks import OfAnAgency
from ..staff import corrections

urlpatterns = [
    path("", corrections.ListView.as_view(), name="list"),
    path("new/", corrections.RegisterView.as_view(), name="new"),
    path("<int:pk>/", corrections.OneView.as_view(), name="one"),
    path("<int:pk>/open/", corrections.OpenView.as_view(), name="open"),
    path("<int:pk>/code/", corrections.CodeView.as_view(), name="code"),
    path("<int:pk>/do/<slug:verb>/", corrections.VerbView.as_view(), name="verb"),
    path("file/<int:pk>/", corrections.FileView.as_view(), name="file"),
]


@hooks.register("register_admin_urls")
def correction_urls() -> list[URLPattern | URLResolver]:
    return [path("corrections/", include((urlpatterns, "corrections")))]


@hooks.register("register_applications_menu_item")
def corrections_item() -> MenuItem:
    return OfAnAgency("更正", reverse("corrections:list"), name="corrections", icon_name="edit", order=50)
