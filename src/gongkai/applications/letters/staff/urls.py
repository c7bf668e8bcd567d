"""Addresses under ``/admin/applications/letters/``."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.TemplatesView.as_view(), name="templates"),
    path("numbers/", views.NumbersView.as_view(), name="numbers"),
    path("<slug:code>/", views.KindView.as_view(), name="template"),
    path("<slug:code>/download/", views.DownloadView.as_view(), name="download"),
    path("<slug:code>/download/<int:version>/", views.DownloadView.as_view(), name="download_version"),
    path("<slug:code>/preview/", views.PreviewView.as_view(), name="preview"),
    path("<slug:code>/preview/<int:version>/", views.PreviewView.as_view(), name="preview_version"),
    path("<slug:code>/revert/", views.RevertView.as_view(), name="revert"),
]
