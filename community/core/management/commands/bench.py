"""`manage.py bench NAME [--key value …]`: runs tests/bench/NAME.py and prints its figures as JSON."""

import json
from argparse import ArgumentParser
from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Runs one benchmark of tests/bench/ and prints its figures as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("options", nargs="*", help="key=value pairs for the benchmark")

    def handle(self, *args: Any, name: str, options: list[str], **rest: Any) -> None:
        try:
            module = import_module(f"tests.bench.{name}")
        except ModuleNotFoundError as error:
            raise CommandError(f"there is no benchmark {name}: {error}") from error
        values = dict(option.split("=", 1) for option in options)
        self.stdout.write(json.dumps(module.run(**values), indent=2, default=str))
