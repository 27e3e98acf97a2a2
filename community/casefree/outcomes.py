"""What the guard answers: an outcome and its findings. Values only; the rules that lead to them live in `rules/`."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["pass", "nudge", "hold", "block"]

#: From harmless to grave; the gravest finding decides.
LEVELS: tuple[Level, ...] = ("pass", "nudge", "hold", "block")


@dataclass(frozen=True)
class Finding:
    """One place in a text. `start` and `end` are character offsets into the text as it was written."""

    start: int
    end: int
    kind: str
    reason: str
    #: Words that may stand in the place of the marked ones.
    rewrite: str | None = None


@dataclass(frozen=True)
class Outcome:
    """The guard's answer. `narrative` (0.0 to 1.0) says how much a text reads like one person's story."""

    outcome: Level
    findings: tuple[Finding, ...] = ()
    narrative: float = 0.0
    #: Categories of indirect identifiers, never their words: what the ledger adds up over a thread.
    categories: frozenset[str] = frozenset()
    #: Somebody was there, rather than an example.
    definite: bool = False
    #: Categories that are told if the words go on about somebody whom a post before brought in.
    attached: frozenset[str] = frozenset()
    #: How much the words read like a part of what is told of one person over a thread; nought: they do not.
    part: int = 0


def gravest(levels: list[Level]) -> Level:
    """The level that decides; `pass` where nothing was found."""
    return max(levels, key=LEVELS.index, default="pass")
