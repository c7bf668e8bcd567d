"""``gongkai init``: from a file or from answers; wrong files are told by key and line; twice is once."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from django.contrib.auth import authenticate

from gongkai.bureau.models import Agency, Department, User
from gongkai.bureau.roles import Role, roles_of
from gongkai.law.credit import check_sign
from gongkai.ledger.models import Entry
from gongkai.portal.models import Column, Duty
from gongkai.project import cli
from gongkai.project.commands import init
from gongkai.project.founding.reading import PlanError, read_text

pytestmark = pytest.mark.django_db
EXAMPLE = resources.files("gongkai.project.founding").joinpath("example.yaml").read_text("utf-8")


class Result(NamedTuple):
    status: int
    out: str
    err: str


Call = Callable[..., Result]


@pytest.fixture
def gongkai(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    monkeypatch.setenv("GONGKAI_HOME", str(tmp_path / "home"))

    def call(*arguments: str | Path) -> Result:
        monkeypatch.setattr(sys, "argv", ["gongkai", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capsys.readouterr()
        return Result(int(ended.value.code or 0), captured.out, captured.err)

    return call


@pytest.fixture
def example(tmp_path: Path) -> Path:
    path = tmp_path / "初始化.yaml"
    path.write_text(EXAMPLE, "utf-8")
    return path


def test_the_example_is_printed_as_it_can_be_used(gongkai: Call) -> None:
    printed = gongkai("init", "--example")
    assert (printed.status, printed.out) == (0, EXAMPLE)
    assert read_text(printed.out).agency.code == "shili-tjj"


def test_a_file_makes_the_body_its_people_and_its_columns(gongkai: Call, example: Path) -> None:
    done = gongkai("init", "--from", example)
    assert done.status == 0, done.err
    agency = Agency.objects.get(code="shili-tjj")
    assert (agency.office, agency.postcode) == ("办公室", "325000")
    assert list(agency.departments.values_list("name", flat=True)) == ["办公室", "综合核算处", "统计执法监督处"]
    columns = Column.objects.filter(agency=agency)
    assert (columns.filter(parent=None).count(), columns.exclude(parent=None).count()) == (9, 30)
    assert roles_of(User.objects.get(username="juzhang")) == {Role.LEADER}
    assert User.objects.get(username="guanli").is_superuser
    assert Duty.objects.get(column__name="市局动态").keeper.username == "hesuan"
    assert Entry.objects.filter(stream="portal.duty").exists()


def test_every_first_password_opens_the_door_and_is_told_once(gongkai: Call, example: Path) -> None:
    done = gongkai("init", "--from", example)
    told = dict(re.findall(r"^  (\w+) +([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})$", done.out, re.MULTILINE))
    assert set(told) == set(User.objects.values_list("username", flat=True))
    assert len(set(told.values())) == len(told)
    assert all(authenticate(username=name, password=password) for name, password in told.items())
    assert "口令" not in gongkai("init", "--from", example).out


def test_again_makes_nothing_and_changes_nothing(gongkai: Call, example: Path) -> None:
    gongkai("init", "--from", example)
    Agency.objects.filter(code="shili-tjj").update(address="新地址", court="")
    before = [model.objects.count() for model in (Agency, Department, User, Column, Duty, Entry)]
    done = gongkai("init", "--from", example)
    assert done.status == 0
    assert "新建" not in done.out
    assert "补上：有管辖权的人民法院" in done.out
    assert [model.objects.count() for model in (Agency, Department, User, Column, Duty, Entry)] == before
    assert Agency.objects.get(code="shili-tjj").address == "新地址"


def broken(find: str, put: str) -> str:
    assert find in EXAMPLE
    return EXAMPLE.replace(find, put, 1)


def line(text: str) -> int:
    return EXAMPLE[: EXAMPLE.index(text)].count("\n") + 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (broken('postcode: "325000"', "postcode: 32500"), f"第 {line('postcode')} 行 agency.postcode：应为6位数字"),
        (broken("kind: department", "kind: bureau"), f"第 {line('kind:')} 行 agency.kind：只能是"),
        (broken("name: 示例市统计局", "nane: 示例市统计局"), f"第 {line('name: 示例')} 行 agency.nane：没有这一项"),
        (broken("name: 示例市统计局", "nane: 示例市统计局"), "agency.name：没有写"),
        (broken('credit_code: ""', "credit_code: 113303000000000000"), "不是统一社会信用代码"),
        (broken("website: https://", "website: "), f"第 {line('website')} 行 agency.website：应当以 http://"),
        (broken("roles: [经办]", "roles: [科员]"), "people.1：没有“科员”这一岗位"),
        (broken("department: 综合核算处, roles: [承办]", "department: 没有处, roles: [承办]"), "没有“没有处”"),
        (broken("columns: city", "columns: town"), "没有“town”这一套栏目"),
        (broken("keeper: hesuan", "keeper: nobody"), "没有用户名“nobody”"),
        (broken("since: 2026-01-01", "since: 去年"), "duties.1.since：应当是日期"),
        (broken("column: 工作动态/市局动态", "column: 市局动态"), "请写作 一级栏目/二级栏目"),
        (broken("username: hesuan", "username: jingban"), "用户名“jingban”写了两次"),
        (broken("  code: shili-tjj", "  code: a\n  code: b"), "行 code：与第"),
        (broken("agency:\n", "agency:\n\t"), "不是正确的 YAML"),
        ("", "文件是空的"),
        ("- 甲", "文件是空的"),
        (
            "agency: {code: a, name: b}\ncolumns:\n  - name: 甲\n    slug: Ab\n",
            "第 4 行 columns.1.slug：只能用小写字母",
        ),
    ],
)
def test_a_wrong_file_is_told_by_key_and_line(text: str, told: str) -> None:
    with pytest.raises(PlanError) as refused:
        read_text(text)
    assert any(told in fault for fault in refused.value.faults), refused.value.faults


def test_all_faults_are_told_in_one_go_and_nothing_is_made(gongkai: Call, example: Path) -> None:
    example.write_text(broken('postcode: "325000"', "postcode: 1").replace("kind: department", "kind: x"), "utf-8")
    done = gongkai("init", "--from", example)
    assert done.status == 2
    assert "postcode" in done.err
    assert "agency.kind" in done.err
    assert "有 2 处需要改正，什么也没有建立" in done.err
    assert not Agency.objects.exists()


def test_a_superior_that_is_not_registered_takes_everything_back(gongkai: Call, example: Path) -> None:
    example.write_text(broken('superior: ""', "superior: nobody"), "utf-8")
    done = gongkai("init", "--from", example)
    assert done.status == 2
    assert "没有代码为“nobody”的机关" in done.err
    assert not User.objects.exists()


def test_a_file_that_is_not_utf_8_says_so(gongkai: Call, example: Path) -> None:
    example.write_bytes(EXAMPLE.encode("gb18030"))
    assert "不是 UTF-8" in gongkai("init", "--from", example).err


def test_answers_do_as_well_and_a_wrong_one_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_HOME", str(tmp_path / "home"))
    answers = ["xian-tjj", "某县统计局", "", "3303", "330327", *[""] * 12]
    people = ["综合科、执法科", "zhang", "li", "wang", "zhang", ""]
    asked = CliRunner().invoke(init.command, input="\n".join([*answers, *people, "county"]) + "\n")
    assert asked.exit_code == 0, asked.output
    assert "应为6位数字" in asked.output
    agency = Agency.objects.get(code="xian-tjj")
    assert (agency.region_code, agency.office) == ("330327", "办公室")
    assert set(agency.departments.values_list("name", flat=True)) == {"办公室", "综合科", "执法科"}
    assert roles_of(User.objects.get(username="zhang")) == {Role.CLERK, Role.LEADER}
    assert Column.objects.filter(agency=agency, parent=None).count() == 5


def test_the_check_sign_is_that_of_the_standard() -> None:
    assert check_sign("91350100M000100Y4") == "3"  # the example of GB 32100-2015, annex
