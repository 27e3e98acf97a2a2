"""How alike two texts are: stemmed words, weighed by how rare they are among the texts at hand (tf-idf, cosine).

Small on purpose: it compares one question with some hundreds of write-ups. A package above may put its own in its
place (`matching.use_similarity`).
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

WORD = re.compile(r"[^\W\d_]{3,}")
#: Words that say nothing about a problem.
_EMPTY = """
about after all also between came come coming during give given keep kept made make put run start stop take taken
again against always another among and any are because been before but can case clinic clinician community could
did does
each few for from get had has have health here hospital how into its just less like many may more most much need
nor not now off often one only other our out over own patient people place problem same should since some such
than that the their them then there these they this those through too under until use used very was way were what
when where which while who why will with within without would year you your
"""
EMPTY = frozenset(_EMPTY.split())
#: Endings of English words in the singular, longest first; what is left keeps at least four letters.
ENDINGS = (
    "isation", "ization", "ational", "fulness", "iveness", "ement", "ating", "ation", "ingly", "able", "ally", "ance",
    "ated", "ator", "ence", "ible", "ment", "ness", "ate", "ful", "ing", "ion", "ity", "ive", "al", "ed", "er", "ic",
    "ie", "ly", "e", "y",
)  # fmt: skip
SHORTEST = 4


@dataclass(frozen=True)
class Likeness:
    """How alike, from 0 to 1, and the words of the question that make it so, the weightiest first."""

    score: float = 0.0
    words: tuple[str, ...] = ()


class Similarity(Protocol):
    """Compares a question with each of the texts."""

    def __call__(self, question: str, texts: Sequence[str]) -> Sequence[Likeness]: ...


@dataclass
class _Vector:
    weights: Mapping[str, float] = field(default_factory=dict)

    @property
    def length(self) -> float:
        return math.sqrt(sum(weight * weight for weight in self.weights.values()))


def compare(question: str, texts: Sequence[str]) -> list[Likeness]:
    """The built-in similarity: cosine of tf-idf over stems. Order of the answers is that of `texts`."""
    bags = [Counter(stems(text)) for text in texts]
    rarity = _rarity(bags)
    asked = _weighed(Counter(stems(question)), rarity)
    shown = {stem(word): word for word in reversed(words(question))}
    return [_likeness(asked, _weighed(bag, rarity), shown) for bag in bags]


def words(text: str) -> list[str]:
    """The words that say something, folded: lower case, no accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return [
        word for word in WORD.findall("".join(c for c in plain if not unicodedata.combining(c))) if word not in EMPTY
    ]


def stems(text: str) -> list[str]:
    return [stem(word) for word in words(text)]


def stem(word: str) -> str:
    """A word without its ending: "vaccination", "vaccinated" and "vaccines" are one."""
    word = word[:-1] if len(word) > SHORTEST and word.endswith("s") and not word.endswith("ss") else word
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return _undoubled(word.removesuffix(ending))
    return word


def _undoubled(word: str) -> str:
    """ "referr" of "referring" is "refer"."""
    return word[:-1] if len(word) > SHORTEST and word[-1] == word[-2] and word[-1] not in "ls" else word


def _rarity(bags: Sequence[Counter[str]]) -> dict[str, float]:
    """How much a stem tells: one that all texts have still tells a little."""
    held_by = Counter(stem for bag in bags for stem in bag)
    return {stem: 1 + math.log((1 + len(bags)) / (1 + count)) for stem, count in held_by.items()}


def _weighed(bag: Counter[str], rarity: Mapping[str, float]) -> _Vector:
    """Stems that no text has weigh as much as the rarest, so that an unknown word makes a match less sure."""
    most = max(rarity.values(), default=1.0)
    return _Vector({stem: (1 + math.log(count)) * rarity.get(stem, most) for stem, count in bag.items()})


def _likeness(asked: _Vector, text: _Vector, shown: Mapping[str, str]) -> Likeness:
    shared = {stem: weight * text.weights[stem] for stem, weight in asked.weights.items() if stem in text.weights}
    if not shared:
        return Likeness()
    best = sorted(shared, key=lambda stem: (-shared[stem], stem))
    return Likeness(sum(shared.values()) / (asked.length * text.length), tuple(shown[stem] for stem in best))
