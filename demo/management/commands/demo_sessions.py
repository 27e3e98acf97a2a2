"""Prints sessions of attendees as JSON lines, for load tests of a demo."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from demo.sessions import sessions
from webinars.models import Webinar


class Command(BaseCommand):
    """One line for each attendee: `{"email", "sessionid", "csrftoken"}`."""

    help = "Sign attendees of the demo in and print their sessions as JSON lines."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--count", type=int, required=True)
        parser.add_argument("--webinar", default="", metavar="SLUG", help="the webinar for which they are registered")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.COLLEGIUM_DEMO:
            raise CommandError("Only a demo gives out sessions: set COLLEGIUM_DEMO=1.")
        for row in sessions(options["count"], _webinar(options["webinar"])):
            self.stdout.write(json.dumps(row))


def _webinar(slug: str) -> Webinar | None:
    found = Webinar.objects.filter(slug=slug).first()
    if slug and found is None:
        raise CommandError(f"There is no webinar at {slug}.")
    return found
