"""A text as the rules read it: compatibility forms folded, invisible characters gone, look-alike digits and letters
made plain, and every character still knowing where it stood in the original."""

import re
import unicodedata
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, TypeVar

from community.casefree.language import has_pack, language_of
from community.casefree.literature import SHELTERED
from community.casefree.packs import DEFAULT, Pack, pack
from community.casefree.phrases import ANY, OPENS, Phrases, beginnings_in, starts_in

Answer = TypeVar("Answer")

#: More marks than this on one base letter are noise (UAX #15, stream-safe text) and would cost quadratic time to order.
MARKS_KEPT = 30

SEPARATORS = {"Zs": " ", "Pd": "-"}
PLAIN = {
    "−": "-",
    "⁃": "-",
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "“": '"',
    "”": '"',
    "·": ".",
    "․": ".",
    "\u2028": "\n",
    "\u2029": "\n",
}
INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
#: Letters that stand in for digits, when a digit stands on both sides of them.
DIGIT_LIKE = str.maketrans("OoОоΟοlIІіΙ|ЗзБ", "000000111111336")
DIGIT_IMPOSTOR = re.compile(r"[OoОоΟοlIІіΙ|ЗзБ](?<=\d.)(?=\d)")
#: Figures and dashes with such letters anywhere among them, mostly figures. The first one stands before what must not be in
#: front of it, so that the search leaps to it.
IMPOSTOR_RUN = re.compile(r"[\dOolI|-](?<![\w-].)[\dOolI|-]{6,19}(?![\w-])")
#: Cyrillic and Greek letters with a Latin twin; folded only inside words that mix scripts.
TWINS = str.maketrans("АВЕКМНОРСТХаеорсухіѕјΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTXaeopcyxisjABEZHIKMNOPTYXo")
TWIN = re.compile(r"[Ѐ-ӿͰ-Ͽ]")
MIXED_WORD = re.compile(r"[A-Za-zЀ-ӿͰ-Ͽ]{2,40}")
PLAIN_RUN = re.compile(r"[\x00-\x7f]{1,100000}")
SMALL_DIGITS = re.compile(r"[⁰¹²³⁴-⁹₀-₉]+")

#: The mark stands before what must not be in front of it, so that the search leaps from mark to mark.
SENTENCE_END = re.compile(
    r"[\n.!?](?:(?<=\n)|(?=\s+[\"'(]?[A-Z])(?<![A-Z]\.[A-Z].)(?<!\b[A-Z].)(?<!\b[DMS][rst].)(?<!\bMrs.)(?<!\bProf.)(?<!\bNo.))"
)
#: Hyphens as close together as no words have them. A phrase can take each for part of a word or for a gap, so that the ways
#: to read such a chain multiply with its length.
HYPHENS_ENOUGH = 7
CHAIN = re.compile(rf"-(?:[^-]{{0,8}}-){{{HYPHENS_ENOUGH - 1},}}+")
NUMBER_SEED = re.compile(r"\d(?:[^\d\n]{0,3}\d){2,}")
PLAIN_YEAR = re.compile(r"(?:19|20)\d\d")
CUE_REACH, AFTER_NUMBER = 90, 24
#: Two sentences further than this apart are not read together, however long the line.
REACH, STEP = 240, 120


EDGE = re.compile(r"\W|(?<!\w)\w|\d")


