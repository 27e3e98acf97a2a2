"""How much a text tells of one person, whatever it is about: counts of some kinds of words, weighed and added up.

The phrases of `narrative` know how clinicians begin a story; this knows what every story has in it, told in full
sentences or in a hurry. Kinds, weights and words are data of the language's pack, section `gist`.
"""

import re
from collections.abc import Iterator

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

Counts = tuple[float, ...]


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
        bool(people.search(reading.small, low, high) or reading.pack.pronoun.search(reading.small, low, high))
        for low, high in sentences
    ]
    near = [any(about[max(0, at - FEW + 1) : at + FEW]) for at in range(len(sentences))]
    none = (0.0,) * len(words.weights)
    counts = [
        _counts(reading, words, low, high, definite) if is_near else none
        for (low, high), is_near in zip(sentences, near, strict=True)
    ]
    windows = (counts[at : at + FEW] for at in range(max(1, len(counts) - FEW + 1)))
    return max((_weigh(words, _added(window)) - LONG for window in windows), default=NOBODY)


def leaning(reading: Reading, definite: list[tuple[int, int]]) -> float:
    """The gist of a short text as if it were of somebody: for what is told of one whom an earlier post brought in."""
    words = reading.pack.gist
    if words is None or reading.small.count(" ") >= SHORT:
        return NOBODY
    return _sum(words, counts_of(reading, words, definite))


def counts_of(reading: Reading, words: Gist, definite: list[tuple[int, int]]) -> Counts:
    """The counts of a whole text, in the order of the weights."""
    return _counts(reading, words, 0, len(reading.small), definite)


def _counts(reading: Reading, words: Gist, low: int, high: int, definite: list[tuple[int, int]]) -> Counts:
    """How often each kind occurs: words of the lists, regular pasts, patterns, questions, people who were there."""
    text = reading.small[low:high]
    said = WORD.findall(text)
    listed = [sum(map(kind.__contains__, said)) for kind in words.words]
    listed[words.about_illness] += sum(
        1 for word in said if is_clinical_by_its_end(word) and word not in words.clinical
    )
    return (
        *listed,
        sum(1 for word in said if len(word) >= SHORTEST and word.endswith(words.regular)),
        *(sum(1 for _ in pattern.finditer(text)) for pattern in words.patterns),
        text.count("?"),
        sum(1 for start, _end in definite if low <= start < high),
        _told(reading.pack.cues, text),
        _told(reading.pack.counters, text),
    )


def is_clinical_by_its_end(word: str) -> bool:
    """Greek and Latin ends, and those of drug names."""
    return len(word) >= ENDED and word.endswith(ENDS) and word not in NO_ILLNESS


def _told(weights: tuple[Weighted, ...], text: str) -> float:
    """The phrases of the pack, weighed as there."""
    return sum(w.weight * min(w.most, sum(1 for _ in w.pattern.finditer(text))) for w in weights)


def _added(counts: list[Counts]) -> Counts:
    return tuple(map(sum, zip(*counts, strict=True)))


def _weigh(words: Gist, counts: Counts) -> float:
    if not is_of_somebody(words, counts):
        return NOBODY
    return _sum(words, counts)


def _sum(words: Gist, counts: Counts) -> float:
    return words.bias + sum(
        weight * min(most, count) for (weight, most), count in zip(words.weights, counts, strict=True)
    )


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
