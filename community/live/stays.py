"""Who was in a topic from when to when, over all of a member's sockets here: told once a minute, not for each socket.

Only topics whose kind wants it (registry). A process that dies without a word loses at most that minute.
"""

import time
from collections import defaultdict
from typing import NamedTuple


class Stay(NamedTuple):
    """A member and two moments, in seconds since 1970."""

    member: int
    since: float
    until: float


class Stays:
    """Belongs to a hub."""

    def __init__(self) -> None:
        self._since: dict[str, dict[int, float]] = defaultdict(dict)
        self._over: dict[str, list[Stay]] = defaultdict(list)

    def came(self, topic: str, member: int) -> None:
        """The first socket of a member; the others change nothing."""
        self._since[topic].setdefault(member, time.time())

    def left(self, topic: str, member: int) -> None:
        """The last socket of a member has gone."""
        since = self._since[topic].pop(member, None)
        if since is not None:
            self._over[topic].append(Stay(member, since, time.time()))

    def take(self) -> dict[str, list[Stay]]:
        """What has not been told yet, by topic: those who left, and those who are still there, up to now."""
        moment, over = time.time(), self._over
        self._over = defaultdict(list)
        for topic, present in self._since.items():
            over[topic] += [Stay(member, since, moment) for member, since in present.items()]
            present.update(dict.fromkeys(present, moment))
        self._since = defaultdict(dict, {topic: present for topic, present in self._since.items() if present})
        return dict(over)

    def give_back(self, topic: str, stays: list[Stay]) -> None:
        """They could not be written: they are told again with the next ones."""
        self._over[topic] += stays
