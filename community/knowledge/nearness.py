"""Whether two rumours are the same one in other words: trigrams of letters and of word stems, compared as sets.

Pure, and small enough to compare a new rumour with every open one. Where two tellings agree in most of their
trigrams they are put together; every wording is kept and shown.
"""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

#: From this likeness on two tellings are one rumour. Set on the pairs of tests/knowledge/test_nearness.py.
SAME = 0.5
WORD = re.compile(r"[^\W_]+")
#: Words with which people introduce a rumour; they say nothing about it.
FRAME_WORDS = (
    "a an and are as at be been being by can could did do does for from get gets had has have heard i if in into is it "
    "its just many me my of on one or our people said say saying says she so some somebody someone than that the their "
    "them then there they this to told was we were when which who will with would you your"
)
FRAMES = frozenset(FRAME_WORDS.split())


def trigrams(text: str) -> frozenset[str]:
    """The three-letter pieces of each word that says something, with the ends marked."""
    return frozenset(piece for word in _words(text) for piece in _pieces(f" {word} "))


def likeness(one: str, other: str) -> float:
    """From 0 (nothing in common) to 1: the share of the shorter telling found in the longer, and of both together.

    The mean of containment and Jaccard's index, so that "Garlic cures malaria" and a longer sentence that says so meet,
    while a short telling does not swallow every long one.
    """
    first, second = trigrams(one), trigrams(other)
    if not first or not second:
        return 0.0
    shared = len(first & second)
    return (shared / min(len(first), len(second)) + shared / len(first | second)) / 2


def nearest(text: str, known: Mapping[Key, Iterable[str]]) -> Key | None:
    """The rumour whose tellings are most like `text`, when they are like enough; the first of equals."""
    best: tuple[float, Key | None] = (0.0, None)
    for key, tellings in known.items():
        score = max((likeness(text, telling) for telling in tellings), default=0.0)
        if score > best[0]:
            best = (score, key)
    return best[1] if best[0] >= SAME else None


def clusters(texts: Mapping[Key, str]) -> list[list[Key]]:
    """The keys of texts that say the same, together: each joins the first cluster that holds one like it."""
    found: list[list[Key]] = []
    for key, text in texts.items():
        home = next((each for each in found if any(likeness(text, texts[one]) >= SAME for one in each)), None)
        if home is None:
            found.append([key])
        else:
            home.append(key)
    return found


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return [_stem(word) for word in WORD.findall(bare) if word not in FRAMES]


def _stem(word: str) -> str:
    """Without a plural's or a verb's ending, so that "cures" and "cure" agree to the last letter."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _pieces(word: str) -> Iterable[str]:
    return (word[start : start + 3] for start in range(len(word) - 2))
