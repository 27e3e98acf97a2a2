"""The words in the search box as a tree: pure, knows neither engines nor readers.

    fluids "septic shock" OR sepsis -paediatric in:title space:intensive-care after:2024-01 -has:answer order:new

Words may be there or not, the more the better; what stands in quotes must be there, word for word (one of several
joined by OR); what has a minus must not. A filter is `name:value`, each can be negated. What is no filter is a word.
A long text, or one of several lines, is prose: nothing in it must or must not be there, for its dashes and quotes are
those of a person who tells something.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from search.analysis import fold, is_stop_word, tokens
from search.languages import ENGLISH, is_little_word, likely_languages

LONGEST = 6000
MOST_WORDS = 200
# With more words outside of quotes than these a text is prose.
MOST_IN_A_QUESTION = 20
NAMES = frozenset(
    "in kind space tag region specialty by before after has stance lang is order year".split()  # noqa: SIM905
)
HAS = frozenset({"sources", "answer"})
IS = frozenset({"unread", "mine", "followed", "question"})
ORDERS = frozenset({"relevance", "new", "old"})
LANGUAGE = re.compile(r"[a-z]{2,3}\Z")
# A quote that is never closed is no phrase, a minus before a digit no operator.
PIECE = re.compile(r'(?P<minus>-(?!\d))?(?:(?P<name>[a-z]+):)?(?:"(?P<phrase>[^"]*)"|(?P<word>\S+))', re.IGNORECASE)
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
STEMMED = frozenset({"es", "fr"})
DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?\Z")


@dataclass(frozen=True)
class Phrase:
    """Terms in a row. One term with `is_prefix` stands for all that begin like it. With `forms` the words must stand
    there as they were written: "infarctions" and not "infarction"."""

    terms: tuple[str, ...]
    is_prefix: bool = False
    shown: str = ""
    forms: tuple[str, ...] = ()


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
    """What was asked: words that count, groups of which one must be there, what must not, and filters.

    `often` says of words that were said more than once how often they were.
    """

    words: tuple[Phrase, ...] = ()
    required: tuple[tuple[Phrase, ...], ...] = ()
    excluded: tuple[Phrase, ...] = ()
    filters: tuple[Filter, ...] = ()
    problems: tuple[str, ...] = field(default=(), compare=False)
    often: Mapping[tuple[str, ...], int] = field(default_factory=dict, compare=False)

    @property
    def sought(self) -> tuple[Phrase, ...]:
        """All that a result may be found by."""
        return self.words + tuple(phrase for group in self.required for phrase in group)

    @property
    def is_exact(self) -> bool:
        """Whether anything must or must not be there as it was written."""
        return any(phrase.forms for group in (*self.required, self.excluded) for phrase in group)

    @property
    def order(self) -> str:
        return next((each.value for each in self.filters if each.name == "order"), "relevance")

    @property
    def in_title(self) -> bool:
        return Filter("in", "title") in self.filters


def parse(text: str, language: str = "", unknown: Collection[str] = ()) -> Query:
    """Read the box. Nothing is an error: what cannot be read as a filter is a word, and `problems` says so.

    Words are looked for by their English stems, and by those of the reader's `language` and of the one that the text
    seems to be in, where it is Spanish ("es") or French ("fr"). Filters that are `unknown` as they would be written are
    words.
    """
    pieces = _pieces(text)
    reading = _Reading(languages_for(text, language), frozenset(unknown), is_prose=_is_prose(text, pieces))
    for match in pieces:
        reading.take(match)
    return reading.query()


def prose(text: str) -> str:
    """What was asked as a person would say it: without filters, operators, and what must not be there."""
    pieces = _pieces(text)
    if _is_prose(text, pieces):
        return " ".join(text[:LONGEST].split())
    said = [
        match["phrase"] if match["phrase"] is not None else match["word"]
        for match in pieces
        if not match["minus"] and match["word"] != "OR" and not (match["name"] and match["name"].lower() in NAMES)
    ]
    return " ".join(" ".join(said).replace("*", "").split())


def _pieces(text: str) -> list[re.Match[str]]:
    return list(PIECE.finditer(text[:LONGEST].translate(QUOTES)))


def _is_prose(text: str, pieces: list[re.Match[str]]) -> bool:
    words = sum(match["word"] is not None and not match["name"] and match["word"] != "OR" for match in pieces)
    return words > MOST_IN_A_QUESTION or "\n" in text.strip()


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

    def __init__(self, languages: tuple[str, ...], unknown: frozenset[str], *, is_prose: bool) -> None:
        self.languages = languages
        self.unknown = unknown
        self.is_prose = is_prose
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
        found = Filter(name, value.lower(), bool(match["minus"]))
        if name not in NAMES:
            return False
        if not _is_sound(name, value) or str(found) in self.unknown:
            self.problems.append(str(found))
            return found.is_negated
        self.filters.append(found)
        return True

    def _take_words(self, match: re.Match[str]) -> None:
        shown = match["phrase"] if match["phrase"] is not None else match["word"]
        if match["name"]:
            shown = f"{match['name']} {shown}"
        is_quoted = match["phrase"] is not None and not match["name"]
        phrases = phrases_of(shown, self.languages, exact=is_quoted and not self.is_prose)
        if not phrases:
            return
        if self.is_prose:
            self._count(shown)
        elif match["minus"]:
            self.excluded.extend(phrases)
        elif is_quoted:
            self._require(phrases)
        elif self.joins and self.last_was_required:
            self.required[-1].extend(phrases)
        else:
            self.last_was_required = False
            self._count(shown)

    def _count(self, shown: str) -> None:
        """Words of which each may be there."""
        for phrase in words_of(shown, self.languages):
            says_nothing = is_stop_word(phrase.shown) or is_little_word(fold(phrase.shown), self.languages)
            (self.stopped if says_nothing else self.words).append(phrase)

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
        once = {(each.terms, each.is_prefix): each for each in reversed(words)}
        often = Counter(each.terms for each in words)
        return Query(
            tuple(once[key] for key in dict.fromkeys((each.terms, each.is_prefix) for each in words))[:MOST_WORDS],
            tuple(tuple(group) for group in self.required[:8]),
            tuple(self.excluded[:MOST_WORDS]),
            tuple(dict.fromkeys(self.filters)),
            tuple(self.problems),
            {terms: count for terms, count in often.items() if count > 1},
        )


def phrases_of(text: str, languages: tuple[str, ...] = (ENGLISH,), *, exact: bool = False) -> list[Phrase]:
    """Some words in a row, by their stems in each of these languages; as they stand there, if `exact`."""
    found = (phrase_of(text, language, exact=exact) for language in languages)
    return list(dict.fromkeys(phrase for phrase in found if phrase is not None))


def phrase_of(text: str, language: str = ENGLISH, *, exact: bool = False) -> Phrase | None:
    """The terms of some words in a row; `cardio*` is a prefix."""
    found = list(tokens(text, language))
    terms = tuple(term for token in found for term in token.terms)
    if not terms:
        return None
    is_prefix = text.endswith("*") and len(terms) == 1
    forms = tuple(form for token in found for form in token.forms) if exact and not is_prefix else ()
    return Phrase(terms, is_prefix, text.strip(), forms)


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


def inexact(query: Query) -> Query:
    """The same with the words of quotes by their stems: what is near to what must be there."""
    required = tuple(tuple(replace(each, forms=()) for each in group) for group in query.required)
    return replace(query, required=required)


def languages_for(text: str, language: str = "") -> tuple[str, ...]:
    """Those whose stems are asked for: what the text may be in, what the reader reads, and always English."""
    named = (each for each in (*likely_languages(text), language) if each in STEMMED)
    return tuple(dict.fromkeys([*named, ENGLISH]))


def _is_sound(name: str, value: str) -> bool:
    if name in {"before", "after", "year"}:
        return day_of(value) is not None
    if name == "lang":
        return bool(LANGUAGE.match(value.lower()))
    allowed = {"has": HAS, "is": IS, "order": ORDERS, "in": frozenset({"title"})}.get(name)
    return bool(value) and (allowed is None or value.lower() in allowed)
