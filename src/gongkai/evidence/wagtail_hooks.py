"""证据包 in the back office."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks

from .views import BundleView

urlpatterns = [path("<int:pk>/", BundleView.as_view(), name="bundle")]


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern | URLResolver]:
    return [path("evidence/", include((urlpatterns, "evidence")))]
