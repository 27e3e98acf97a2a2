"""`manage.py worker`: runs jobs from the database queue until SIGTERM."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Runs background jobs of all queues but media."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--queues", default="default,mail", help="comma-separated names, or *")
        parser.add_argument("--interval", type=float, default=0.5, help="seconds between looks at an empty queue")

    def handle(self, *args: Any, queues: str, interval: float, **options: Any) -> None:
        call_command("db_worker", queue_name=queues, interval=interval, reload=False)
