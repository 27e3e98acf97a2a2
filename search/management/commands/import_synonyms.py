"""`manage.py import_synonyms mesh|doid FILE`: ways to say the same, from a published vocabulary."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.vocabulary.importing.files import READERS, WrongFile
from search.vocabulary.importing.run import Tally, import_file

PAUSE = 2.0


class Command(BaseCommand):
    help = "Streams MeSH descriptors (XML) or Disease Ontology (OBO, JSON) into synonym sets. Safe to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", choices=sorted(READERS), help="which vocabulary it is")
        parser.add_argument("file", type=Path, help="the file as published, plain or gzipped")
        parser.add_argument("--quiet", action="store_true", help="show no progress")

    def handle(self, *args: Any, name: str, file: Path, quiet: bool, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        shown_at = monotonic()

        def watch(tally: Tally) -> None:
            nonlocal shown_at
            if not quiet and monotonic() - shown_at > PAUSE:
                shown_at = monotonic()
                sys.stderr.write(f"{tally.read:>10,} concepts, {tally.added + tally.changed:,} written\n")

        try:
            tally = import_file(name, file, watch)
        except WrongFile as error:
            raise CommandError(f"{error}. What came before was kept; run again with a sound file.") from error
        self.stdout.write("\n".join(f"{name.replace('_', ' '):<12}{count:>10,}" for name, count in vars(tally).items()))
