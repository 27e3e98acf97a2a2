"""One judge for every fault: what was sent, acknowledged, stored and received, and whether the laws of a room held.

A pure function over recorded histories. The laws: an acknowledged command is stored once under the number it was told;
no ref is stored twice; every reader receives each number after its first place once and in order, to the last one.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field


@dataclass
class Said:
    """A command: its ref and the number it was acknowledged with, if it was."""

    ref: str
    seq: int | None = None


@dataclass
class Reader:
    """What one client received over all its visits: the place it began from, then every number as it came."""

    place: int | None = None
    received: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Verdict:
    """Counts of what went wrong; all of them zero when the laws held."""

    lost: int = 0
    twice: int = 0
    gaps: int = 0
    disorder: int = 0
    false_acks: int = 0
    stored_twice: int = 0
    holes_in_store: int = 0

    @property
    def is_sound(self) -> bool:
        return not any(asdict(self).values())


def judge(readers: Sequence[Reader], said: Sequence[Said], stored: Mapping[int, str | None]) -> Verdict:
    """`stored` is the log as the database has it: number → ref of the command that made it (None for others)."""
    last = max(stored, default=0)
    counts = [_of_reader(reader, last) for reader in readers if reader.place is not None]
    refs = Counter(ref for ref in stored.values() if ref)
    return Verdict(
        lost=sum(count["lost"] for count in counts),
        twice=sum(count["twice"] for count in counts),
        gaps=sum(count["gaps"] for count in counts),
        disorder=sum(count["disorder"] for count in counts),
        false_acks=sum(1 for one in said if one.seq is not None and stored.get(one.seq) != one.ref),
        stored_twice=sum(count - 1 for count in refs.values()),
        holes_in_store=len(set(range(min(stored, default=1), last + 1)) - stored.keys()),
    )


def _of_reader(reader: Reader, last: int) -> dict[str, int]:
    place = reader.place or 0
    times = Counter(reader.received)
    pairs = list(zip([place, *reader.received], reader.received, strict=False))
    return {
        "lost": sum(1 for seq in range(place + 1, last + 1) if seq not in times),
        "twice": sum(count - 1 for count in times.values()),
        "gaps": sum(1 for before, seq in pairs if seq > before + 1),
        "disorder": sum(1 for before, seq in pairs if seq < before),
    }
