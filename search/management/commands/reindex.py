"""`manage.py reindex`: makes every document anew while the site goes on."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search import outbox
from search.engines import engine as present


class Command(BaseCommand):
    help = "Makes every document of the search index anew, in small transactions, and drops what has no source."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--engine", choices=["sqlite", "postgres"], help="that of the present database")

    def handle(self, *args: Any, engine: str | None, **options: Any) -> None:
        total = outbox.rebuild()
        outbox.drain_all()
        self.stdout.write(f"{total} things looked at, index of {present().name} is up to date")
