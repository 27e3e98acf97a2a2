"""How strongly a name or a place hangs on one patient: the sum of what stands before, after and in the same sentence."""

from collections.abc import Iterable
from dataclasses import dataclass

from community.casefree.packs import Following, Ties, Weighted
from community.casefree.reading import Reading
from community.casefree.rules.rule import Candidate

BEFORE, AFTER = 70, 50
#: Round a name they mean nothing.
QUOTES = "\"'"


@dataclass(frozen=True)
class Tie:
    """`beside` is what stands directly before and after, `person` and `encounter` what the sentence speaks of."""

    beside: float
    person: bool
    encounter: bool


def tie_of(candidate: Candidate, ties: Ties, *, start: int | None = None) -> Tie:
    """Weigh a candidate; `start` is where it begins with its title."""
    text, at = candidate.reading.spoken, candidate.start if start is None else start
    low, high = candidate.reading.sentence(at, candidate.end)
    before, after = (
        candidate.reading.small[max(0, at - BEFORE, low - 1) : at],
        text[candidate.end : candidate.end + AFTER],
    )
    words = candidate.reading.pack
    return Tie(
        weigh_before(ties.before, before.rstrip(QUOTES)) + weigh_after(ties.after, after.removeprefix('"')),
        _is_somebody_in(candidate.reading, low, high),
        candidate.reading.mentions(words.encounter, low, high),
    )


def weigh_before(weights: Iterable[Weighted], text: str) -> float:
    """Phrases are anchored to the end of the text, which is in small letters."""
    return sum(weighted.weight for weighted in weights if weighted.pattern.search(text))


def weigh_after(weights: Iterable[Following], text: str) -> float:
    """Phrases are anchored to the start of the text."""
    return sum(weighted.weight for weighted in weights if weighted.pattern.match(text))


def speaks_of_somebody(candidate: Candidate) -> bool:
    """The text describes one person, in this sentence or another."""
    reading = candidate.reading
    return bool(reading.people) or reading.mentions(reading.pack.described, 0, len(reading.text))


def is_of_many(candidate: Candidate) -> bool:
    """The sentence is about a population and describes nobody."""
    words = candidate.reading.pack
    return candidate.sentence_has(words.population) and not describes_somebody(candidate)


def describes_somebody(candidate: Candidate) -> bool:
    """The sentence describes or names one person."""
    low, high = candidate.reading.sentence(candidate.start, candidate.end)
    return _is_somebody_in(candidate.reading, low, high)


def _is_somebody_in(reading: Reading, low: int, high: int) -> bool:
    words = reading.pack
    return (
        reading.mentions(words.described, low, high)
        or reading.names_somebody(low, high)
        or (reading.mentions(words.definite, low, high) and not reading.mentions(words.generic, low, high))
    )
