"""`manage.py check_index`: counts what is missing, has no source, or differs; `--repair` makes it right."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import outbox
from search.engines import elastic


class Command(BaseCommand):
    help = "Compares the search index with what it describes, also on the search server; exit 1 unless 0/0/0."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, repair: bool, as_json: bool, **options: Any) -> None:
        outbox.drain_all()
        found, there = outbox.differences(), self._on_the_server()
        every = [*found.values(), *there.values()]
        counts = {name: sum(len(each[name]) for each in every) for name in ("missing", "ghost", "stale")}
        self.stdout.write(
            json.dumps(counts) if as_json else " ".join(f"{count} {name}" for name, count in counts.items())
        )
        if repair:
            outbox.repair(found)
            if elastic.is_on():
                from search import mirror  # noqa: PLC0415 - the client is imported where it is used

                mirror.queue_differences(there)
                mirror.ship()
        elif any(counts.values()):
            raise CommandError("the index is not sound; run check_index --repair", returncode=1)

    def _on_the_server(self) -> dict[str, dict[str, list[int]]]:
        if not elastic.is_on():
            return {}
        from search import mirror  # noqa: PLC0415
        from search.engines.elastic.server import UNAVAILABLE  # noqa: PLC0415

        try:
            mirror.ship()
            return mirror.differences()
        except UNAVAILABLE as error:
            raise CommandError(f"the search server does not answer: {type(error).__name__}") from error
