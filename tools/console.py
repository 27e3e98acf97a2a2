"""How the tools speak: short lines, each step with its time."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn


def say(line: str = "") -> None:
    print(line, flush=True)


def stop(message: str) -> NoReturn:
    """End with one line that says what is wrong and what to do."""
    sys.exit(f"collegium: {message}")


@contextmanager
def step(title: str) -> Iterator[None]:
    """Say what begins, and how long it took."""
    say(f"  … {title}")
    began = time.monotonic()
    yield
    say(f"  ✓ {title} ({time.monotonic() - began:.0f} s)")
