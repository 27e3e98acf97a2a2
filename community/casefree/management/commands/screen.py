"""JSON lines in, JSON lines out: what the guard says of each text. Needs no database."""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from community.casefree.screening import screen
from community.casefree.surfaces import SURFACES


class Command(BaseCommand):
    """See `contracts.md`: `{"text", "surface"?, "thread"?}` gives `{"outcome", "findings", "narrative"}`, same order."""

    help = "Screen JSON lines from standard input for words that could identify a patient."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--surface", default="post", choices=sorted(SURFACES), help="where the words stand, unless the line says so"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for line in sys.stdin:
            if line.strip():
                row = json.loads(line)
                outcome = screen(str(row.get("text") or ""), str(row.get("surface") or options["surface"]))
                self.stdout.write(json.dumps(asdict(outcome), ensure_ascii=False))
