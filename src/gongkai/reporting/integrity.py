"""Whether published reports are what the ledger says was published: the table alone could be changed behind us."""

from __future__ import annotations

import json

from gongkai.bureau.models import Agency
from gongkai.ledger.models import Entry

from .models import AnnualReport, State
from .services import PUBLISHED, STREAM, digest_of


def altered(agency: Agency) -> list[str]:
    """What is wrong with an agency's published reports, in Chinese, a line a report; none when all are intact.

    Two queries. The chain itself is verified by :func:`gongkai.ledger.services.verify`.
    """
    entries = Entry.objects.filter(agency=agency, stream=STREAM, kind=PUBLISHED).values_list("stream_id", "payload")
    written = {pk: json.loads(payload) for pk, payload in entries.order_by("position")}
    found = []
    for report in AnnualReport.objects.filter(agency=agency, state=State.PUBLISHED).order_by("year", "version"):
        name = f"{report.year} 年度报告第 {report.version} 版"
        said = written.pop(report.pk, None)
        if said is None:
            found.append(f"{name}：台账里没有发布的记录")
        elif digest_of(report.frozen) != said["digest"] or (report.year, report.version) != (
            said["year"],
            said["version"],
        ):
            found.append(f"{name}：内容与发布时不同")
    found += [f"{said['year']} 年度报告第 {said['version']} 版：已发布的报告不见了" for said in written.values()]
    return found
