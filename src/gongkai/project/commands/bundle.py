"""``gongkai bundle``: the evidence bundle of a case as a file."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.project.cli import Command
from gongkai.project.setup import start


@click.command(cls=Command)
@click.argument("number", metavar="登记编号")
@click.option("--agency", "code", metavar="机关代码", help="哪个机关的申请；只有一个机关时可以不写。")
@click.option(
    "--out",
    metavar="文件",
    type=click.Path(dir_okay=False, path_type=Path),
    help="写出的 ZIP 文件；不写的，在当前文件夹按编号命名。",
)
@click.option("--redacted", is_flag=True, help="第三方版：遮盖申请人的个人信息，不收入扫描件。")
def command(number: str, code: str | None, out: Path | None, redacted: bool) -> int:
    """生成一件申请的证据包，供行政复议、行政诉讼举证；用 gongkai verify 核对。

    编号可以是登记编号或者收件编号。完整版含有申请人的个人信息，请妥善保管。
    """
    start()
    from django.db.models import Q

    from gongkai.applications.models import Application
    from gongkai.bureau.roles import NotPermittedError
    from gongkai.evidence.services import make
    from gongkai.evidence.verifying import fingerprint
    from gongkai.project.choose import agency_of

    agency = agency_of(code)
    named = Application.objects.filter(Q(number=number) | Q(external_number=number), agency=agency)
    found = list(named.select_related("agency", "applicant")[:2])
    if len(found) != 1:
        what = "有几件" if found else "没有"
        raise click.ClickException(f"{agency.name}{what}编号为 {number} 的申请，请核对编号。")
    try:
        bundle = make(found[0], redacted=redacted)
        target = out or Path(bundle.name)
        _write(target, bundle.content)
    except (NotPermittedError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"不能写出文件（{error.strerror}）。") from error
    count, withheld = len(bundle.manifest.files), len(bundle.manifest.withheld)
    click.echo(f"已写出 {target}：{count} 个文件" + (f"，另有 {withheld} 个没有收入（见目录）。" if withheld else "。"))
    click.echo(f"公钥指纹：{fingerprint(bundle.manifest.public_key)}")
    return 0


def _write(target: Path, content: bytes) -> None:
    """All of it, or nothing under that name; for its owner only, as it holds personal data."""
    draft = target.with_name(f".{target.name}.part")
    draft.touch(mode=0o600)
    draft.write_bytes(content)
    draft.replace(target)
