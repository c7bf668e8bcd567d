"""Which agency a command is about."""

from __future__ import annotations

import click

from gongkai.bureau.models import Agency


def agency_of(code: str | None) -> Agency:
    """The agency of that code; without a code, the only one there is. Raises ``click.ClickException``."""
    if code:
        agency: Agency | None = Agency.objects.filter(code=code).first()
        if agency is None:
            raise click.ClickException(f"没有代码为 {code} 的机关。{_known()}")
        return agency
    agencies: list[Agency] = list(Agency.objects.all()[:2])
    if len(agencies) == 1:
        return agencies[0]
    if agencies:
        raise click.ClickException(f"有几个机关，请用 --agency 指明是哪一个。{_known()}")
    raise click.ClickException("还没有登记机关，请先运行：gongkai agency 机关代码 机关名称")


def _known() -> str:
    some = [f"{agency.code}（{agency.name}）" for agency in Agency.objects.order_by("code")[:10]]
    return f"已登记的机关：{'、'.join(some)}。" if some else ""
