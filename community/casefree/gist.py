"""How much a text tells of one person, whatever it is about: counts of a few kinds of words, weighed and added up.

The phrases of `narrative` know how clinicians begin a story; this knows only what every story has in it.
"""

import re
from collections.abc import Iterator

from community.casefree.packs import Gist
from community.casefree.reading import Reading

#: From here on a text is told of as a story.
STORY = 3.25
#: What is told in a few sentences of a long text weighs less: more of it is there by chance.
SHORT, FEW, LONG = 90, 3, 1.5
#: Weight of one count, and how many count, in the order of `counts`: somebody, pronouns, past, clinical, time, we; many, profession, questions.
WEIGHTS = ((1.2, 2), (1.0, 3), (0.6, 3), (0.7, 3), (0.6, 2), (0.3, 2), (-1.0, 3), (-1.2, 3), (-0.8, 1))
WORD = re.compile(r"[a-z&]{1,30}")

Counts = tuple[int, ...]
NONE: Counts = (0,) * len(WEIGHTS)


def gist(reading: Reading) -> float:
    """0 where nobody is spoken of; from STORY on it reads as one person's story."""
    return reading.remembered(_gist)


def _gist(reading: Reading) -> float:
    words = reading.pack.gist
    if words is None:
        return 0.0
    if reading.small.count(" ") < SHORT:
        return max(0.0, _weigh(_counts(words, reading.small)))
    sentences = list(_sentences(reading))
    about = [any(phrases.search(sentence) for phrases in words.told[:2]) for sentence in sentences]
    near = [any(about[max(0, at - FEW + 1) : at + FEW]) for at in range(len(sentences))]
    counts = [_counts(words, one) if is_near else NONE for one, is_near in zip(sentences, near, strict=True)]
    windows = (counts[at : at + FEW] for at in range(max(1, len(counts) - FEW + 1)))
    return max((_weigh(_added(window)) - LONG for window in windows), default=0.0)


def _counts(words: Gist, text: str) -> Counts:
    found = [sum(1 for _ in phrases.finditer(text)) for phrases in words.told]
    clinical = sum(map(words.clinical.__contains__, WORD.findall(text)))
    against = [sum(1 for _ in phrases.finditer(text)) for phrases in words.against]
    somebody, pronouns, past, time, we = found
    return (somebody, pronouns, past, clinical, time, we, *against, text.count("?"))


def _added(counts: list[Counts]) -> Counts:
    return tuple(map(sum, zip(*counts, strict=True)))


def _weigh(counts: Counts) -> float:
    """Without somebody there is no story."""
    if not counts or not (counts[0] or counts[1]):
        return 0.0
    return sum(weight * min(most, count) for (weight, most), count in zip(WEIGHTS, counts, strict=True))


def _sentences(reading: Reading) -> Iterator[str]:
    low = 0
    for high in [*reading.boundaries, len(reading.small)]:
        if low < high:
            yield reading.small[low:high]
        low = high
