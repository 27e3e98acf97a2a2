"""`manage.py reindex`: makes every document anew while the site goes on."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from search import outbox
from search.engines import elastic, embedded


class Command(BaseCommand):
    help = "Makes every document of the search index anew, in small transactions, and drops what has no source."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--engine", choices=["sqlite", "postgres", "elasticsearch"])

    def handle(self, *args: Any, engine: str | None, **options: Any) -> None:
        if engine not in {None, embedded().name, *(["elasticsearch"] if elastic.is_on() else [])}:
            raise CommandError(f"this install does not search with {engine}")
        if engine != "elasticsearch":
            total = outbox.rebuild()
            outbox.drain_all()
            if connection.vendor == "postgresql":  # Engines go by its statistics; autovacuum would take a minute.
                connection.cursor().execute("ANALYZE search_document")
            self.stdout.write(f"{total} things looked at, index of {embedded().name} is up to date")
        if elastic.is_on() and engine in {None, "elasticsearch"}:
            from search import mirror  # noqa: PLC0415 - the client is imported where it is used

            self.stdout.write(f"{mirror.rebuild()} documents in a new index of elasticsearch")
