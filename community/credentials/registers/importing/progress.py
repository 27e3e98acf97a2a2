"""Tells an operator how far an import is: one rewritten line on a terminal, a line now and then in a log."""

import time
from collections.abc import Callable
from typing import Final, TextIO

from .records import Tally

ON_TERMINAL: Final = 0.5
IN_LOG: Final = 10.0


class Progress:
    """Prints rows, share and rate, at most every half second on a terminal and every ten seconds elsewhere."""

    def __init__(self, stream: TextIO, tally: Tally, fraction: Callable[[], float]) -> None:
        self._stream = stream
        self._tally = tally
        self._fraction = fraction
        self._terminal = stream.isatty()
        self._pause = ON_TERMINAL if self._terminal else IN_LOG
        self._started = self._last = time.monotonic()

    def tick(self) -> None:
        """Print if it is time to."""
        moment = time.monotonic()
        if moment - self._last >= self._pause:
            self._last = moment
            self._print(moment)

    def end(self) -> None:
        """Print the last state and leave the line."""
        self._print(time.monotonic())
        if self._terminal:
            self._stream.write("\n")

    def _print(self, moment: float) -> None:
        seconds = max(moment - self._started, 0.001)
        rows = self._tally.rows_read
        text = f"{rows:>11,} rows  {self._fraction():>4.0%}  {rows / seconds:>9,.0f} rows/s  {seconds:>5.0f} s"
        self._stream.write(f"\r{text}" if self._terminal else f"{text}\n")
        self._stream.flush()
