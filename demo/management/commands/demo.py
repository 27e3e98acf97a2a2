"""Seeds the demo community; with numbers, fills it up for load tests."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from demo import accounts, bulk, community


class Command(BaseCommand):
    """Idempotent: what is there stays as it is. Numbers say how many there are to be in all."""

    help = "Seed an invented community; with numbers, fill it up to so many members, threads, posts and attendees."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--accounts", action="store_true", help="only print the accounts of the personas")
        for name in ("members", "threads", "posts", "attendees"):
            parser.add_argument(f"--{name}", type=int, default=0, metavar="N", help=f"{name} there are to be in all")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["accounts"]:
            self._seed()
            sizes = bulk.Sizes(options["members"], options["threads"], options["posts"], options["attendees"])
            if sizes.are_wanted:
                self._fill(sizes)
        self.stdout.write("\n".join(accounts.lines()))

    def _seed(self) -> None:
        began = time.monotonic()
        is_new = community.seed()
        self.stdout.write(f"demo community {'written' if is_new else 'is there'} ({time.monotonic() - began:.1f} s)")

    def _fill(self, sizes: bulk.Sizes) -> None:
        for made in bulk.fill(sizes):
            self.stdout.write(f"  {made.name}: {made.count} in {made.seconds:.1f} s ({made.rate:.0f}/s)")
