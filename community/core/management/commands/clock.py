"""`manage.py clock`: runs periodic tasks, one look a second, until SIGTERM."""

import os
import signal
import socket
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from community.core.tasks import run_due


class Command(BaseCommand):
    help = "Runs the periodic tasks. Several clocks may run: a lease in the database lets one do each task."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="look once and end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        holder = f"{socket.gethostname()}:{os.getpid()}"
        while not stop.is_set():
            close_old_connections()
            run_due(holder)
            if once or stop.wait(1):
                return
