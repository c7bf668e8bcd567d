"""A ledger of applications as offices keep it in Excel: personal data, corrections, extensions, opinions, fees.

The same seed gives the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

from gongkai.applications.models import ApplicantKind
from gongkai.applications.sheets import APPLICATIONS, CHANNELS, OUTCOMES
from gongkai.law.calendar import national_calendar

YEAR = 2024
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"
_GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂文辉鑫建华"
_STREETS = ("人民路", "中山大道", "解放街", "学院东路", "滨江大道", "建设新村")
_MATTERS = (
    "{}年度本市分行业固定资产投资统计数据",
    "{}号地块征收补偿方案及补偿安置协议",
    "关于{}号信访事项的处理意见书",
    "{}年以来本区老旧小区改造项目清单和资金安排",
    "第{}号行政处罚决定书全文",
    "本市{}年学区划分方案的制定依据",
)
_KINDS = [ApplicantKind.NATURAL_PERSON] * 8 + list(ApplicantKind)
_NEEDS_CORRECTION = {"unavailable.unclear_after_correction"}


def write_ledger(path: Path, rows: int) -> None:
    """The workbook of the template's columns, dates as Excel's own."""
    sheet = APPLICATIONS.sheets[0]
    with xlsxwriter.Workbook(path) as workbook:
        page = workbook.add_worksheet(sheet.title)
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        page.write_row(0, 0, [column.heading for column in sheet.columns])
        for number, values in enumerate(ledger(rows), start=1):
            for place, column in enumerate(sheet.columns):
                value = values.get(column.code)
                if isinstance(value, date):
                    page.write_datetime(number, place, value, day)
                elif value is not None:
                    page.write(number, place, column.words(value))


def ledger(rows: int) -> Iterator[dict[str, Any]]:
    """Values by column code, one row an application."""
    random = Random(711)
    calendar = national_calendar()
    days = [date(YEAR, 1, 1) + timedelta(days=number) for number in range(360)]
    outcomes = [code for code in OUTCOMES.values() if not code.startswith(("other.not_corrected", "other.fee"))]
    for number in range(1, rows + 1):
        received = random.choice(days)

        def later(working_days: int, after: date = received) -> date:
            return calendar.add_working_days(after, working_days)

        kind = random.choice(_KINDS)
        row: dict[str, Any] = {
            "number": f"YS{YEAR}{number:06d}",
            "received_on": received,
            "channel": random.choice(list(CHANNELS.values())),
            "kind": kind.value,
            **(_person(random) if kind is ApplicantKind.NATURAL_PERSON else _organisation(random)),
            "phone": f"13{random.randint(0, 999_999_999):09d}",
            "address": f"某某市某某区{random.choice(_STREETS)}{random.randint(1, 999)}号{random.randint(101, 2809)}室",
            "email": f"user{random.randint(1, 9_999_999)}@example.com",
            "requested": random.choice(_MATTERS).format(random.randint(2000, 2024)),
        }
        outcome = random.choice(outcomes)
        start = received
        if outcome in _NEEDS_CORRECTION or random.random() < 0.15:
            row["correction_requested_on"] = later(random.randint(1, 6))
            start = row["corrected_on"] = later(random.randint(8, 15))
        what = random.random()
        if what < 0.10:
            row["extended_on"] = later(random.randint(10, 18), start)
            closed = later(random.randint(19, 35), start)
        elif what < 0.16:
            row["consultation_sent_on"] = later(random.randint(2, 4), start)
            row["consultation_returned_on"] = later(random.randint(6, 15), start)
            closed = later(random.randint(16, 22), start)
        elif what < 0.18:
            row["fee_noticed_on"] = later(2, start)
            row["fee"] = 10 * random.randint(10, 400)
            row["fee_paid_on"] = later(8, start)
            closed = later(random.randint(9, 20), start)
        else:
            closed = later(random.randint(2, 20), start)
        if random.random() < 0.97:
            row |= {"closed_on": closed, "outcome": outcome, "document_number": f"信公〔{YEAR}〕{number}号"}
        yield row


def _person(random: Random) -> dict[str, str]:
    born = f"19{random.randint(50, 99)}{random.randint(1, 12):02d}{random.randint(1, 28):02d}"
    name = random.choice(_SURNAMES) + "".join(random.choices(_GIVEN, k=random.randint(1, 2)))
    return {"name": name, "id_number": f"3303{random.randint(1, 29):02d}{born}{random.randint(0, 9999):04d}"}


def _organisation(random: Random) -> dict[str, str]:
    name = f"某某市{''.join(random.choices(_GIVEN, k=2))}咨询有限公司"
    return {"name": name, "id_number": f"9133{random.randint(0, 10**14 - 1):014d}"}
