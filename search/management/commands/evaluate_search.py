"""`manage.py evaluate_search DIR`: how well a judged collection is found, through the code that members use."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.evaluation import Collection, Unreadable, evaluate


class Command(BaseCommand):
    help = "Indexes corpus.jsonl into a temporary index, asks queries.jsonl, and measures against qrels.tsv."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)
        parser.add_argument("--engine", choices=["sqlite", "postgres", "elasticsearch"])
        parser.add_argument("--by-words", action="store_true", help="leave meaning out, also where the extra is there")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, directory: Path, engine: str | None, as_json: bool, **options: Any) -> None:
        try:
            figures = evaluate(Collection.read(directory), engine, by_meaning=not options["by_words"])
        except (OSError, Unreadable) as error:
            raise CommandError(f"the collection cannot be read: {error}") from error
        except ValueError as error:
            raise CommandError(str(error)) from error
        if as_json:
            self.stdout.write(json.dumps(figures))
            return
        for name, value in figures.items():
            self.stdout.write(f"{name:20} {value}")
