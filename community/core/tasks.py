"""Background work: jobs with lease, retry and back-off on the database queue, and periodic tasks for the clock.

A job's row is written in the caller's transaction, so that work is queued exactly when the change is kept. Arguments
are ids and enums, never words. The queue itself (django-tasks-db) knows neither retry nor a worker that died: the
`Attempt` row beside it does.
"""

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, transaction
from django.utils.module_loading import import_string
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from community.core import audit
from community.core.clock import now
from community.core.models import Attempt, Lease

log = logging.getLogger(__name__)

BACKOFF = timedelta(seconds=5)
HELD = timedelta(minutes=10)
KEPT = timedelta(days=2)
UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}


@dataclass(frozen=True)
class Job:
    """A function that the worker runs, at least once, until it succeeds or `retries` are used up."""

    function: Callable[..., None]
    retries: int
    queue: str
    lease: timedelta

    @property
    def path(self) -> str:
        return f"{self.function.__module__}.{self.function.__qualname__}"

    def enqueue(self, *args: object, at: datetime | None = None) -> Attempt:
        """Queue it in the present transaction; `at` delays it."""
        attempt = Attempt.objects.create(job=self.path, args=list(args), queue=self.queue, leased_until=_grace(at))
        _wake(attempt, at)
        return attempt

    def __call__(self, *args: object) -> None:
        self.function(*args)


def job(*, retries: int = 5, queue: str = "default", lease: int = 120) -> Callable[[Callable[..., None]], Job]:
    """Make a module-level function a job. `lease` is in seconds: longer runs count as dead and start again."""
    return lambda function: Job(function, retries, queue, timedelta(seconds=lease))


def run_attempt(pk: int) -> None:
    """Run one try of a job: take the lease, call, then forget it, or queue the next try."""
    attempt = _claim(pk)
    if attempt is None:
        return
    try:
        _job_of(attempt)(*attempt.args)
    except Exception as error:  # Any failure of a job is retried; the type is kept, its words are not.
        log.warning("job failed", extra={"job": attempt.job, "kind": type(error).__name__}, exc_info=True)
        _try_again(attempt, type(error).__name__)
    else:
        attempt.delete()


def waiting_attempts() -> Iterator[Attempt]:
    """The attempts that could run now, one after another, including those that the first ones queue."""
    while attempt := Attempt.objects.filter(state=Attempt.State.WAITING, tries=0).order_by("id").first():
        yield attempt


@task(queue_name="default")
def wake(pk: int) -> None:
    """What the queue calls."""
    run_attempt(pk)


# --- The clock -------------------------------------------------------------------------------------------------


@dataclass
class Periodic:
    """A function that one clock of all runs every `interval`, if `when` says that there is something to do. Another
    clock waits for one that died with it until `held` has passed."""

    function: Callable[[], object]
    interval: timedelta
    held: timedelta = HELD
    when: Callable[[], bool] = lambda: True
    name: str = field(init=False)

    def __post_init__(self) -> None:
        self.name = f"{self.function.__module__}.{self.function.__qualname__}"


periodics: dict[str, Periodic] = {}


def _interval(text: str) -> timedelta:
    match = re.fullmatch(r"(\d+) (second|minute|hour|day)s?", text)
    if not match:
        raise ValueError(f"not an interval: {text!r}")
    return timedelta(seconds=int(match[1]) * UNITS[match[2]])


