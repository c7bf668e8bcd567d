"""Applications that another platform took in (the provincial portal): its export brought in, each under its number.

The export is a workbook, or JSON: a list of objects whose names are the headings. The same export brought in again
changes nothing. ``gongkai import applications`` later continues the same cases.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from django.utils import timezone

from gongkai.bureau.models import Agency, User
from gongkai.bureau.roles import NotPermittedError
from gongkai.bureau.tokens import new_token
from gongkai.law.errors import LawError
from gongkai.law.receipt import Channel
from gongkai.sheets.book import Batch, Book, Col, Row, Sheet, Tally, Values, words_of
from gongkai.sheets.importing import Imported, import_book
from gongkai.sheets.safety import UnreadableFileError

from ..models import ApplicantKind, Application, Delivery, IdType, Provision
from ..services import Person, Wanted
from ..sheets import APPLICATIONS
from .arriving import Incoming, is_known, take_in

LARGEST = 20_000_000  # bytes of an export
_KINDS = words_of(ApplicantKind) | {"公民": "natural_person", "个人": "natural_person", "其他": "other_organization"}
_IDS = words_of(IdType) | {"身份证": "resident", "营业执照": "credit_code", "其他": "other"}
_PROVISIONS = words_of(Provision) | {"纸面": "paper", "电子邮件": "electronic", "光盘": "disc", "电子": "electronic"}
_DELIVERIES = words_of(Delivery) | {
    "快递": "post",
    "自取": "pick_up",
    "当面领取": "pick_up",
    "邮件": "email",
    "网上下载": "portal",
    "在线获取": "portal",
    "当场阅读、抄录": "on_site",
}
_WANTED = ("title", "reference", "provision", "delivery")
_KEY = 40  # characters of a key of the ledger

COLUMNS = (
    Col("number", "申请编号", required=True, max_length=60, aliases=("收件编号", "申请号", "受理编号", "办件编号")),
    Col("arrived_on", "提交日期", "date", required=True, aliases=("申请日期", "提交时间", "申请时间", "收到日期")),
    Col("kind", "申请人类型", "choice", required=True, choices=_KINDS, aliases=("申请人类别", "申请人性质")),
    Col(
        "name",
        "申请人",
        required=True,
        personal=True,
        max_length=100,
        aliases=("姓名", "申请人姓名", "名称", "申请人姓名或名称", "单位名称"),
    ),
    Col("id_type", "证件名称", "choice", choices=_IDS, aliases=("证件类型",)),
    Col("id_number", "证件号码", personal=True, max_length=60, aliases=("身份证号", "统一社会信用代码")),
    Col("representative", "法定代表人", personal=True, max_length=60, aliases=("法人代表", "负责人")),
    Col("contact", "联系人", personal=True, max_length=60, aliases=("联系人姓名",)),
    Col("phone", "联系电话", personal=True, max_length=60, aliases=("手机", "电话", "手机号码")),
    Col("email", "电子邮箱", personal=True, max_length=200, aliases=("邮箱",)),
    Col("address", "通信地址", personal=True, max_length=300, aliases=("地址", "联系地址", "通讯地址")),
    Col("postcode", "邮政编码", personal=True, max_length=12, aliases=("邮编",)),
    Col("title", "信息名称", personal=True, max_length=200, aliases=("标题", "申请标题")),
    Col("reference", "文号", personal=True, max_length=100, aliases=("信息文号",)),
    Col(
        "requested",
        "内容描述",
        personal=True,
        max_length=4000,
        aliases=("所需政府信息", "申请内容", "所需信息内容描述", "所需政府信息描述"),
    ),
    Col("provision", "提供方式", "choice", choices=_PROVISIONS, aliases=("信息提供方式", "指定提供方式")),
    Col("delivery", "获取途径", "choice", choices=_DELIVERIES, aliases=("获取方式", "获取信息的方式")),
)


def check(row: Values) -> Iterable[tuple[str, str]]:
    """What no single column can see."""
    if not (row["requested"] or row["title"] or row["reference"]):
        yield "requested", "内容描述、信息名称、文号至少填一项"
    if row["arrived_on"] > timezone.localdate():
        yield "arrived_on", "日期在今天之后"


def load(batch: Batch) -> Tally:
    """Register what is not registered yet, each on the day on which it was submitted (guiding case 26)."""
    tally = Tally()
    for row in batch.rows:
        number = row.values["number"]
        if is_known(batch.agency, number):
            tally.unchanged += 1
        else:
            try:
                taken = take_in(batch.agency, _incoming(row), new_token(), actor=batch.actor)
            except (LawError, NotPermittedError) as error:
                tally.errors.append(batch.error(row, str(error)))
            else:
                _name_as_ledger_does(taken.application, number)
                tally.created += 1
        batch.step(1)
    return tally


EXTERNAL = Book(
    "external",
    "其他平台收到的申请",
    (Sheet("其他平台收到的申请", COLUMNS, load, key=("number",), check=check),),
)


def bring_in(content: bytes, name: str, agency: Agency, *, actor: User | None, dry_run: bool = False) -> Imported:
    """Bring in an export; a bad row is named and then nothing is registered. Raises :class:`UnreadableFileError`."""
    if len(content) > LARGEST:
        raise UnreadableFileError(f"文件超过 {LARGEST // 1_000_000} MB，请分成几个文件。")
    is_json = Path(name).suffix.lower() == ".json"
    with TemporaryDirectory(prefix="gongkai-") as folder:
        path = Path(folder) / "导出.xlsx"
        if is_json:
            _write(_rows_of(content), path)
        else:
            path.write_bytes(content)
        return import_book(EXTERNAL, path, agency, actor=actor, dry_run=dry_run)


def _incoming(row: Row) -> Incoming:
    cells = row.values
    person = Person(
        ApplicantKind(cells["kind"]),
        **{
            name: cells[name] or ""
            for name in (
                *("name", "id_number", "phone", "address", "email", "id_type"),
                *("postcode", "contact", "representative"),
            )
        },
    )
    title, reference, provision, delivery = (cells[name] or "" for name in _WANTED)
    wanted = Wanted(title, reference, provision, delivery)
    text = cells["requested"] or cells["title"] or cells["reference"]
    return Incoming(person, text, Channel.INTERNET, cells["arrived_on"], wanted=wanted, external_number=cells["number"])


def _name_as_ledger_does(application: Application, number: str) -> None:
    """Give it the key that a row of the ledger with this number has, so that importing the ledger continues it."""
    key = f"{APPLICATIONS.sheets[0].title[:20]}:{number}"
    if len(number) <= _KEY and len(key) <= Application._meta.get_field("source_key").max_length:  # type: ignore[operator]
        Application.objects.filter(pk=application.pk).update(source_key=key)


def _rows_of(content: bytes) -> list[dict[str, Any]]:
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise UnreadableFileError("不是完好的 JSON 文件（UTF-8）；请重新导出。") from error
    if isinstance(told, dict):
        told = next((value for value in told.values() if isinstance(value, list)), None)
    if not isinstance(told, list) or not told or not all(isinstance(row, dict) for row in told):
        raise UnreadableFileError("JSON 文件应当是申请的列表，每件申请一个对象，以列名为键。")
    return told


def _write(rows: list[dict[str, Any]], path: Path) -> None:
    """Objects as a workbook, so that there is one way in which cells are read and errors told."""
    headings = list(dict.fromkeys(str(name) for row in rows for name in row))
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        sheet = workbook.add_worksheet()
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading)
            for number, row in enumerate(rows, start=1):
                value = row.get(heading)
                if value is not None:
                    sheet.write_string(number, column, value if isinstance(value, str) else str(value))
