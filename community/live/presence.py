"""How many are in a topic, of which professions and regions, and how they react: counts, at most one frame a second.

Each process tells the others its own counts through the doorbells; who has not been heard for a while counts no more.
Only topics whose kind brings a describer (registry) have presence. Cells under five are left out.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from community.live.bells import PROCESS, Message, ring
from community.live.frames import Frame
from community.live.registry import describer_of
from community.live.rights import chunks

SMALLEST_CELL = 5
TELL_AGAIN = 5.0
EXPIRES = 12.0

Cells = dict[str, dict[str, int]]
Description = dict[str, str]


@dataclass(frozen=True)
class Share:
    """What one process counts in a topic."""

    present: int = 0
    by: Cells = field(default_factory=dict)


class Presence:
    """The counts of all topics, as one hub knows them."""

    def __init__(self) -> None:
        self.shares: dict[str, dict[str, tuple[float, Share]]] = defaultdict(dict)
        self.known: dict[str, dict[int, Description]] = defaultdict(dict)
        self.reactions: dict[str, Counter[str]] = defaultdict(Counter)
        self.told: dict[str, dict[str, Any]] = {}
        self.told_others: dict[str, tuple[float, Share]] = {}

    # --- What comes in ---

    def hear(self, message: Message) -> None:
        """A share of another process, or reactions from any."""
        topic = str(message["topic"])
        if "share" in message:
            share = Share(int(message["share"]["present"]), message["share"]["by"])
            self.shares[topic][str(message["from"])] = (time.monotonic(), share)
        elif topic in self.known or topic in self.told:
            self.reactions[topic][str(message["reaction"])] += int(message["count"])

    def strangers(self, topic: str, members: Collection[int]) -> list[int]:
        """Those in the topic who were not described yet; who left is forgotten."""
        known = self.known[topic]
        for gone in known.keys() - set(members):
            del known[gone]
        return [member for member in members if member not in known]

    def meet(self, topic: str, descriptions: dict[int, Description]) -> None:
        self.known[topic].update(descriptions)

    def leave(self, topic: str) -> None:
        """The last socket of this process has left the topic."""
        self.known.pop(topic, None)
        self.told.pop(topic, None)
        self.reactions.pop(topic, None)
        self.shares.get(topic, {}).pop(PROCESS, None)
        if self.told_others.pop(topic, None):
            self._tell_others(topic, Share())

    def greet(self, topic: str) -> None:
        """Somebody came: the next frame is sent even when the counts stay as they are."""
        self.told.pop(topic, None)

    # --- What goes out ---

    def elsewhere(self, topic: str) -> int:
        """Members whose sockets are at other processes, as far as is known."""
        here = self.shares.get(topic, {}).get(PROCESS)
        return self._total(topic).present - (here[1].present if here else 0)

    def frame(self, topic: str, members: int) -> Frame | None:
        """The next frame for the topic, or None when nothing has changed. Tells the other processes on the way."""
        self._tell_if_new(topic, Share(members, _cells(self.known[topic].values())))
        total, reactions = self._total(topic), self.reactions.pop(topic, Counter())
        shown = {"present": total.present, "by": without_small_cells(total.by)}
        if self.told.get(topic) == shown and not reactions:
            return None
        self.told[topic] = shown
        return Frame.of(is_="presence", **shown, reactions=dict(reactions))

    def _tell_if_new(self, topic: str, share: Share) -> None:
        self.shares[topic][PROCESS] = (time.monotonic(), share)
        at, told = self.told_others.get(topic, (0.0, None))
        if told != share or time.monotonic() - at > TELL_AGAIN:
            self.told_others[topic] = (time.monotonic(), share)
            self._tell_others(topic, share)

    def _tell_others(self, topic: str, share: Share) -> None:
        ring({"topic": topic, "share": {"present": share.present, "by": share.by}})

    def _total(self, topic: str) -> Share:
        heard = self.shares.get(topic, {})
        for process in [name for name, (at, _share) in heard.items() if time.monotonic() - at > EXPIRES]:
            del heard[process]
        living = [share for _at, share in heard.values()]
        return Share(sum(share.present for share in living), _sum(share.by for share in living))


def describe(kind: str, key: str, members: Collection[int]) -> dict[int, Description]:
    """What the kind's describer says of these members; those of whom it says nothing are counted only."""
    describer = describer_of(kind)
    if describer is None:
        return {}
    found: dict[int, Description] = {}
    for some in chunks(members):
        described = describer(key, some)
        found |= {member: described.get(member, {}) for member in some}
    return found


def without_small_cells(cells: Cells) -> Cells:
    """The counts without those of groups so small that their people could be recognised."""
    shown = {}
    for name, counts in cells.items():
        large = {value: count for value, count in counts.items() if count >= SMALLEST_CELL}
        if large:
            shown[name] = dict(sorted(large.items()))
    return shown


def _cells(descriptions: Iterable[Description]) -> Cells:
    cells: dict[str, Counter[str]] = defaultdict(Counter)
    for description in descriptions:
        for name, value in description.items():
            if value:
                cells[name][value] += 1
    return {name: dict(counts) for name, counts in cells.items()}


def _sum(all_cells: Iterable[Cells]) -> Cells:
    total: dict[str, Counter[str]] = defaultdict(Counter)
    for cells in all_cells:
        for name, counts in cells.items():
            total[name].update(counts)
    return {name: dict(counts) for name, counts in total.items()}