def every(
    interval: str, *, held: str = "10 minutes", when: Callable[[], bool] = lambda: True
) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Run the function each "10 seconds", "5 minutes", "1 day"…

    `held` is how long another clock waits for one that died meanwhile; a function that may run longer than that must
    bear to run twice at once. `when` is asked first, and without a lease: it must be cheap.
    """
    delta, longest = _interval(interval), _interval(held)

    def register(function: Callable[[], Any]) -> Callable[[], Any]:
        periodic = Periodic(function, delta, longest, when)
        periodics[periodic.name] = periodic
        return function

    return register


def run_due(holder: str) -> int:
    """Run what is due, under a lease in the database; returns how many ran."""
    try:
        known = {lease.name: lease for lease in Lease.objects.all()}
    except OperationalError as failure:  # The database is away; the next look tries again.
        log.warning("the clock could not look", extra={"kind": type(failure).__name__})
        return 0
    likely = [each for each in periodics.values() if _is_due(each, known.get(each.name), now())]
    return sum(_run_if_due(periodic, holder) for periodic in likely)


def _run_if_due(periodic: Periodic, holder: str) -> bool:
    try:
        lease = _lease(periodic, holder) if periodic.when() else None
    except OperationalError as failure:  # Somebody writes for long; the next look tries again.
        log.warning("the clock could not look", extra={"job": periodic.name, "kind": type(failure).__name__})
        return False
    if lease is None:
        return False
    error = ""
    try:
        periodic.function()
    except Exception as failure:  # The clock must go on ticking for the others.
        error = type(failure).__name__
        log.error("periodic task failed", extra={"job": periodic.name, "kind": error}, exc_info=True)
    try:
        own = Lease.objects.filter(pk=lease.pk, holder=holder)
        own.update(holder="", held_until=None, last_ended=now(), last_error=error)
    except OperationalError as failure:  # The lease passes by itself.
        log.warning("a lease was not given back", extra={"job": periodic.name, "kind": type(failure).__name__})
    return True


def _lease(periodic: Periodic, holder: str) -> Lease | None:
    moment = now()
    with transaction.atomic():
        lease, _created = Lease.objects.select_for_update().get_or_create(name=periodic.name)
        if not _is_due(periodic, lease, moment):
            return None
        lease.holder, lease.last_started = holder, moment
        lease.held_until = moment + max(periodic.interval, periodic.held)
        lease.save(update_fields=["holder", "last_started", "held_until"])
    return lease


def _is_due(periodic: Periodic, lease: Lease | None, moment: datetime) -> bool:
    """Looked at before the lease is locked as well: SQLite has one pen, and most looks find nothing to do."""
    if lease is None:
        return True
    is_due = lease.last_started is None or lease.last_started + periodic.interval <= moment
    return is_due and (lease.held_until is None or lease.held_until < moment)


@every("1 minute")
def reap_dead_attempts() -> None:
    """Queue again what a dead worker took with it."""
    states = [Attempt.State.RUNNING, Attempt.State.WAITING]
    for attempt in Attempt.objects.filter(state__in=states, leased_until__lt=now())[:200]:
        with transaction.atomic():
            attempt.state, attempt.leased_until = Attempt.State.WAITING, _grace(None)
            attempt.save(update_fields=["state", "leased_until"])
            _wake(attempt, None)


@every("1 hour")
def forget_finished_jobs() -> None:
    DBTaskResult.objects.finished().filter(finished_at__lt=now() - KEPT).delete()


@every("10 seconds")
def seal_events() -> None:
    audit.seal_pending()


# --- Inside ----------------------------------------------------------------------------------------------------


def _claim(pk: int) -> Attempt | None:
    with transaction.atomic():
        attempt = Attempt.objects.select_for_update().filter(pk=pk, state=Attempt.State.WAITING).first()
        if attempt is None:
            return None
        attempt.state, attempt.tries = Attempt.State.RUNNING, attempt.tries + 1
        attempt.leased_until = now() + _job_of(attempt).lease
        attempt.save(update_fields=["state", "tries", "leased_until"])
    return attempt


def _try_again(attempt: Attempt, error: str) -> None:
    with transaction.atomic():
        attempt.error = error
        if attempt.tries > _job_of(attempt).retries:
            attempt.state, attempt.leased_until = Attempt.State.FAILED, None
            attempt.save(update_fields=["state", "leased_until", "error"])
            return
        at = now() + BACKOFF * 2 ** (attempt.tries - 1)
        attempt.state, attempt.leased_until = Attempt.State.WAITING, _grace(at)
        attempt.save(update_fields=["state", "leased_until", "error"])
        _wake(attempt, at)


def _wake(attempt: Attempt, at: datetime | None) -> None:
    wake.using(queue_name=attempt.queue, run_after=at).enqueue(attempt.pk)


def _grace(at: datetime | None) -> datetime:
    # A waiting job whose wake-up was lost (the worker died between the two rows) is found by the reaper after this.
    return (at or now()) + timedelta(minutes=10)


def _job_of(attempt: Attempt) -> Job:
    found = import_string(attempt.job)
    if not isinstance(found, Job):
        raise TypeError(f"{attempt.job} is not a job")
    return found
