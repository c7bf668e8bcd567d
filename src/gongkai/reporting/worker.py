"""The process that reads and checks uploaded reports (:mod:`.inspection`): JSON in, JSON out; no Django, no disk."""

from __future__ import annotations

import base64
import json
import resource
import sys
from typing import Any

from gongkai.annual.checks import check
from gongkai.annual.checks.result import as_object
from gongkai.annual.read import ReadError, read_bytes
from gongkai.annual.report import Report
from gongkai.annual.write.json import as_json, encode

MEMORY_LIMIT = 2 * 2**30  # bytes of address space
CPU_LIMIT = 60  # seconds


def answer(question: list[dict[str, Any]]) -> str:
    """The report and the findings of the first file, checked against the second where there is one."""
    reports: list[Report] = []
    for each in question:
        try:
            reports.append(read_bytes(base64.b64decode(each["content"]), each["name"]))
        except ReadError as error:
            return json.dumps({"error": str(error), "of": len(reports)})
    findings = check(*reports)
    result = json.dumps(as_object(question[0]["name"], reports[0], findings), ensure_ascii=False)
    return f'{{"report": {encode(as_json(reports[0]))}, "result": {result}}}'


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_LIMIT, CPU_LIMIT))
    sys.stdout.write(answer(json.load(sys.stdin)))


if __name__ == "__main__":
    main()
