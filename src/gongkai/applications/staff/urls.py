"""Addresses under ``/admin/applications/``."""

from __future__ import annotations

from django.urls import path

from . import (
    bulk,
    doing,
    drafting,
    evidence,
    files,
    finding,
    lists,
    page,
    privacy,
    redacting,
    registering,
    registering_external,
    splitting,
)

urlpatterns = [
    path("", lists.ApplicationsView.as_view(), name="list"),
    path("results/", lists.ApplicationsView.as_view(results_only=True), name="list_results"),
    path("save/", lists.SaveListView.as_view(), name="list_save"),
    path("saved/<int:pk>/delete/", lists.DeleteListView.as_view(), name="list_delete"),
    path("several/<slug:verb>/", bulk.BulkView.as_view(), name="bulk"),
    path("find/", finding.FindView.as_view(), name="find"),
    *registering_external.urlpatterns,
    *registering.urlpatterns,
    path("accesses/", privacy.AccessLogView.as_view(), name="accesses"),
    path("retention/", privacy.RetentionView.as_view(), name="retention"),
    path("<int:pk>/", page.CaseView.as_view(), name="case"),
    path("<int:pk>/applicant/", page.RevealView.as_view(), name="reveal"),
    path("<int:pk>/do/<slug:verb>/", doing.VerbView.as_view(), name="verb"),
    path("<int:pk>/evidence/", evidence.EvidenceView.as_view(), name="evidence"),
    path("<int:pk>/files/", files.AddFileView.as_view(), name="file_add"),
    path("<int:pk>/files/<int:file>/", files.FileView.as_view(), name="file"),
    path("<int:pk>/letters/<int:letter>/", files.LetterView.as_view(), name="letter"),
    path("<int:pk>/letters/<int:letter>/again/", files.MailAgainView.as_view(), name="mail_again"),
    path("<int:pk>/redact/<int:file>/", redacting.RedactView.as_view(), name="redact"),
    path("<int:pk>/redact/<int:file>/<int:page>.png", redacting.RedactPageView.as_view(), name="redact_page"),
    path("<int:pk>/draft/", drafting.WizardView.as_view(), name="draft"),
    path("<int:pk>/draft/<str:outcome>/", drafting.DraftLetterView.as_view(), name="draft_letter"),
    path("<int:pk>/split/", splitting.SplitView.as_view(), name="split"),
]
