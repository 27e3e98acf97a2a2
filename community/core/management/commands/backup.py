"""`manage.py backup FILE`: the whole site in one file, while it goes on."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from community.core.backups import Misplaced, tidy, write_backup
from community.core.dumps import DumpFailed


class Command(BaseCommand):
    help = "Copies database and files into one archive with checksums; .tar.gz compresses. Keys are not in it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            with tidy():
                size = write_backup(file.resolve(), tell=self._say)
        except (Misplaced, DumpFailed) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename or file}: {os.strerror(error.errno or 0)}") from error
        self.stdout.write(f"{file}: {size / 1e6:,.1f} MB")
        self.stdout.write("Keep the keys elsewhere, they are not in it: SECRET_KEY and FIELD_KEYS, or DATA_DIR/secrets")

    def _say(self, line: str) -> None:
        """At once, also into a file or a pipe."""
        self.stdout.write(line)
        self.stdout.flush()
