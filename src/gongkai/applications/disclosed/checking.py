"""Whether words may go out: nothing in them names the applicant or anybody else."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.bureau.examining import personal_data
from gongkai.bureau.models import Agency
from gongkai.examination.finding import Severity

from ..models import Applicant
from ..naming import named_in


def faults(agency: Agency, applicant: Applicant, words: Mapping[str, str]) -> list[str]:
    """Why these words may not go out, in Chinese: the applicant named, or data that must not be public.

    The rest of the examination is made by the site, before anybody is asked to publish.
    """
    told = [
        f"{place}里写有申请人的{named}，公开目录不写是谁申请的，请删去。"
        for place, text in words.items()
        if (named := named_in(applicant, text))
    ]
    blocking = [each for each in personal_data(agency, words) if each.severity is Severity.BLOCK]
    return told + [f"{each.place}：{each.message}" for each in blocking]
