"""How strongly a name or a place hangs on one patient: the sum of what stands before, after and in the same sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from community.casefree.packs import Following, Ties, Weighted
from community.casefree.reading import Reading
from community.casefree.rules.rule import Candidate

BEFORE, AFTER = 70, 50
#: Round a name they mean nothing.
QUOTES = "\"'"
BY_ENCOUNTER = 0.5
NEVER = -100.0


@dataclass(frozen=True)
class Tie:
    """`beside` is what stands directly before and after, `person` and `encounter` what the sentence speaks of."""

    beside: float
    person: bool
    encounter: bool


def tie_of(candidate: Candidate, ties: Ties, *, start: int | None = None, least: float = NEVER) -> Tie:
    """Weigh a candidate; `start` is where it begins with its title. With `least`, what is beside is told only if all
    together can reach so much."""
    reading, at = candidate.reading, candidate.start if start is None else start
    low, high = reading.sentence(at, candidate.end)
    person = _is_somebody_in(reading, low, high)
    encounter = reading.mentions(reading.pack.encounter, low, high)
    after = weigh_after(ties.after, reading.spoken[candidate.end : candidate.end + AFTER].removeprefix('"'))
    least -= after + person + BY_ENCOUNTER * encounter
    return Tie(after + weigh_before(ties.before, reading, max(0, at - BEFORE, low - 1), at, least), person, encounter)


def weigh_before(weights: Sequence[Weighted], reading: Reading, low: int, high: int, least: float = NEVER) -> float:
    """Phrases are anchored to the end of the stretch, but for quotation marks. Where what is left cannot reach the least
    it is not looked for."""
    while low < high and reading.small[high - 1] in QUOTES:
        high -= 1
    told, left = 0.0, sum(max(0.0, weighted.weight) for weighted in weights)
    for weighted in weights:
        if told + left < least:
            break
        left -= max(0.0, weighted.weight)
        if reading.first(weighted.pattern, low, high):
            told += weighted.weight
    return told


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
