"""Make a bundle: collect, list, sign; and keep on record who took it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai import __version__
from gongkai.applications.events import STREAM as APPLICATIONS
from gongkai.applications.models import Access, Application
from gongkai.bureau.models import User
from gongkai.bureau.roles import NotPermittedError
from gongkai.disputes.events import STREAM as DISPUTES
from gongkai.disputes.files import record
from gongkai.disputes.models import Dispute
from gongkai.ledger.chain import moment
from gongkai.ledger.fields import UnreadableError

from .beside import Beside
from .container import (
    CHAIN,
    ENTRIES,
    FORMAT,
    MANIFEST,
    SIGNATURE,
    AgencyOf,
    Content,
    HeadOf,
    Manifest,
    WithheldOf,
    chain_lines,
    entry_line,
    write,
)
from .contents import Case, titles
from .keys import signing_key
from .ledger import chain_of, entries_of, head_of, told
from .masking import Mask
from .paper import Part, Table, as_pdf, pages_of
from .verifying import fingerprint

FULL, REDACTED = "full", "redacted"
VARIANTS = {FULL: "完整版（提交复议机关、法院）", REDACTED: "第三方版（遮盖个人信息）"}
LIST, HOW = "目录.pdf", "怎样核对.txt"


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle, the name to save it under, and what it says of itself."""

    content: bytes
    name: str
    manifest: Manifest


def make(
    application: Application, *, redacted: bool = False, user: User | None = None, now: datetime | None = None
) -> Bundle:
    """The bundle of a case. Who took it is recorded. The same case at the same moment makes the same bytes.

    Raises :class:`NotPermittedError` when a file is lost or the ledger is not what was written.
    """
    now = now or timezone.now()
    try:
        bundle = _make(application, redacted, now)
    except UnreadableError as error:
        raise NotPermittedError(str(error)) from error
    if user is not None:
        _record(application, user, redacted=redacted)
    return bundle


def _make(application: Application, redacted: bool, now: datetime) -> Bundle:
    agency = application.agency
    disputes = list(Dispute.objects.filter(application=application).order_by("filed_on", "pk"))
    beside = Beside.of(application)
    case = Case(application, disputes, beside, Mask.of(application.applicant, redacted=redacted))
    with transaction.atomic():
        head = head_of(agency)
        case.collect()
        streams = [(APPLICATIONS, application.pk), *beside.streams, *((DISPUTES, each.pk) for each in disputes)]
        entries = _entries(case, streams, head)
        chain = chain_lines(chain_of(agency, head))
    key = signing_key()
    public = key.public_key().public_bytes_raw().hex()
    contents = [
        Content(HOW, "怎样核对", _how(public).encode()),
        *case.contents,
        Content(ENTRIES, "本案各条记录", entries.encode()),
        Content(CHAIN, "机关台账的摘要链", chain),
    ]
    listed = _list(application, contents, case.withheld, public, now, redacted=redacted)
    contents.insert(0, Content(LIST, "目录", listed, pages_of(listed)))
    manifest = Manifest(
        format=FORMAT,
        program=__version__,
        agency=AgencyOf(id=agency.pk, code=agency.code, name=agency.name),
        number=application.number,
        variant=REDACTED if redacted else FULL,
        created_at=moment(now),
        streams=streams,
        chain=head,
        files=[each.described() for each in contents],
        withheld=case.withheld,
        public_key=public,
    )
    encoded = manifest.encoded()
    out = io.BytesIO()
    signature = key.sign(encoded).hex().encode()
    write(out, [*((each.path, each.data) for each in contents), (MANIFEST, encoded), (SIGNATURE, signature)])
    variant = "（第三方版）" if redacted else ""
    return Bundle(out.getvalue(), f"证据包-{application.number}{variant}.zip", manifest)


