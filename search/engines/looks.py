"""Which documents are looked at when a question's words are in more of them than can be scored in time.

What holds a rare word is looked at in full. Of words that are in many documents first what holds several of them, then
the newest that hold any. So the work of a search is bounded, however large the index and however common the words; all
words are weighed again by the second look (see ranking.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.grammar import Phrase

MOST_PAIRED = 5


@dataclass(frozen=True)
class Bounds:
    """So many documents with rare words are scored, so many by each look for the others, and so many places in lists
    of documents are read for pairs of words."""

    rare: int
    scored: int
    read: int


@dataclass(frozen=True)
class Either:
    """One of these, or several."""

    parts: "tuple[Expression, ...]"


@dataclass(frozen=True)
class Both:
    """All of these."""

    parts: "tuple[Expression, ...]"


Expression = Phrase | Either | Both


@dataclass(frozen=True)
class Looks:
    """What to look for: all that holds one of the rare words, the newest that hold several of those that can be paired
    (or, where those are too many, more of them), the newest that hold any. Empty where there is nothing of the kind."""

    rare: tuple[Phrase, ...]
    paired: tuple[Phrase, ...]
    several: tuple[Expression, ...]
    newest: Expression | None


def looks_for(held: Mapping[Phrase, int], bounds: Bounds) -> Looks:
    """`held` says of each word how many documents hold it, about."""
    words = sorted(held, key=lambda word: held[word])
    rare = _rare(words, held, bounds.rare)
    others = words[len(rare) :]
    paired = _paired(others, held, bounds.read)
    several = tuple(at_least(count, paired) for count in (2, 3) if len(paired) >= count)
    return Looks(tuple(rare), tuple(paired), several, Either(tuple(others)) if others else None)


def at_least(count: int, words: Sequence[Phrase]) -> Expression:
    """So many of the words, at least. The commonest should come first: the later are read more often."""
    if count == 1:
        return Either(tuple(words))
    last = len(words) - count + 1
    return Either(
        tuple(Both((word, at_least(count - 1, words[place + 1 :]))) for place, word in enumerate(words[:last]))
    )


def _rare(words: Sequence[Phrase], held: Mapping[Phrase, int], most: int) -> list[Phrase]:
    """As many of the rarest as can be looked at together."""
    found: list[Phrase] = []
    for word in words:
        if sum(held[each] for each in (*found, word)) > most:
            break
        found.append(word)
    return found


def _paired(words: Sequence[Phrase], held: Mapping[Phrase, int], most: int) -> list[Phrase]:
    """The rarest of them, the commonest first, as many as can be read in pairs."""
    for count in range(min(MOST_PAIRED, len(words)), 1, -1):
        found = sorted(words[:count], key=lambda word: -held[word])
        if sum(held[word] * place for place, word in enumerate(found, start=1)) <= most:
            return found
    return []
