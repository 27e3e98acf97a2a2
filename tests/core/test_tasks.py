"""Jobs run at least once, are tried again, and outlive a worker that died; the clock runs each task once."""

import signal
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import OperationalError, connections
from django_tasks_db.management.commands.db_worker import Worker

from community.core import tasks
from community.core.clock import now
from community.core.management.commands import worker as commands
from community.core.management.commands.worker import EndingWorker
from community.core.models import Attempt, Lease
from community.core.tasks import job, periodics, reap_dead_attempts, run_attempt, run_due

pytestmark = pytest.mark.django_db

calls: list[object] = []


@job()
def remember(value: int) -> None:
    calls.append(value)


@job(retries=2)
def always_fails() -> None:
    raise RuntimeError("words that must not be kept")


@pytest.fixture(autouse=True)
def _no_calls() -> None:
    calls.clear()


def test_job_runs_once_and_leaves_no_row(run_jobs: Callable[[], int]) -> None:
    remember.enqueue(7)
    assert run_jobs() == 1
    assert calls == [7]
    assert Attempt.objects.count() == 0


def test_failing_job_backs_off_and_gives_up_without_its_words() -> None:
    attempt = always_fails.enqueue()
    for tries in (1, 2, 3):
        run_attempt(attempt.pk)
        attempt.refresh_from_db()
        assert attempt.tries == tries
    assert (attempt.state, attempt.error) == (Attempt.State.FAILED, "RuntimeError")
    later = tasks.DBTaskResult.objects.order_by("run_after").exclude(run_after__year=9999)
    waits = [round((row.run_after - row.enqueued_at).total_seconds()) for row in later]
    assert waits == [5, 10]


def test_attempt_of_a_dead_worker_runs_again() -> None:
    attempt = remember.enqueue(1)
    Attempt.objects.update(state=Attempt.State.RUNNING, tries=1, leased_until=now() - timedelta(seconds=1))
    reap_dead_attempts()
    run_attempt(attempt.pk)
    assert calls == [1]


def test_attempt_within_its_lease_is_left_alone() -> None:
    attempt = remember.enqueue(1)
    Attempt.objects.update(state=Attempt.State.RUNNING, tries=1, leased_until=now() + timedelta(seconds=60))
    reap_dead_attempts()
    run_attempt(attempt.pk)
    assert calls == []


def test_periodic_task_runs_once_for_two_clocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "periodics", {})
    tasks.every("1 hour")(lambda: calls.append("tick"))
    assert [run_due("one"), run_due("two")] == [1, 0]
    Lease.objects.update(last_started=now() - timedelta(hours=2))
    assert run_due("two") == 1
    assert calls == ["tick", "tick"]


def test_a_clock_that_died_is_waited_for_as_long_as_its_task_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "periodics", {})

    def die() -> None:
        raise SystemExit

    tasks.every("1 second", held="20 seconds")(die)
    with pytest.raises(SystemExit):
        run_due("one")
    lease = Lease.objects.get()
    Lease.objects.update(last_started=now() - timedelta(seconds=2))
    assert lease.held_until is not None
    assert timedelta(0) < lease.held_until - now() <= timedelta(seconds=20)
    assert run_due("two") == 0
    Lease.objects.update(held_until=now() - timedelta(seconds=1))
    with pytest.raises(SystemExit):
        run_due("two")


def test_a_task_with_nothing_to_do_takes_no_lease(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "periodics", {})
    tasks.every("1 second", when=lambda: False)(lambda: calls.append("tick"))
    assert run_due("one") == 0
    assert (calls, Lease.objects.count()) == ([], 0)


def test_broken_periodic_task_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "periodics", {})

    def broken() -> None:
        raise ValueError

    tasks.every("1 hour")(broken)
    tasks.every("1 hour")(lambda: calls.append("tick"))
    assert run_due("one") == 2
    assert calls == ["tick"]
    assert Lease.objects.filter(last_error="ValueError").count() == 1


def test_the_kernels_own_tasks_are_registered() -> None:
    assert "community.core.tasks.seal_events" in periodics


def ending_worker() -> EndingWorker:
    return EndingWorker(
        queue_names=["default"],
        interval=0,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="w",
        excluded_queue_names=[],
    )


def test_a_signal_ends_the_worker_after_its_job_and_a_second_one_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    worker = ending_worker()
    worker.shutdown(signal.SIGTERM, None)
    worker.run()  # Returns: asked to end, it looks at no queue.
    with pytest.raises(SystemExit):
        worker.shutdown(signal.SIGTERM, None)

    assert capsys.readouterr() == ("", "")  # A handler that writes fails when it interrupts another line.


def test_a_worker_goes_on_when_a_locked_database_is_free_again(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def look(_worker: Worker) -> None:
        done.append("look")
        if done == ["look"]:
            raise OperationalError("database is locked")

    monkeypatch.setattr(Worker, "run", look)
    monkeypatch.setattr(commands, "PAUSE", 0)
    monkeypatch.setattr(connections, "close_all", lambda: done.append("connect anew"))
    ending_worker().run()

    assert done == ["look", "connect anew", "look"]
