"""`manage.py import_register NAME FILE`: reads an official register file and prints what became of its rows."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from community.core.actors import SYSTEM
from community.credentials.models.register import RegisterImport
from community.credentials.registers.importing.progress import Progress
from community.credentials.registers.importing.records import DamagedFile, Tally, WrongFile
from community.credentials.registers.importing.run import SOURCES, import_file


class Command(BaseCommand):
    help = "Streams an official register file into the database. Safe to run again: only what differs is written."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", choices=sorted(SOURCES), help="which kind of file it is")
        parser.add_argument("file", type=Path, help="the file as published, plain or zipped")
        parser.add_argument("--quiet", action="store_true", help="show no progress")

    def handle(self, *args: Any, name: str, file: Path, quiet: bool, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        shown: list[Progress] = []
        try:
            run = import_file(name, file, by=SYSTEM, watch=None if quiet else partial(_show, shown))
        except WrongFile as error:
            raise CommandError(str(error)) from error
        except DamagedFile as error:
            raise CommandError(f"{error} What came before was kept; run again with a sound file.") from error
        for progress in shown:
            progress.end()
        self.stdout.write(_summary(run))


def _show(shown: list[Progress], tally: Tally, fraction: Callable[[], float]) -> Callable[[], None]:
    shown.append(Progress(sys.stderr, tally, fraction))
    return shown[-1].tick


def _summary(run: RegisterImport) -> str:
    figures = ["rows_read", "added", "changed", "deactivated", "unchanged", "passed_over", "refused"]
    lines = [f"{name.replace('_', ' '):<12}{getattr(run, name):>12,}" for name in figures]
    reasons = [f"  {reason:<30}{count:>10,}" for reason, count in sorted(run.refusals.items())]
    return "\n".join(lines + reasons)