def _entries(case: Case, streams: Sequence[tuple[str, int]], head: HeadOf) -> str:
    """The case's entries, a line each. One in which somebody wrote the applicant's name stays out of what others get:
    nothing of it can be changed without its digest telling.
    """
    lines = []
    for entry in entries_of(case.application.agency, streams, head.position):
        line = entry_line(told(entry))
        if case.mask.is_in(entry.payload):
            title = f"台账第 {entry.position} 条记录"
            case.withheld.append(WithheldOf(title=title, reason="文字中写有个人信息", sha256=entry.digest))
        else:
            lines.append(line)
    return "".join(lines)


def _list(
    application: Application,
    contents: Sequence[Content],
    withheld: Sequence[WithheldOf],
    public: str,
    now: datetime,
    *,
    redacted: bool,
) -> bytes:
    rows = list(titles(list(contents)))
    parts = [
        Part(
            "",
            [
                f"机关：{application.agency.name}　登记编号：{application.number}",
                f"版本：{VARIANTS[REDACTED if redacted else FULL]}",
                f"生成时间：{timezone.localtime(now):%Y-%m-%d %H:%M:%S}　程序：公开 {__version__}",
            ],
        ),
        Part("文件", (), Table(("序号", "文件", "页数", "SHA-256 摘要"), (8, 44, 8, 40), rows)),
    ]
    if withheld:
        kept = [(each.title, each.reason, each.sha256) for each in withheld]
        parts.append(Part("没有收入的文件", (), Table(("文件", "原因", "SHA-256 摘要"), (30, 30, 40), kept)))
    note = (
        "在任何一台装有本程序的机器上运行 gongkai verify 加本文件名，即可核对；不用本程序的核对方法见“怎样核对.txt”。"
    )
    parts.append(Part("签名密钥", [f"公钥指纹（SHA-256）：{fingerprint(public)}", note]))
    return as_pdf("证据目录", application.agency.name, "", parts)


def _how(public: str) -> str:
    return f"""怎样核对这个证据包

一、用程序：gongkai verify 证据包.zip
    不需要数据库，也不需要联网。要确认是哪个机关的系统生成的，先向机关要公钥指纹，再加 --key "指纹"。
    公钥：{public}
    公钥指纹：{fingerprint(public)}
    有同一机关先后生成的几个证据包的，一并列出：gongkai verify 甲.zip 乙.zip，还会核对两次之间台账有没有被改动。

二、不用程序，逐项核对：
    1. 文件：对每个文件计算 SHA-256，与 {MANIFEST} 的 files 比较，顺序也应相同。
    2. 签名：{SIGNATURE} 是对 {MANIFEST} 全部字节的 Ed25519 签名（十六进制），用上面的公钥验证。
    3. 本案记录：{ENTRIES} 每行一条。把 agency、position、stream、stream_id、kind、occurred_on、recorded_at、
       actor（没有的为空）、payload、previous 按此次序以换行符（LF）连接成 UTF-8 文字，计算 SHA-256，应当等于 digest。
    4. 在链上：{CHAIN} 自第 1 条起列出机关台账每一条的序号和摘要。本案每条的 digest 应与同一序号的摘要相同，
       previous 应与上一序号的摘要相同（第 1 条的 previous 是 64 个 0）；最后一行应与 {MANIFEST} 的 chain 相同。

三、这证明什么，不证明什么：
    本案的记录一经写入就含有上一条的摘要，其后的每一条又含有它的摘要；事后改动、删去、补插任何一条，
    都会使其后全部摘要改变，与此前任何一次生成的证据包、上级机关留存的链头不符。
    其他案件的内容不在这里，只有摘要；那些摘要各自与其内容相符，由机关运行 gongkai verify（不带文件名）证明。
    台账中没有申请人的个人信息，所以遮盖个人信息的版本也能这样核对。
"""


@transaction.atomic
def _record(application: Application, user: User, *, redacted: bool) -> None:
    what = "证据包（第三方版）" if redacted else "证据包（完整版）"
    Access.objects.create(application=application, user=user, what=what)
    for dispute in Dispute.objects.filter(application=application):
        record(dispute, user, what)
