"""Several workers on one database, workers that are killed, and the worker beside the web server."""

from __future__ import annotations

import os
import signal
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from gongkai.bureau.models import User
from gongkai.notices.services import notify

from .processes import Processes
from .servers import free_port, mail_server

pytestmark = pytest.mark.django_db(transaction=True)

# Each run leaves a mark with the process that did it; all wait for each other at the start.
RACE = """
from gongkai.notices.running import run_due
def mark(number):
    def run(due):
        (folder / f"ran-{number}-{due:%H%M%S}-{id(run)}-{os.getpid()}").touch()
        time.sleep(0.02)
    return run
jobs = [Job(f"race.{n}", "试验", mark(n), every=timedelta(days=400)) for n in range(25)]
(folder / f"ready-{os.getpid()}").touch()
while len(list(folder.glob("ready-*"))) < 3:
    time.sleep(0.01)
print(len(run_due(jobs, f"w{os.getpid()}")))
"""


@pytest.fixture
def processes(tmp_path: Path, keeper: User, deputy: User) -> Processes:
    for number in range(20):
        notify([keeper, deputy], f"事项 {number}", "", key=f"race:{number}", urgent=True)
    return Processes(tmp_path)


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.05)


def test_workers_that_race_run_each_job_once(processes: Processes, tmp_path: Path) -> None:
    racing = [processes.start(RACE) for _ in range(3)]
    ended = [process.communicate(timeout=120) for process in racing]
    assert [process.returncode for process in racing] == [0, 0, 0], ended
    marks = [path.name.split("-")[1] for path in tmp_path.glob("ran-*")]
    assert sorted(marks, key=int) == [str(n) for n in range(25)], "each once"
    assert sum(int(out) for out, _ in ended) == 25
    said = processes.say("print(*ScheduledRun.objects.values_list('state', flat=True).distinct())")
    assert said == "done"


SEND = """
from gongkai.notices.outgoing import send_due
(folder / f"ready-{os.getpid()}").touch()
while len(list(folder.glob("ready-*"))) < 3:
    time.sleep(0.01)
print(send_due().sent)
"""


def test_workers_that_race_send_each_person_one_mail(processes: Processes) -> None:
    with mail_server() as mailbox:
        server = {"EMAIL_URL": f"smtp://127.0.0.1:{mailbox.port}"}
        racing = [processes.start(SEND, **server) for _ in range(3)]
        ended = [process.communicate(timeout=120) for process in racing]
        assert [process.returncode for process in racing] == [0, 0, 0], ended
        assert sorted(to for to, _, _ in mailbox.said) == ["deputy@tjj.example.cn", "keeper@tjj.example.cn"]
        assert all("等 20 条提醒" in subject for _, subject, _ in mailbox.said)
    assert processes.say("print(*Delivery.objects.values_list('state', flat=True).distinct())") == "sent"


TAKEN_OVER = """
from gongkai.notices.running import run_due
def run(due):
    (folder / MARK).touch()
    if MARK == "first":
        time.sleep(600)
job = Job("test.killed", "试验", run, every=timedelta(days=400), limit=timedelta(seconds=2))
print(len(run_due([job], MARK)))
"""


def test_the_job_of_a_killed_worker_is_taken_over(processes: Processes, tmp_path: Path) -> None:
    killed = processes.start(f"MARK = 'first'\n{TAKEN_OVER}")
    wait_for((tmp_path / "first").exists)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    wait_for(lambda: processes.say(f"MARK = 'second'\n{TAKEN_OVER}") == "1")
    assert (tmp_path / "second").exists()
    said = processes.say("run = ScheduledRun.objects.get(); print(run.state, run.worker, run.attempts)")
    assert said == "done second 2"


@pytest.mark.anywhere
def test_a_worker_works_and_stops_when_it_is_told_to(processes: Processes) -> None:
    with mail_server() as mailbox:
        worker = processes.command("worker", "--pause", "1", EMAIL_URL=f"smtp://127.0.0.1:{mailbox.port}")
        wait_for(lambda: len(mailbox.mails) == 2)
        worker.terminate()
        out, _ = worker.communicate(timeout=60)
    assert worker.returncode == 0, out
    said = processes.say("print(Heartbeat.objects.count(), ScheduledRun.objects.get(job='notices.forget').state)")
    assert said == "1 done"


@pytest.mark.anywhere
def test_one_pass_tells_what_it_did_and_fails_when_something_did_not_go_out(processes: Processes) -> None:
    server = {"EMAIL_URL": f"smtp://127.0.0.1:{free_port()}"}
    first = processes.command("worker", "--once", **server)
    out, _ = first.communicate(timeout=60)
    assert out.splitlines()[-1] == "发出 0 条，没有发出 1 条。"
    assert "notices.forget：完成，清理 0 条运行记录" in out
    assert first.returncode == 1
    assert "@" not in out
    with mail_server() as mailbox:
        processes.say("Delivery.objects.update(state='given_up')")
        again = processes.command("worker", "--once", "--again", EMAIL_URL=f"smtp://127.0.0.1:{mailbox.port}")
        out, _ = again.communicate(timeout=60)
    assert again.returncode == 0, out
    lines = out.splitlines()  # between them a job that came due again meanwhile may tell of itself
    assert (lines[0], lines[-1]) == ("再发一次：40 条。", "发出 2 条，没有发出 0 条。")


def workers_of(session: int) -> list[int]:
    """The processes of a session that are workers."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            if os.getsid(int(process.name)) == session and b"\0--beside\0" in (process / "cmdline").read_bytes():
                found.append(int(process.name))
    return found


@pytest.mark.anywhere
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL], ids=["stopped", "killed"])
def test_the_web_server_brings_its_worker_and_takes_it_along(processes: Processes, end: signal.Signals) -> None:
    port = free_port()
    with mail_server() as mailbox:
        mail = {"EMAIL_URL": f"smtp://127.0.0.1:{mailbox.port}"}
        server = processes.command("serve", "--port", str(port), "--workers", "1", **mail)
        try:
            wait_for(lambda: answers(port))
            wait_for(lambda: len(mailbox.mails) == 2)
            (worker,) = workers_of(server.pid)
            os.kill(worker, signal.SIGKILL)
            wait_for(lambda: set(workers_of(server.pid)) - {worker})
            server.send_signal(end)
            server.wait(60)
            wait_for(lambda: not workers_of(server.pid))
        finally:
            os.killpg(server.pid, signal.SIGKILL) if group_lives(server.pid) else None
            server.communicate()


@pytest.mark.anywhere
def test_the_web_server_leaves_its_worker_out_when_asked(processes: Processes) -> None:
    port = free_port()
    server = processes.command("serve", "--port", str(port), "--workers", "1", "--no-worker")
    try:
        wait_for(lambda: answers(port))
        assert workers_of(server.pid) == []
        server.terminate()
        server.wait(60)
    finally:
        os.killpg(server.pid, signal.SIGKILL) if group_lives(server.pid) else None
        server.communicate()


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/admin/login/", timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
