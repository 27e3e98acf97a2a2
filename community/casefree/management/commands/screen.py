"""JSON lines in, JSON lines out: what the guard says of each text. Needs no database."""

import json
import sys
from collections import defaultdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from community.casefree.mosaic import Told, as_json, summed
from community.casefree.screening import screen_after
from community.casefree.surfaces import SURFACES


class Command(BaseCommand):
    """See `contracts.md`: `{"text", "surface"?, "thread"?}` gives `{"outcome", "findings", "narrative"}`, same order.

    Lines of one `thread` are one author's: what they tell of one patient adds up.
    """

    help = "Screen JSON lines from standard input for words that could identify a patient."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--surface", default="post", choices=sorted(SURFACES), help="where the words stand, unless the line says so"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        told: defaultdict[str, Told] = defaultdict(Told)
        before: dict[str, str] = {}
        for line in filter(str.strip, sys.stdin):
            row = json.loads(line)
            text, thread = str(row.get("text") or ""), str(row.get("thread") or "")
            surface = str(row.get("surface") or options["surface"])
            outcome = screen_after(before.get(thread, "") if thread else "", text, surface)
            if thread:
                outcome, told[thread] = summed(outcome, told[thread], text), told[thread].with_more(outcome)
                before[thread] = text
            self.stdout.write(json.dumps(as_json(outcome), ensure_ascii=False))
