"""What a look at the database brings: the new entries of many topics, read and encoded once."""

import logging
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from community.live.frames import Frame, encode, events_frame
from community.live.queries import LARGEST_GAP
from community.live.registry import log_of

log = logging.getLogger(__name__)

# Topic → how far the hub has told it, and the epoch of those numbers ("" when it did not exist yet).
Marks = dict[str, tuple[int, str]]


@dataclass(frozen=True)
class Cached:
    """The answer to a join, the same for everybody with the same place; `events` is encoded."""

    epoch: str
    seq: int
    events: str
    is_gap: bool


@dataclass
class News:
    """The entries of one topic after a mark. Those who joined in the middle of them get what they lack."""

    topic: str
    epoch: str
    until: int
    numbers: list[int]
    encoded: list[str]
    starts_afresh: bool = False
    is_cut_off: bool = False
    frames: dict[int, Frame] = field(default_factory=dict)

    def frame_after(self, seq: int) -> Frame:
        if self.starts_afresh:
            return self._kept(-1, lambda: Frame.of(is_="resync", seq=self.until))
        first = next((at for at, number in enumerate(self.numbers) if number > seq), len(self.numbers))
        return self._kept(first, lambda: events_frame(self.encoded[first:]))

    def _kept(self, key: int, make: Any) -> Frame:
        if key not in self.frames:
            self.frames[key] = make()
        return self.frames[key]


def since(marks: Marks) -> list[News]:
    """What is new in these topics. A topic whose log fails does not keep the others waiting."""
    by_log: dict[Any, list[str]] = defaultdict(list)
    for topic in marks:
        by_log[log_of(topic)].append(topic)
    found = []
    for source, topics in by_log.items():
        try:
            source.flush(topics)
            for topic, (seq, epoch) in source.heads(topics).items():
                one = _news_of(topic, source, marks[topic], seq, epoch)
                if one:
                    found.append(one)
        except Exception as error:
            log.warning("a log cannot be read", extra={"kind": type(error).__name__, "words": str(error)[:200]})
    return found


def _news_of(topic: str, source: Any, mark: tuple[int, str], seq: int, epoch: str) -> News | None:
    told, known_epoch = mark
    if known_epoch and epoch != known_epoch:
        return News(topic, epoch, seq, [], [], starts_afresh=True)
    if seq <= told:
        return None
    until = min(seq, told + LARGEST_GAP)
    events = source.entries_after(topic, told, until)
    return News(
        topic, epoch, until, [event["seq"] for event in events], [encode(event) for event in events],
        is_cut_off=until < seq,
    )  # fmt: skip


def page(topic: str, since: int | None, epoch: str | None) -> Cached:
    """What a client that joins gets, encoded."""
    found = log_of(topic).page_for(topic, since, epoch)
    return Cached(found.epoch, found.seq, encode(found.events), found.is_gap)
