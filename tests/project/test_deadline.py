"""``gongkai deadline`` as a clerk and a script meet it: words, JSON, exit status, no Django."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gongkai.law.calendar import national_calendar
from gongkai.project.commands.deadline import command

NEXT_YEAR = national_calendar().last_announced_year + 1


def deadline(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments), catch_exceptions=False)


def answer(*arguments: str) -> dict[str, Any]:
    result = deadline(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize("received", ["2022-09-30", "2022.9.30", "2022年9月30日"])
def test_json_has_the_due_date_and_its_steps(received: str) -> None:
    found = answer("--received", received)
    assert set(found) == {"due", "provisional", "steps"}
    assert (found["due"], found["provisional"]) == ("2022-11-02", False)
    assert all(set(step) == {"date", "rule", "text"} for step in found["steps"])
    assert found["steps"][-1]["rule"] == "条例第三十三条"
    assert "2022年11月2日（周三）" in found["steps"][-1]["text"]


def test_the_clerk_reads_each_step_with_its_weekday_and_article() -> None:
    result = deadline("--received", "2022-09-30", "--event", "extended=2022.11.1+10")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "答复期限届满日：2022年11月16日（周三）"
    assert "1. 2022年9月30日（周五）　条例第三十一条" in lines
    assert "2. 2022年11月1日（周二）　条例第三十三条" in lines
    assert any("延长10个工作日" in line for line in lines)


def test_events_may_be_given_in_any_order_and_repeat() -> None:
    sent, back = ("--event", "consult-sent=2022-10-12"), ("--event", "consult-returned=2022年10月26日")
    assert answer("--received", "2022-09-30", *sent, *back) == answer("--received", "2022-09-30", *back, *sent)
    assert answer("--received", "2022-09-30", *sent, *back)["due"] == "2022-11-16"


def test_each_kind_of_event_is_taken() -> None:
    for event in ("corrected=2022-10-20", "fee-noticed=2022-10-20", "extended=2022-10-20", "consult-sent=2022-10-20"):
        assert answer("--received", "2022-09-30", "--event", event)["due"] >= "2022-11-02"
    paid = answer("--received", "2022-09-30", "--event", "fee-noticed=2022-10-12", "--event", "fee-paid=2022-10-20")
    assert paid["due"] == answer("--received", "2022-10-20")["due"]


def test_an_awaited_answer_shows_in_the_headline() -> None:
    result = deadline("--received", "2022-09-30", "--event", "consult-sent=2022-10-12")
    assert "暂估" in result.stdout.splitlines()[0]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--received", "2022-09-31"], "没有“2022-09-31”这一天"),
        (["--received", "昨天"], "不能识别日期"),
        (["--received", "2022-09-30", "--event", "phoned=2022-10-01"], "不认识的事项“phoned”"),
        (["--received", "2022-09-30", "--event", "corrected"], "缺少日期"),
        (["--received", "2022-09-30", "--event", "corrected=十月"], "不能识别日期"),
        (["--received", "2022-09-30", "--event", "corrected=2022-10-10+3"], "只有延期"),
        (["--received", "2022-09-30", "--event", "extended=2022-10-10+x"], "工作日数"),
        (["--received", "2022-09-30", "--event", "extended=2022-10-10+21"], "1至20个工作日"),
        (["--received", "2022-09-30", "--event", "consult-returned=2022-10-10"], "尚待答复"),
        (["--received", "2022-09-30", "--event", "corrected=2022-09-29"], "早于收到申请之日"),
        (["--received", "1999-09-30"], "没有施行中的规定"),
        (["--received", "9999-12-31"], "超出工作日历的范围"),
        (["--received", "2022-09-30", "--calendar", "no-such-file.toml"], "不能打开放假安排文件"),
    ],
)
def test_a_wrong_call_ends_with_status_2_and_one_chinese_line(arguments: list[str], says: str) -> None:
    result = deadline(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert says in result.stderr


def test_a_holiday_notice_moves_the_date_and_ends_its_being_provisional(tmp_path: Path) -> None:
    received = f"{NEXT_YEAR}-03-01"
    before = answer("--received", received)
    assert before["provisional"]
    notice = tmp_path / "notice.toml"
    notice.write_text(
        f'reference = "放假通知"\nannounces = {NEXT_YEAR}\n[[holiday]]\nname = "春假"\n'
        f'off = ["{NEXT_YEAR}-03-02..{NEXT_YEAR}-03-08"]\n',
        "utf-8",
    )
    after = answer("--received", received, "--calendar", str(notice))
    assert not after["provisional"]
    assert after["due"] > before["due"]
    assert "春假放假（放假通知），不计入" in "".join(step["text"] for step in after["steps"])


def test_a_local_order_asks_for_the_region(tmp_path: Path) -> None:
    order = tmp_path / "order.json"
    order.write_text(
        '{"reference": "省通知", "region": "浙江省", "holiday": [{"name": "防汛", "off": ["2022-10-10"]}]}', "utf-8"
    )
    asked = deadline("--received", "2022-09-30", "--calendar", str(order))
    assert asked.exit_code == 2
    assert "--region" in asked.stderr
    found = answer("--received", "2022-09-30", "--calendar", str(order), "--region", "浙江省温州市")
    assert found["due"] == "2022-11-03"


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"x" * 1_000_001, b"reference = "])
def test_a_file_that_is_no_notice_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "notice.toml"
    file.write_bytes(content)
    result = deadline("--received", "2022-09-30", "--calendar", str(file))
    assert result.exit_code == 2
    assert str(file) in result.stderr


def test_the_command_needs_no_django_and_its_help_is_chinese() -> None:
    script = (
        "import sys; from gongkai.project.cli import cli;"
        "cli.main(['deadline', '--received', '2022-09-30'], standalone_mode=False);"
        "sys.exit('django' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "2022年11月2日（周三）" in run.stdout
    assert "计算政府信息公开申请的答复期限" in deadline("--help").stdout
