"""`manage.py worker`: runs jobs from the database queue until SIGTERM."""

import logging
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, connections
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker

log = logging.getLogger(__name__)

#: Seconds until the database is looked for again.
PAUSE = 1.0


class EndingWorker(Worker):
    """Ends after the job at hand, or within `interval` seconds; asked twice, at once. Goes on when the database comes
    back that was away, or locked for longer than one waits: a job that was cut off has its lease and is tried again.

    The library's own handler writes a log line first. A signal that arrives while another line is being written then
    fails on the stream's lock, and the worker goes on as if it had never been asked.
    """

    def run(self) -> None:
        while self.running:
            try:
                super().run()
            except OperationalError as failure:
                log.warning("the worker could not look", extra={"kind": type(failure).__name__})
                connections.close_all()
                time.sleep(PAUSE)
            else:
                return

    def shutdown(self, signum: int, frame: Any) -> None:
        if not self.running:
            raise SystemExit(1)
        self.running = False


class Command(BaseCommand):
    help = "Runs background jobs of all queues but media."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--queues", default="default,mail", help="comma-separated names, or *")
        parser.add_argument("--interval", type=float, default=0.5, help="seconds between looks at an empty queue")

    def handle(self, *args: Any, queues: str, interval: float, **options: Any) -> None:
        worker = EndingWorker(
            queue_names=queues.split(","),
            interval=interval,
            batch=False,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=True,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        worker.configure_signals()
        worker.run()
