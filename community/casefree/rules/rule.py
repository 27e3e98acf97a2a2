"""The shape of a rule: what to look for, what makes it certain, what to tell the author and on whose authority."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise

from community.casefree.outcomes import Level
from community.casefree.phrases import Phrases, beginnings_in
from community.casefree.reading import Reading

#: 45 CFR 164.514(b)(2)(i), the list of identifiers of the Safe Harbor method, by letter.
SAFE_HARBOR = "45 CFR 164.514(b)(2)(i)({})"
#: The journals' list of indirect identifiers.
TRIALS = "Hrynaszkiewicz et al., Trials 2010;11:9"


@dataclass(frozen=True)
class Candidate:
    """A match of a rule's pattern, in the reading it was found in."""

    match: re.Match[str]
    reading: Reading
    #: Bounds of the identifier where they are narrower than what the pattern took.
    trimmed: tuple[int, int] | None = None

    def before(self, reach: int = 40) -> str:
        """What stands directly before the identifier."""
        start = self.start
        return self.reading.text[max(0, start - reach) : start]

    def after(self, reach: int = 40) -> str:
        """What stands directly after the identifier."""
        return self.reading.text[self.end : self.end + reach]

    @property
    def start(self) -> int:
        return self.trimmed[0] if self.trimmed else self.match.start("id")

    @property
    def end(self) -> int:
        return self.trimmed[1] if self.trimmed else self.match.end("id")

    @property
    def text(self) -> str:
        return self.reading.text[self.start : self.end]

    def sentence_has(self, pattern: re.Pattern[str] | Phrases) -> bool:
        """Whether the sentence round the identifier holds a pattern."""
        low, high = self.reading.sentence(self.match.start(), self.match.end())
        return self.reading.mentions(pattern, low, high)


def _as_it_is(candidate: Candidate) -> Candidate | None:
    return candidate


@dataclass(frozen=True)
class Rule:
    """`pattern` names the identifier itself with the group `id`; `certain` decides in context; `numeric` rules
    need digits to hold and read only the stretches round them.

    Patterns use bounded repeats only and start at a boundary, so that reading stays linear in the length of the text.
    """

    kind: str
    pattern: re.Pattern[str]
    reason: str | Promise
    source: str
    certain: Callable[[Candidate], bool] = lambda candidate: True
    level: Level = "block"
    numeric: bool = False
    #: The rule reads only stretches round this, so that plain prose costs it little.
    near: re.Pattern[str] | Phrases | None = None
    #: A quick test of the whole text: without it the rule cannot hold.
    needs: re.Pattern[str] | None = None
    #: One of these must be in the text, where the rule has cue words that its pattern does not begin with.
    cues: frozenset[str] | None = None
    #: Cuts a candidate down to the identifier, or drops it.
    trim: Callable[[Candidate], Candidate | None] = _as_it_is

    @cached_property
    def beginnings(self) -> frozenset[str] | None:
        """What the pattern can begin with."""
        return beginnings_in(self.pattern.pattern)

    def candidates(self, reading: Reading) -> Iterator[Candidate]:
        """Every place where the rule holds."""
        if not self._has_what_it_needs(reading) or not (windows := self._windows(reading)):
            return
        # By identity: to hash a pattern is to read all of it.
        key = (id(self.pattern), id(self.near), self.numeric, self.trim)
        for candidate in reading.kept(key, lambda: list(self._possible(reading, windows))):
            if self.certain(candidate):
                if self.kind == "name":
                    reading.meet(candidate.start, candidate.end)
                yield candidate

    def _has_what_it_needs(self, reading: Reading) -> bool:
        if not reading.may_begin(self.cues):
            return False
        return self.needs is None or reading.mentions(self.needs, 0, len(reading.text))

    def _possible(self, reading: Reading, windows: list[tuple[int, int]]) -> Iterator[Candidate]:
        """What the pattern finds, cut down; rules of the same pattern share it."""
        for low, high in windows:
            for match in reading.matches(self.pattern, low, high, self.beginnings):
                candidate = self.trim(Candidate(match, reading))
                if candidate:
                    yield candidate

    def _windows(self, reading: Reading) -> list[tuple[int, int]]:
        if self.near:
            return reading.windows(self.near)
        return reading.number_windows if self.numeric else [(0, len(reading.text))]

    @property
    def explanation(self) -> str:
        """What the author reads: why, and where the rule comes from."""
        return f"{self.reason} ({self.source})"


def words(*alternatives: str) -> str:
    """A pattern for any of the alternatives, without regard to case; a space stands for a short gap, ` ?` for one that may be none."""
    flexible = (a.replace(" ?", r"[\s-]{0,3}").replace(" ", r"[\s-]{1,3}") for a in alternatives)
    return f"(?i:{'|'.join(flexible)})"
