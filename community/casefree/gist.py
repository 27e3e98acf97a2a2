"""How much a text tells of one person, whatever it is about: counts of some kinds of words, weighed and added up.

The phrases of `narrative` know how clinicians begin a story; this knows what every story has in it, told in full
sentences or in a hurry. Kinds, weights and words are data of the language's pack, section `gist`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from community.casefree.packs import Gist, Weighted
from community.casefree.reading import Reading

#: What is told in a few sentences of a long text weighs less: more of it is there by chance.
SHORT, FEW, LONG = 90, 3, 2.4
#: So many clinical words tell of somebody who is not mentioned.
CLINICAL_ENOUGH = 3
#: Far below nought.
NOBODY = -50.0
#: A verb of the past that is known by its end has so many letters.
SHORTEST = 5
WORD = re.compile(r"[^\W\d_]{1,30}")
#: Clinical words by their end, from Greek and Latin or by the rules of drug names; the same in many languages.
ENDS = ("oma", "omas", "itis", "aemia", "emia", "ectomy", "otomy", "osis", "pathy", "plasty", "scopy", "uria", "algia",
        "penia", "plegia", "iasis", "rrhage", "rrhoea", "rrhea", "mycin", "cillin", "statin", "sartan", "prazole", "mab",
        "azole", "olol", "xaban", "ectomie", "ectomía", "otomie", "otomía", "patía", "pathie", "plastia", "plastie", "scopia",
        "scopie", "urie", "algie", "pénie", "plejia", "plégie", "émie", "mycine", "micina", "cilline", "cilina", "statine",
        "statina", "prazol", "azol", "xabán")  # fmt: skip
ENDED, NO_ILLNESS = (
    7,
    frozenset(
        [
            "diploma",
            "diplomas",
            "academia",
            "empathy",
            "sympathy",
            "antipathy",
            "dichotomy",
            "hypnosis",
            "osmosis",
            "telepathy",
            "académie",
            "nostalgia",
            "nostalgie",
        ]
    ),
)


class Counts(Protocol):
    """How often each kind occurs, in the order of the weights."""

    def __getitem__(self, kind: int, /) -> float: ...


class Counting:
    """The counts of a stretch, each of them counted when it is first asked for: most texts have nobody in them."""

    def __init__(self, reading: Reading, words: Gist, low: int, high: int, definite: list[tuple[int, int]]) -> None:
        self.reading, self.words, self.low, self.high, self.definite = reading, words, low, high, definite
        self.known: dict[int, float] = {}

    def __getitem__(self, kind: int) -> float:
        if kind not in self.known:
            self.known[kind] = self._count(kind)
        return self.known[kind]

    @cached_property
    def said(self) -> list[str]:
        return WORD.findall(self.reading.small[self.low : self.high])

    def _count(self, kind: int) -> float:
        """Words of the lists, regular pasts, patterns, questions, people who were there, phrases of the pack."""
        words, later = self.words, kind - len(self.words.words) - 1
        if later < -1:
            return self._listed(kind)
        if later == -1:
            return sum(1 for word in self.said if len(word) >= SHORTEST and word.endswith(words.regular))
        if later < len(words.patterns):
            return self.reading.count(words.patterns[later], self.low, self.high)
        return (self._questions, self._people, self._cues, self._counters)[later - len(words.patterns)]()

    def _listed(self, kind: int) -> float:
        listed = sum(map(self.words.words[kind].__contains__, self.said))
        if kind != self.words.about_illness:
            return listed
        return listed + sum(is_clinical_by_its_end(word) and word not in self.words.clinical for word in self.said)

    def _questions(self) -> float:
        return self.reading.small.count("?", self.low, self.high)

    def _people(self) -> float:
        return sum(1 for start, _end in self.definite if self.low <= start < self.high)

    def _cues(self) -> float:
        return self._told(self.reading.pack.cues)

    def _counters(self) -> float:
        return self._told(self.reading.pack.counters)

    def _told(self, weights: tuple[Weighted, ...]) -> float:
        """The phrases of the pack, weighed as there."""
        return sum(w.weight * min(w.most, self.reading.count(w.pattern, self.low, self.high)) for w in weights)


@dataclass(frozen=True)
class Together:
    """The counts of some sentences."""

    sentences: list[Counting]

    def __getitem__(self, kind: int) -> float:
        return sum(sentence[kind] for sentence in self.sentences)


def gist(reading: Reading, definite: list[tuple[int, int]]) -> float | None:
    """Above nought it reads as one person's story, below not; None where the language has no words for it.

    `definite` says where people are spoken of who were there.
    """
    words = reading.pack.gist
    if words is None:
        return None
    if reading.small.count(" ") < SHORT:
        return _weigh(words, counts_of(reading, words, definite))
    sentences = list(_sentences(reading))
    people = words.patterns[words.about]
    about = [
        reading.mentions(people, low, high) or reading.mentions(reading.pack.pronoun, low, high)
        for low, high in sentences
    ]
    near = [any(about[max(0, at - FEW + 1) : at + FEW]) for at in range(len(sentences))]
    counts = [
        Counting(reading, words, low, high, definite) if is_near else None
        for (low, high), is_near in zip(sentences, near, strict=True)
    ]
    windows = ([one for one in counts[at : at + FEW] if one is not None] for at in range(max(1, len(counts) - FEW + 1)))
    return max((_weigh(words, Together(window)) - LONG for window in windows), default=NOBODY)


def leaning(reading: Reading, definite: list[tuple[int, int]]) -> float:
    """The gist of a short text as if it were of somebody: for what is told of one whom an earlier post brought in."""
    words = reading.pack.gist
    if words is None or reading.small.count(" ") >= SHORT:
        return NOBODY
    return _sum(words, counts_of(reading, words, definite))


def counts_of(reading: Reading, words: Gist, definite: list[tuple[int, int]]) -> Counting:
    """The counts of a whole text."""
    return Counting(reading, words, 0, len(reading.small), definite)


def is_clinical_by_its_end(word: str) -> bool:
    """Greek and Latin ends, and those of drug names."""
    return len(word) >= ENDED and word.endswith(ENDS) and word not in NO_ILLNESS


def _weigh(words: Gist, counts: Counts) -> float:
    if not is_of_somebody(words, counts):
        return NOBODY
    return _sum(words, counts)


def _sum(words: Gist, counts: Counts) -> float:
    return words.bias + sum(weight * min(most, counts[kind]) for kind, (weight, most) in enumerate(words.weights))


def is_of_somebody(words: Gist, counts: Counts) -> bool:
    """Without somebody who is ill there is no story, unless it is clinical all through; colleagues are he and she too."""
    illness = counts[words.about_illness]
    spoken_of = illness and any(counts[at] for at in words.spoken_of)
    return bool(spoken_of or illness >= CLINICAL_ENOUGH or any(counts[at] for at in words.of_somebody))


def _sentences(reading: Reading) -> Iterator[tuple[int, int]]:
    low = 0
    for high in [*reading.boundaries, len(reading.small)]:
        if low < high:
            yield low, high
        low = high
