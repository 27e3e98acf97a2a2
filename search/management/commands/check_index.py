"""`manage.py check_index`: counts what is missing, has no source, or differs; `--repair` makes it right."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import outbox


class Command(BaseCommand):
    help = "Compares the search index with what it describes; exit 1 unless it is sound (0/0/0)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, repair: bool, as_json: bool, **options: Any) -> None:
        outbox.drain_all()
        found = outbox.differences()
        counts = {name: sum(len(each[name]) for each in found.values()) for name in ("missing", "ghost", "stale")}
        self.stdout.write(
            json.dumps(counts) if as_json else " ".join(f"{count} {name}" for name, count in counts.items())
        )
        if repair:
            outbox.repair(found)
        elif any(counts.values()):
            raise CommandError("the index is not sound; run check_index --repair", returncode=1)
