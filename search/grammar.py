"""The words in the search box as a tree: pure, knows neither engines nor readers.

    fluids "septic shock" OR sepsis -paediatric in:title space:intensive-care after:2024-01 -has:answer order:new

Words may be there or not, the more the better; what stands in quotes must be there (one of several joined by OR);
what has a minus must not. A filter is `name:value`, each can be negated. What is no filter is a word.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from search.analysis import fold, is_stop_word, terms, tokens
from search.languages import ENGLISH, is_little_word, likely_languages

LONGEST = 6000
MOST_WORDS = 200
NAMES = frozenset(
    "in kind space tag region specialty by before after has stance lang is order year".split()  # noqa: SIM905
)
HAS = frozenset({"sources", "answer"})
IS = frozenset({"unread", "mine", "followed", "question"})
ORDERS = frozenset({"relevance", "new", "old"})
PIECE = re.compile(r'(?P<minus>-)?(?:(?P<name>[a-z]+):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>\S+))', re.IGNORECASE)
STEMMED = frozenset({"es", "fr"})
DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?\Z")


@dataclass(frozen=True)
class Phrase:
    """Terms in a row. One term with `is_prefix` stands for all that begin like it."""

    terms: tuple[str, ...]
    is_prefix: bool = False
    shown: str = ""


@dataclass(frozen=True)
class Filter:
    """`name:value`, or its opposite."""

    name: str
    value: str
    is_negated: bool = False

    def __str__(self) -> str:
        value = f'"{self.value}"' if " " in self.value else self.value
        return f"{'-' if self.is_negated else ''}{self.name}:{value}"


@dataclass(frozen=True)
class Query:
    """What was asked: words that count, groups of which one must be there, what must not, and filters."""

    words: tuple[Phrase, ...] = ()
    required: tuple[tuple[Phrase, ...], ...] = ()
    excluded: tuple[Phrase, ...] = ()
    filters: tuple[Filter, ...] = ()
    problems: tuple[str, ...] = field(default=(), compare=False)

    @property
    def sought(self) -> tuple[Phrase, ...]:
        """All that a result may be found by."""
        return self.words + tuple(phrase for group in self.required for phrase in group)

    @property
    def order(self) -> str:
        return next((each.value for each in self.filters if each.name == "order"), "relevance")

    @property
    def in_title(self) -> bool:
        return Filter("in", "title") in self.filters


def parse(text: str, language: str = "") -> Query:
    """Read the box. Nothing is an error: what cannot be read as a filter is a word, and `problems` says so.

    Words are looked for by their English stems, and by those of the reader's `language` and of the one that the text
    seems to be in, where it is Spanish ("es") or French ("fr").
    """
    reading = _Reading(languages_for(text, language))
    for match in PIECE.finditer(text[:LONGEST]):
        reading.take(match)
    return reading.query()


def prose(text: str) -> str:
    """What was asked as a person would say it: without filters, operators, and what must not be there."""
    pieces = (match for match in PIECE.finditer(text[:LONGEST]) if not match["minus"])
    said = [
        match["phrase"] if match["phrase"] is not None else match["word"]
        for match in pieces
        if match["word"] != "OR" and not (match["name"] and match["name"].lower() in NAMES)
    ]
    return " ".join(" ".join(said).replace("*", "").split())


def day_of(value: str) -> date | None:
    """2024, 2024-03 or 2024-03-09 as the first day of it."""
    match = DAY.match(value)
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return None


class _Reading:
    """Collects pieces from left to right."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self.languages = languages
        self.words: list[Phrase] = []
        self.stopped: list[Phrase] = []
        self.required: list[list[Phrase]] = []
        self.excluded: list[Phrase] = []
        self.filters: list[Filter] = []
        self.problems: list[str] = []
        self.joins = False
        self.last_was_required = False

    def take(self, match: re.Match[str]) -> None:
        if match["word"] == "OR" and not match["minus"] and not match["name"]:
            self.joins = True
            return
        if match["name"] and self._takes_filter(match):
            return
        self._take_words(match)
        self.joins = False

    def _takes_filter(self, match: re.Match[str]) -> bool:
        name, value = match["name"].lower(), (match["phrase"] or match["word"] or "").strip('"')
        if name not in NAMES or not _is_sound(name, value):
            if name in NAMES:
                self.problems.append(f"{name}:{value}")
            return name in NAMES
        self.filters.append(Filter(name, value.lower(), bool(match["minus"])))
        return True

    def _take_words(self, match: re.Match[str]) -> None:
        shown = match["phrase"] if match["phrase"] is not None else match["word"]
        if match["name"]:
            shown = f"{match['name']} {shown}"
        phrases = phrases_of(shown, self.languages)
        if not phrases:
            return
        if match["minus"]:
            self.excluded.extend(phrases)
        elif match["phrase"] is not None and not match["name"]:
            self._require(phrases)
        elif self.joins and self.last_was_required:
            self.required[-1].extend(phrases)
        else:
            self.last_was_required = False
            says_nothing = is_stop_word(shown) or is_little_word(fold(shown), self.languages)
            (self.stopped if says_nothing else self.words).extend(words_of(shown, self.languages))

    def _require(self, phrases: list[Phrase]) -> None:
        if self.joins and self.last_was_required:
            self.required[-1].extend(phrases)
        elif self.joins and self.words:
            self.required.append([self.words.pop(), *phrases])
        else:
            self.required.append(phrases)
        self.last_was_required = True

    def query(self) -> Query:
        words = self.words or ([] if self.required else self.stopped)
        return Query(
            tuple(dict.fromkeys(words))[:MOST_WORDS],
            tuple(tuple(group) for group in self.required[:8]),
            tuple(self.excluded[:MOST_WORDS]),
            tuple(dict.fromkeys(self.filters)),
            tuple(self.problems),
        )


