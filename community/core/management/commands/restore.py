"""`manage.py restore FILE`: checks a backup, puts it back, and makes what follows from it anew."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from community.core import audit, backups, dumps
from community.core.clock import now

AFTER = "The old state is in {copy}; `manage.py restore {copy}` brings it back."


class Command(BaseCommand):
    help = "Checks every part of a backup, then replaces database and files by it. Stop the site first."
    requires_system_checks: list[str] = []  # there may be no tables yet

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--verify", action="store_true", help="check the file and change nothing")
        parser.add_argument("--no-copy", action="store_true", help="make no backup of the present state first")

    def handle(self, *args: Any, file: Path, verify: bool, no_copy: bool, **options: Any) -> None:
        try:
            with backups.tidy(), backups.unpacked(file.absolute(), tell=self._say, with_files=not verify) as found:
                manifest, folder = found
                dumps.check_dump(folder / dumps.dump_name())
                self.stdout.write(f"{file}: sound, made at {manifest.made_at}")
                self._tell_of_keys(manifest)
                if not verify:
                    self._restore(manifest, folder, keep=not no_copy)
        except (backups.Damaged, dumps.DumpFailed) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename or file}: {os.strerror(error.errno or 0)}") from error

    def _tell_of_keys(self, manifest: backups.Manifest) -> None:
        for name in manifest.missing_keys():
            self.stderr.write(f"{name} is not the key of then: what it protects cannot be read until it is back")
        if manifest.bucket:
            self.stderr.write("Files were in a bucket and are not in this backup: restore the bucket as well")

    def _restore(self, manifest: backups.Manifest, folder: Path, *, keep: bool) -> None:
        before = {}
        if _has_members():
            if keep:
                self._keep_the_present()
            before = {name: keeper.before(manifest.made_at) for name, keeper in backups.keepers.items()}
        dumps.load_from(folder / dumps.dump_name())
        self.stdout.write(f"database and {backups.put_files_back(folder)} files are back")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        cache.clear()
        for name, keeper in backups.keepers.items():
            keeper.after(before.get(name), manifest.made_at)
        report = audit.note_rewind()
        if report.broken:
            raise CommandError(f"restored, but the audit chain is broken: {report.broken}")
        self.stdout.write(f"index rebuilt, everybody signed out, audit chain sound: {report.head}")

    def _keep_the_present(self) -> None:
        copy = Path(settings.DATA_DIR) / f"before-restore-{now():%Y%m%d-%H%M%S}.tar"
        self._say(f"keeping the present state in {copy}")
        backups.write_backup(copy, tell=self._say)
        self.stdout.write(AFTER.format(copy=copy))

    def _say(self, line: str) -> None:
        """At once, also into a file or a pipe."""
        self.stdout.write(line)
        self.stdout.flush()


def _has_members() -> bool:
    """Whether somebody's data would be replaced: not on a new place, nor before its first migration."""
    people = get_user_model()
    return people._meta.db_table in connection.introspection.table_names() and people.objects.exists()
