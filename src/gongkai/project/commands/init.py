"""``gongkai init``: set an installation up, from a file or from a few questions."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongkai.project.cli import Command
from gongkai.project.setup import pending_migrations, start

if TYPE_CHECKING:
    from gongkai.project.founding.making import Made
    from gongkai.project.founding.plan import Plan

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SHOWN = 12
# What is asked of the body: field, question.
_QUESTIONS = (
    ("code", "机关代码（自己定，字母和数字，例如 shili-tjj）"),
    ("name", "机关全称"),
    ("short_name", "简称（可以空着）"),
    ("region_code", "行政区划代码（6位，可以空着）"),
    ("credit_code", "统一社会信用代码（18位，可以空着）"),
    ("site_code", "网站标识码（10位，可以空着）"),
    ("office", "政府信息公开工作机构"),
    ("address", "办公地址（可以空着）"),
    ("postcode", "邮政编码（可以空着）"),
    ("office_hours", "办公时间（可以空着）"),
    ("telephone", "联系电话（可以空着）"),
    ("fax", "传真（可以空着）"),
    ("email", "电子邮箱（可以空着）"),
    ("website", "网站地址（以 https:// 开头，可以空着）"),
    ("review_government", "行政复议机关（可以空着）"),
    ("court", "有管辖权的人民法院（可以空着）"),
)
_REQUIRED = {"code", "name"}
# Whom the work needs: role and what they do.
_POSTS = (
    ("经办", "公开工作机构的经办人"),
    ("承办", "承办处室的承办人"),
    ("审核", "公开工作机构的审查人"),
    ("负责人", "签发的负责人"),
    ("安全员", "安全员"),
)


@click.command(cls=Command)
@click.option("--from", "source", metavar="文件.yaml", type=_FILE, help="按文件建立，不提问。")
@click.option("--example", is_flag=True, help="打印一份带说明的样例文件。")
def command(source: Path | None, example: bool) -> None:
    """建立机关、内设机构、第一批用户和全部栏目：回答几个问题，或者用 --from 给出写好的文件。

    重复运行只补上没有的，已有的不改动。
    """
    if example:
        click.echo(resources.files("gongkai.project.founding").joinpath("example.yaml").read_text("utf-8"), nl=False)
        return
    start(migrated=False)
    from gongkai.project.founding.making import make
    from gongkai.project.founding.reading import PlanError

    try:
        plan = _read(source) if source is not None else ask()
        _migrate()
        done = make(plan)
    except PlanError as error:
        for fault in error.faults:
            click.echo(f"  {fault}。", err=True)
        raise click.ClickException(f"有 {len(error.faults)} 处需要改正，什么也没有建立。") from error
    tell(done)


def _read(source: Path) -> Plan:
    from gongkai.project.founding.reading import read

    return read(source)


def _migrate() -> None:
    from django.core.management import call_command

    if pending_migrations():
        click.echo("正在建立数据库……")
        call_command("migrate", verbosity=0, interactive=False)


def ask() -> Plan:
    """Ask for what is needed, one question at a time; a wrong answer is asked again with the reason."""
    from gongkai.portal.moving.columns import sets
    from gongkai.project.founding.plan import AgencyPlan, Plan

    blank = AgencyPlan.model_construct(code="x", name="x")
    agency = {name: _answer(blank, name, question) for name, question in _QUESTIONS}
    departments = _list(click.prompt("内设机构（用逗号隔开，可以空着）", default="", show_default=False))
    people: list[dict[str, Any]] = []
    for role, what in _POSTS:
        username = click.prompt(f"{what}的用户名（可以空着）", default="", show_default=False).strip()
        if username:
            same = next((person for person in people if person["username"] == username), None)
            if same is not None:
                same["roles"].append(role)
            else:
                people.append({"username": username, "roles": [role]})
    titles = sets()
    for code, title in titles.items():
        click.echo(f"  {code:<10}{title}")
    columns = click.prompt("用哪一套栏目", type=click.Choice(list(titles)), default="city", show_choices=False)
    told = {"agency": agency, "departments": departments, "people": people, "columns": columns}
    return _checked(Plan, told)


def _checked(plan: type[Plan], told: dict[str, Any]) -> Plan:
    from pydantic import ValidationError

    from gongkai.project.founding.reading import PlanError, in_chinese

    try:
        return plan.model_validate(told)
    except ValidationError as error:
        raise PlanError([in_chinese(fault) for fault in error.errors()]) from error


def _answer(blank: Any, name: str, question: str) -> str:
    from pydantic import ValidationError

    from gongkai.project.founding.reading import in_chinese

    default = "办公室" if name == "office" else None if name in _REQUIRED else ""
    while True:
        answer: str = click.prompt(question, default=default, show_default=bool(default)).strip()
        try:
            type(blank).__pydantic_validator__.validate_assignment(blank.model_copy(), name, answer)
        except ValidationError as error:
            click.echo(f"  {in_chinese(error.errors()[0])}。", err=True)
            continue
        return answer


def _list(text: str) -> list[str]:
    for sign in "，、；;":
        text = text.replace(sign, ",")
    return [part.strip() for part in text.split(",") if part.strip()]


def tell(done: Made) -> None:
    """Print what was made, what was there, and the first passwords."""
    for words, names in (("新建", done.made), ("已有，没有改动", done.there)):
        if names:
            more = f"等 {len(names)} 项" if len(names) > _SHOWN else ""
            click.echo(f"{words}：{'、'.join(names[:_SHOWN])}{more}。")
    if done.passwords:
        click.echo("第一次登录的口令（只显示这一次，请分别告知本人，登录后在“账号设置”中改掉）：")
        for username, password in done.passwords.items():
            click.echo(f"  {username:<16}{password}")
    click.echo("下一步：gongkai serve 启动网站；原网站的文章用 gongkai import site 迁入。")