def phrases_of(text: str, languages: tuple[str, ...] = (ENGLISH,)) -> list[Phrase]:
    """Some words in a row, by their stems in each of these languages."""
    found = (phrase_of(text, language) for language in languages)
    return list(dict.fromkeys(phrase for phrase in found if phrase is not None))


def phrase_of(text: str, language: str = ENGLISH) -> Phrase | None:
    """The terms of some words in a row; `cardio*` is a prefix."""
    found = terms(text, language)
    if not found:
        return None
    is_prefix = text.endswith("*") and len(found) == 1
    return Phrase(tuple(found), is_prefix, text.strip())


def words_of(text: str, languages: tuple[str, ...] = (ENGLISH,)) -> list[Phrase]:
    """Each word by itself; a compound as a whole, and by those of its parts that say something."""
    if text.endswith("*") and (phrases := phrases_of(text, languages)):
        return phrases
    found = []
    for token in (token for language in languages for token in tokens(text, language)):
        shown = text[token.start : token.end]
        whole, *parts = token.terms
        found.append(Phrase((whole,), shown=shown))
        if len(parts) > 1:
            found.append(Phrase(tuple(parts), shown=shown))
        found += [Phrase((part,), shown=shown) for part in parts if len(part) > 2 and not is_stop_word(part)]
    return list(dict.fromkeys(found))


def languages_for(text: str, language: str = "") -> tuple[str, ...]:
    """Those whose stems are asked for: what the text may be in, what the reader reads, and always English."""
    named = (each for each in (*likely_languages(text), language) if each in STEMMED)
    return tuple(dict.fromkeys([*named, ENGLISH]))


def _is_sound(name: str, value: str) -> bool:
    if name in {"before", "after"}:
        return day_of(value) is not None
    allowed = {"has": HAS, "is": IS, "order": ORDERS, "in": frozenset({"title"})}.get(name)
    return bool(value) and (allowed is None or value.lower() in allowed)
