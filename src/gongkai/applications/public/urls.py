"""Addresses under ``/ysqgk/``; the page of that address itself belongs to the portal."""

from __future__ import annotations

from django.urls import path

from . import applying, calculator, papers, receiving, status, suggesting

app_name = "apply"
urlpatterns = [
    path("shenqing/", applying.apply, name="apply"),
    path("shenqing/tishi", suggesting.suggestions, name="suggestions"),
    path("shenqing/dakai", suggesting.opened, name="opened"),
    path("huizhi/", receiving.receipt, name="receipt"),
    path("huizhi/huizhi.pdf", receiving.receipt_file, name="receipt_file"),
    path("chaxun/", status.status, name="status"),
    path("jisuan/", calculator.calculator, name="calculator"),
    path("biaoge/", papers.papers, name="papers"),
    path("biaoge/shenqingbiao.docx", papers.form_docx, name="form_docx"),
    path("biaoge/shenqingbiao.pdf", papers.form_pdf, name="form_pdf"),
    path("yinsi/", papers.privacy, name="privacy"),
]
