"""Jobs are run when they are due, once, again after an error, and caught up once after a standstill."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from gongkai.notices.models import Heartbeat, ScheduledRun
from gongkai.notices.running import PAUSES, run_due
from gongkai.notices.schedule import ZONE, Job
from gongkai.notices.worker import forget

from .test_outgoing import Clock

pytestmark = pytest.mark.django_db
State = ScheduledRun.State
MORNING = datetime(2020, 3, 2, 7, 0, tzinfo=ZONE)


@pytest.fixture
def clock() -> Clock:
    return Clock(MORNING)


def daily(run: Callable[[datetime], str | None], **more: object) -> Job:
    return Job("test.daily", "试验", run, at=(time(7),), **more)  # type: ignore[arg-type]


def counting(ran: list[datetime]) -> Callable[[datetime], str]:
    def run(due: datetime) -> str:
        ran.append(due)
        return f"第 {len(ran)} 次"

    return run


def test_a_job_runs_once_when_it_is_due_and_says_what_it_did(clock: Clock) -> None:
    ran: list[datetime] = []
    job = daily(counting(ran))
    for _ in range(3):
        run_due([job], "w", clock=clock)
    clock.now += timedelta(hours=23, minutes=59)
    assert run_due([job], "w", clock=clock) == []
    assert ran == [MORNING]
    run = ScheduledRun.objects.get()
    assert (run.state, run.note, run.attempts, run.due_at) == (State.DONE, "第 1 次", 1, MORNING)
    clock.now += timedelta(minutes=1)
    assert [run.note for run in run_due([job], "w", clock=clock)] == ["第 2 次"]


def test_what_was_missed_is_caught_up_once(clock: Clock) -> None:
    ran: list[datetime] = []
    job = daily(counting(ran))
    run_due([job], "w", clock=clock)
    clock.now += timedelta(days=9, hours=5)
    for _ in range(3):
        run_due([job], "w", clock=clock)
    assert ran == [MORNING, MORNING + timedelta(days=9)]


def test_a_job_that_fails_is_tried_again_later_and_given_up_in_the_end(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(due: datetime) -> None:
        raise RuntimeError("欧阳某某")

    job = daily(fail, attempts=len(PAUSES) + 1)
    with caplog.at_level(logging.WARNING):
        for pause in PAUSES:
            assert [run.state for run in run_due([job], "w", clock=clock)] == [State.FAILED]
            clock.now += timedelta(minutes=pause) - timedelta(seconds=1)
            assert run_due([job], "w", clock=clock) == []
            clock.now += timedelta(seconds=1)
        assert [run.state for run in run_due([job], "w", clock=clock)] == [State.GIVEN_UP]
    clock.now += timedelta(hours=12)
    assert run_due([job], "w", clock=clock) == []
    run = ScheduledRun.objects.get()
    assert run.error.startswith("builtins.RuntimeError（running.py:")
    assert "欧阳" not in run.error + caplog.text, "what an error says may be about somebody"


def test_a_failed_job_does_not_keep_the_others_from_running(clock: Clock) -> None:
    def fail(due: datetime) -> None:
        raise OSError

    ran: list[datetime] = []
    other = Job("test.other", "另一个", counting(ran), every=timedelta(minutes=5))
    assert [run.state for run in run_due([daily(fail), other], "w", clock=clock)] == [State.FAILED, State.DONE]


def test_a_run_that_is_overtaken_by_the_next_is_not_made_up_for(clock: Clock) -> None:
    def fail(due: datetime) -> None:
        raise OSError

    run_due([daily(fail)], "w", clock=clock)
    clock.now += timedelta(days=1)
    ran: list[datetime] = []
    run_due([daily(counting(ran))], "w", clock=clock)
    assert ran == [clock.now]
    earlier, later = ScheduledRun.objects.order_by("due_at")
    assert (earlier.state, earlier.note) == (State.GIVEN_UP, "由后一次运行补上")
    assert later.state == State.DONE


def test_nobody_else_runs_a_job_while_it_runs_even_when_it_is_due_again(clock: Clock) -> None:
    inside: list[list[ScheduledRun]] = []

    def slow(due: datetime) -> None:
        clock.now += timedelta(minutes=10)  # due again meanwhile
        inside.append(run_due([job], "another", clock=clock))

    job = Job("test.slow", "慢", slow, every=timedelta(minutes=5), limit=timedelta(minutes=15))
    run_due([job], "w", clock=clock)
    assert inside == [[]]
    assert ScheduledRun.objects.get().state == State.DONE


def test_the_job_of_a_dead_worker_is_taken_over_after_its_limit_but_not_for_ever(clock: Clock) -> None:
    def die(due: datetime) -> None:
        raise KeyboardInterrupt

    ran: list[datetime] = []
    deadly, sound = (daily(run, attempts=2, limit=timedelta(minutes=15)) for run in (die, counting(ran)))
    with pytest.raises(KeyboardInterrupt):
        run_due([deadly], "first", clock=clock)
    assert ScheduledRun.objects.get().state == State.RUNNING
    clock.now += timedelta(minutes=14)
    assert run_due([sound], "second", clock=clock) == []
    clock.now += timedelta(minutes=1)
    with pytest.raises(KeyboardInterrupt):
        run_due([deadly], "second", clock=clock)
    clock.now += timedelta(minutes=15)
    assert run_due([sound], "third", clock=clock) == []
    assert ran == []
    run = ScheduledRun.objects.get()
    assert (run.state, run.attempts, run.error) == (State.GIVEN_UP, 2, "每次都在运行中断掉")


def test_who_took_too_long_does_not_write_over_who_took_over(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    def slow(due: datetime) -> str:
        clock.now += timedelta(minutes=16)
        run_due([daily(lambda due: "接手的")], "second", clock=clock)
        return "太慢的"

    run_due([daily(slow, limit=timedelta(minutes=15))], "first", clock=clock)
    assert ScheduledRun.objects.get().note == "接手的"
    assert "longer than its limit" in caplog.text


def test_a_worker_with_nothing_to_do_asks_once(clock: Clock, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    jobs = [Job(f"test.{n}", "试验", lambda due: None, at=(time(7),)) for n in range(20)]
    run_due(jobs, "w", clock=clock)
    with django_assert_num_queries(1):
        assert run_due(jobs, "w", clock=clock) == []


def test_a_worker_that_is_to_stop_begins_nothing_new(clock: Clock) -> None:
    ran: list[datetime] = []
    run_due([daily(counting(ran))], "w", clock=clock, stopping=lambda: True)
    assert ran == []


def test_history_goes_after_a_month_but_the_last_run_of_each_job_stays(clock: Clock) -> None:
    for days in (100, 99, 31, 1):
        ScheduledRun.objects.create(job="a", due_at=MORNING - timedelta(days=days), state=State.DONE)
    ScheduledRun.objects.create(job="yearly", due_at=MORNING - timedelta(days=60), state=State.GIVEN_UP)
    for hours in (100, 30):
        Heartbeat.objects.create(worker=f"w{hours}", seen_at=MORNING - timedelta(hours=hours))
    assert forget(MORNING) == "清理 3 条运行记录"
    assert set(ScheduledRun.objects.values_list("job", flat=True)) == {"a", "yearly"}
    assert Heartbeat.objects.get().worker == "w30"
