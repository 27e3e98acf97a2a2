"""`manage.py push_media`: takes pictures and documents that are on disk to a bucket that was set later.

What belongs to webinars goes by itself.
"""

from argparse import ArgumentParser
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from community.core import buckets

FOLDERS = ("images", "documents", "original_images")


class Command(BaseCommand):
    help = "Copies pictures and documents of DATA_DIR/media to the bucket; --remove then takes them off the disk."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--remove", action="store_true", help="remove each file here once it is there")

    def handle(self, *args: Any, remove: bool, **options: Any) -> None:
        if buckets.bucket() is None:
            raise CommandError("No bucket is set.")
        root, copied = Path(settings.MEDIA_ROOT), 0
        for path in sorted(path for folder in FOLDERS for path in (root / folder).rglob("*") if path.is_file()):
            copied += _copy(path, path.relative_to(root).as_posix())
            if remove:
                path.unlink()
        self.stdout.write(f"{copied} files copied.")


def _copy(path: Path, key: str) -> bool:
    """Whether it was not there yet, in this size."""
    if buckets.size_of(key) == path.stat().st_size:
        return False
    buckets.put(key, path.read_bytes(), kind=guess_type(key)[0] or "application/octet-stream")
    return True
