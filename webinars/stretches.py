"""Stretches of time, (from, to) in seconds: joined where they touch, and measured. Pure functions."""

from collections.abc import Iterable

Stretch = tuple[float, float]


def merged(stretches: Iterable[Stretch], gap: float = 0.0) -> list[Stretch]:
    """The union of all, in order; two that are at most `gap` apart become one. Empty and reversed ones go."""
    found: list[Stretch] = []
    for start, end in sorted(stretch for stretch in stretches if stretch[1] > stretch[0]):
        if found and start <= found[-1][1] + gap:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def within(stretches: Iterable[Stretch], start: float, end: float) -> list[Stretch]:
    """The parts of them between `start` and `end`."""
    cut = ((max(start, one), min(end, other)) for one, other in stretches)
    return [stretch for stretch in cut if stretch[1] > stretch[0]]


def length(stretches: Iterable[Stretch]) -> float:
    """Seconds that at least one of them covers."""
    return sum(end - start for start, end in merged(stretches))
