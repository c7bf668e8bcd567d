"""``gongkai holidays`` takes in a notice and lists the due dates that it moves."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import override_settings

from gongkai.applications.models import ApplicantKind, Application
from gongkai.applications.services import Person, register
from gongkai.bureau.models import Agency
from gongkai.law.receipt import Channel
from gongkai.project.commands.holidays import command

ORDER = """
reference = "某日临时放假的通知"
[[holiday]]
name = "临时放假"
off = ["2022-10-20"]
"""


@pytest.mark.django_db
def test_open_cases_move_when_a_day_off_is_announced(agency: Agency, tmp_path: Path) -> None:
    path = tmp_path / "通知.toml"
    path.write_text(ORDER, encoding="utf-8")
    with override_settings(HOME=tmp_path / "home"):
        case = register(
            agency, date(2022, 9, 30), Person(ApplicantKind.NATURAL_PERSON), "某统计数据", channel=Channel.COUNTER
        )
        assert case.due_on == date(2022, 11, 2)
        result = CliRunner().invoke(command, [str(path)], standalone_mode=False)
        assert result.exception is None
        assert "已导入：某日临时放假的通知" in result.output
        assert case.number in result.output
        assert Application.objects.get(pk=case.pk).due_on == date(2022, 11, 3)
        listed = CliRunner().invoke(command, [], standalone_mode=False)
        assert "某日临时放假的通知" in listed.output


@pytest.mark.django_db
def test_a_file_that_is_no_notice_changes_nothing(agency: Agency, tmp_path: Path) -> None:
    path = tmp_path / "通知.toml"
    path.write_text("这不是放假安排", encoding="utf-8")
    with override_settings(HOME=tmp_path / "home"):
        result = CliRunner().invoke(command, [str(path)])
        assert result.exit_code == 2
        assert "放假安排不能读取" in result.output
        assert not (tmp_path / "home" / "calendar").exists()
