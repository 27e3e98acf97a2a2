"""`manage.py verify_audit`: exit 0 and the head of the chain, or exit 1 and the first broken row."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from community.core import audit


class Command(BaseCommand):
    help = "Recomputes the audit chain over all sealed events."

    def handle(self, *args: Any, **options: Any) -> None:
        report = audit.verify()
        if report.broken:
            raise CommandError(f"broken: {report.broken}", returncode=1)
        self.stdout.write(
            f"{report.head} ({report.seals} seals, {report.sealed} events, {report.pending} not sealed yet)"
        )
