"""`manage.py check_storage`: whether the bucket does what it must, and is as private as it must be."""

import urllib.error
import urllib.request
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from community.core import buckets
from community.core.models import new_public_id

WORDS = b"A file that check_storage made, and removes."


class Command(BaseCommand):
    help = "Stores, reads and deletes a file in the bucket, and tries to read it without a signature."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--create", action="store_true", help="make the bucket where it is not there yet")

    def handle(self, *args: Any, create: bool, **options: Any) -> None:
        place = buckets.bucket()
        if place is None:
            self.stdout.write("No bucket is set: files are on disk.")
            return
        try:
            if create:
                buckets.make()
            found = list(_faults(f"check/{new_public_id()}"))
        except (buckets.Unreachable, FileNotFoundError) as error:
            raise CommandError(f"The storage at {place.endpoint} does not do it: {error}") from None
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write(f"{place.name}: stores, reads and deletes; nobody reads without a signature.")


def _faults(key: str) -> Iterator[str]:
    buckets.put(key, WORDS, kind="text/plain")
    try:
        if buckets.get(key) != WORDS:
            yield "What is read is not what was stored."
        address = buckets.address_of(key)
        if _answer(address) not in {200, None}:
            yield f"A signed address answers {_answer(address)}: compare S3_PUBLIC_URL, S3_REGION and S3_ADDRESSING."
        if _answer(address.partition("?")[0]) == 200:
            yield "The bucket is public: anybody reads its files without a signature. Make it private."
    finally:
        buckets.remove([key])
    if buckets.size_of(key) is not None:
        yield "What was deleted is still there."
    if buckets.keeps_versions():
        yield "The bucket keeps versions of what is deleted. Switch versioning off: what is cut out must be gone."


def _answer(address: str) -> int | None:
    """The status, or None where this machine cannot reach the address that browsers use."""
    try:
        with urllib.request.urlopen(address, timeout=buckets.READ_SECONDS) as answer:  # noqa: S310 - the operator's own
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None
