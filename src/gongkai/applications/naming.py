"""Whether some words name who applied: before they go to another body or to the public."""

from __future__ import annotations

from gongkai.bureau.examining import says

from .models import Applicant


def named_in(applicant: Applicant, words: str) -> str:
    """Which of an applicant's particulars stands in some words (Chinese), or ""."""
    told = {
        "姓名或者名称": applicant.name,
        "证件号码": applicant.id_number,
        "联系电话": applicant.phone,
        "电子邮箱": applicant.email,
        "通信地址": applicant.address,
        "联系人": applicant.contact,
        "法定代表人或者负责人": applicant.representative,
    }
    return next((label for label, value in told.items() if says(value, words)), "")