@dataclass(frozen=True)
class Reading:
    """The folded text. `origins[i]` is the span in `source` that character `i` came from; None where nothing moved."""

    source: str
    text: str
    origins: tuple[tuple[int, int], ...] | None = field(default=None, repr=False)
    #: Where a patient's name was found, in order: whoever has one is a described person.
    people: list[tuple[int, int]] = field(default_factory=list, repr=False, compare=False)
    #: By what they are round; patterns by identity, as to hash one is to read all of it.
    _stretches: dict[int, list[tuple[int, int]]] = field(default_factory=dict, repr=False, compare=False)
    _places: dict[int, list[int]] = field(default_factory=dict, repr=False, compare=False)
    _answers: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)
    _known: dict[tuple[int, int, int], bool] = field(default_factory=dict, repr=False, compare=False)
    #: The language where it is known otherwise.
    told_in: str = field(default="", repr=False, compare=False)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original for offsets in the folded text."""
        if self.origins is None:
            return start, end
        return self.origins[start][0], self.origins[end - 1][1]

    @cached_property
    def language(self) -> str:
        """ISO 639-1 code, `zz` for a script that no pack reads."""
        return self.told_in or language_of(self.text)

    @cached_property
    def pack(self) -> Pack:
        """The pack of the language; the default one stands in where there is none."""
        return pack(self.language if has_pack(self.language) else DEFAULT)

    @cached_property
    def spoken(self) -> str:
        """The text as phrases are looked for in it: words that are chained by many hyphens stand apart."""
        if self.text.count("-") < HYPHENS_ENOUGH:
            return self.text
        return CHAIN.sub(lambda chain: chain.group().replace("-", " "), self.text)

    @cached_property
    def small(self) -> str:
        """The same in small letters, each where it stood."""
        small = self.spoken.lower()
        return small if len(small) == len(self.text) else "".join(c.lower()[0] for c in self.spoken)

    @cached_property
    def starts(self) -> dict[str, list[int]]:
        """Where words, figures and marks begin, by which most patterns need not be tried elsewhere."""
        return starts_in(self.small)

    @cached_property
    def edges(self) -> list[int]:
        """Where words, gaps and marks begin."""
        return [edge.start() for edge in EDGE.finditer(self.small)]

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """How its words, figures and marks begin."""
        return frozenset((*self.starts, ANY, OPENS))

    def may_begin(self, beginnings: frozenset[str] | None) -> bool:
        """Whether anything begins so; quicker than to look for it."""
        return beginnings is None or not beginnings.isdisjoint(self.beginnings)

    def places(self, beginnings: frozenset[str]) -> list[int]:
        """Where something begins so, in order; remembered."""
        places = self._places.get(id(beginnings))
        if places is None:
            found = (self.starts.get(one, ()) for one in beginnings & self.beginnings)
            places = self.edges if ANY in beginnings else sorted(chain.from_iterable(found))
            self._places[id(beginnings)] = places
        return places

    def matches(
        self, pattern: re.Pattern[str] | Phrases, low: int, high: int, beginnings: frozenset[str] | None
    ) -> Iterator[re.Match[str]]:
        """What the pattern finds in a stretch, one after another, tried only where it can begin."""
        text = self.small if isinstance(pattern, Phrases) else self.text
        if beginnings is None:
            yield from pattern.finditer(text, low, high)
            return
        places = self.places(beginnings)
        for at in places[bisect_left(places, low) : bisect_left(places, high)]:
            if at >= low and (match := pattern.match(text, at, high)):
                yield match
                low = match.end()

    @cached_property
    def boundaries(self) -> list[int]:
        """Where sentences end, in order."""
        return [m.end() for m in SENTENCE_END.finditer(self.text)]

    @cached_property
    def number_windows(self) -> list[tuple[int, int]]:
        """Stretches round everything with three digits close together, years apart; merged, in order.

        Rules that look for a number read only these, which spares plain prose nearly all of the work.
        """
        return self.windows(NUMBER_SEED)

    def windows(self, seeds: re.Pattern[str] | Phrases) -> list[tuple[int, int]]:
        """Stretches round every seed, merged, in order; remembered."""
        if id(seeds) not in self._stretches:
            self._stretches[id(seeds)] = self._stretches_round(seeds)
        return self._stretches[id(seeds)]

    def _stretches_round(self, seeds: re.Pattern[str] | Phrases) -> list[tuple[int, int]]:
        windows: list[tuple[int, int]] = []
        for seed in self.matches(seeds, 0, len(self.text), beginnings_of(seeds)):
            if not PLAIN_YEAR.fullmatch(seed.group()):
                low, high = max(0, seed.start() - CUE_REACH), min(len(self.text), seed.end() + AFTER_NUMBER)
                low = windows.pop()[0] if windows and windows[-1][1] >= low else low
                windows.append((low, high))
        return windows

    @cached_property
    def sheltered(self) -> list[tuple[int, int]]:
        """Spans of numbers that belong to literature, registers and products, in order."""
        return [m.span() for m in SHELTERED.finditer(self.text)]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Bounds of the sentence round a span, little more than REACH characters to either side."""
        left = bisect_right(self.boundaries, start)
        low = self.boundaries[left - 1] if left else 0
        right = bisect_right(self.boundaries, end)
        high = self.boundaries[right] if right < len(self.boundaries) else len(self.text)
        # In steps, so that neighbours share one stretch and what was found out about it.
        return max(low, (start - REACH) // STEP * STEP), min(high, -(-(end + REACH) // STEP) * STEP)

    def remembered(self, question: Callable[["Reading"], Answer]) -> Answer:
        """The answer to a question about the whole text, worked out once."""
        if question not in self._answers:
            self._answers[question] = question(self)
        answer: Answer = self._answers[question]
        return answer

    def kept(self, key: object, work_out: Callable[[], Answer]) -> Answer:
        """What was worked out for the key, or is now."""
        if key not in self._answers:
            self._answers[key] = work_out()
        answer: Answer = self._answers[key]
        return answer

    def meet(self, start: int, end: int) -> None:
        """Note that a patient's name was found."""
        insort(self.people, (start, end))

    def names_somebody(self, low: int, high: int) -> bool:
        """Whether a patient's name was found in a stretch."""
        at = bisect_left(self.people, (low, low))
        return at < len(self.people) and self.people[at][0] < high

    def mentions(self, pattern: re.Pattern[str] | Phrases, low: int, high: int) -> bool:
        """Whether the pattern occurs in a stretch; remembered, since many rules ask the same."""
        key = (id(pattern), low, high)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._has(pattern, low, high)
        return known

    def _has(self, pattern: re.Pattern[str] | Phrases, low: int, high: int) -> bool:
        if isinstance(pattern, Phrases):
            return self.first(pattern, low, high) is not None
        return self.may_begin(beginnings_in(pattern.pattern)) and bool(pattern.search(self.text[low:high]))

    def first(self, phrases: Phrases, low: int, high: int) -> re.Match[str] | None:
        """The first of the phrases that a stretch holds."""
        return next(iter(self.phrases_in(phrases, low, high)), None)

    def count(self, phrases: Phrases, low: int, high: int) -> int:
        """How often a stretch holds one of the phrases."""
        return sum(1 for _phrase in self.phrases_in(phrases, low, high))

    def phrases_in(self, phrases: Phrases, low: int, high: int) -> Iterable[re.Match[str]]:
        """The phrases that a stretch holds, as if nothing stood round it."""
        beginnings = phrases.beginnings
        if beginnings is None:
            return phrases.finditer(self.small[low:high])
        if beginnings.isdisjoint(self.beginnings):
            return ()
        return (
            self._opening_and_later(phrases, low, high, beginnings)
            if OPENS in beginnings
            else self.matches(phrases, low, high, beginnings)
        )

    def _opening_and_later(
        self, phrases: Phrases, low: int, high: int, beginnings: frozenset[str]
    ) -> Iterator[re.Match[str]]:
        first = phrases.match(self.small[low:high])
        if first:
            yield first
            low += first.end()
        yield from self.matches(phrases, low, high, beginnings)


def beginnings_of(pattern: re.Pattern[str] | Phrases) -> frozenset[str] | None:
    """What the pattern can begin with; None where that is not known."""
    return pattern.beginnings if isinstance(pattern, Phrases) else beginnings_in(pattern.pattern)


def read(source: str, *, underscores: bool = False, told_in: str = "") -> Reading:
    """Fold a text for the rules. With `underscores` they count as spaces, as in file names; `told_in` is its language."""
    text, origins = (source, None) if source.isascii() else _fold(source)
    text = _unmask(text)
    return Reading(source, text.replace("_", " ") if underscores else text, origins, told_in=told_in)


def _fold(source: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    letters: list[str] = []
    origins: list[tuple[int, int]] = []
    for start, end, cluster in _clusters(source):
        if cluster is None:
            letters.append(source[start:end])
            origins.extend(zip(range(start, end), range(start + 1, end + 1), strict=True))
        else:
            folded = _fold_cluster(cluster)
            letters.append(folded)
            origins.extend([(start, end)] * len(folded))
    return "".join(letters), tuple(origins)


def _clusters(source: str) -> Iterator[tuple[int, int, str | None]]:
    """Base characters with their marks; runs of raised or lowered digits are one cluster each, plain runs None."""
    at = 0
    while at < len(source):
        plain = PLAIN_RUN.match(source, at)
        if plain:
            # A mark may follow the last plain character and belongs to it.
            end = plain.end() - (plain.end() < len(source) and bool(unicodedata.combining(source[plain.end()])))
            if end > at:
                yield at, end, None
                at = end
                continue
        small = SMALL_DIGITS.match(source, at)
        end = small.end() if small else at + 1
        while not small and end < len(source) and unicodedata.combining(source[end]):
            end += 1
        yield at, end, source[at : min(end, at + MARKS_KEPT) if not small else end]
        at = end


def _fold_cluster(cluster: str) -> str:
    first = cluster[0]
    if first in PLAIN:
        return PLAIN[first]
    if SMALL_DIGITS.match(cluster) and len(cluster) < 4:
        return " "  # An exponent or a footnote mark is not part of the number before it.
    visible = INVISIBLE.sub("", cluster)
    folded = unicodedata.normalize("NFKC", visible)
    return "".join(_plain_character(c) for c in folded)


def _plain_character(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    return SEPARATORS.get(unicodedata.category(character), character)


def _unmask(text: str) -> str:
    """Replace impostors one for one, so that offsets hold."""
    text = IMPOSTOR_RUN.sub(_plain_figures, text)
    text = DIGIT_IMPOSTOR.sub(lambda m: m.group().translate(DIGIT_LIKE), text)
    return MIXED_WORD.sub(_one_script, text) if TWIN.search(text) else text


def _plain_figures(run: re.Match[str]) -> str:
    return run.group().translate(DIGIT_LIKE) if sum(c.isdigit() for c in run.group()) >= 5 else run.group()


def _one_script(word: re.Match[str]) -> str:
    has_latin = any(c.isascii() for c in word.group())
    return word.group().translate(TWINS) if has_latin else word.group()
