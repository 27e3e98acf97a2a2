"""Spreads threads and replies over two years, always in the same way, ending shortly before now."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from demo.texts import SpaceText, ThreadText

YEARS = timedelta(days=730)
#: Above 1, more threads lie in the recent past than long ago.
RECENCY = 1.5
LATEST = timedelta(minutes=20)


@dataclass(frozen=True)
class Placed:
    """A thread with the moment of each of its posts, in order."""

    space: SpaceText
    thread: ThreadText
    moments: tuple[datetime, ...]


def place(spaces: tuple[SpaceText, ...], now: datetime) -> list[Placed]:
    """Every thread with its times, oldest first."""
    chance = random.Random(730)
    threads = [(space, thread) for space in spaces for thread in space.threads]
    placed = [Placed(space, thread, _moments(len(thread.posts), now, chance)) for space, thread in threads]
    return sorted(placed, key=lambda each: each.moments[0])


def _moments(count: int, now: datetime, chance: random.Random) -> tuple[datetime, ...]:
    begin = now - timedelta(hours=18) - YEARS * chance.random() ** RECENCY
    gaps = [timedelta(0), *(timedelta(hours=chance.expovariate(1 / 20) + 0.2) for _ in range(count - 1))]
    needed, room = sum(gaps, timedelta(0)), now - LATEST - begin
    squeeze = min(1.0, room / needed) if needed else 1.0
    return tuple(begin + sum(gaps[: index + 1], timedelta(0)) * squeeze for index in range(count))
