"""Words that mean the same: abbreviations shown as chips that a reader can take away, and spellings.

Nothing here is a drug, so no drug is ever searched for in the place of another.
"""

import tomllib
from functools import cache
from pathlib import Path

from search.analysis import fold, terms
from search.grammar import Phrase, Query
from search.vocabulary import synonyms
from search.vocabulary.chip import Chip

HERE = Path(__file__).parent
# Short words that are ordinary ones too: an abbreviation only when written in capitals.
ORDINARY = frozenset({"as", "us", "who", "cap", "ed", "ms", "pe", "all", "it"})


def chips(query: Query, without: frozenset[str], chosen: dict[str, str]) -> list[Chip]:
    """The abbreviations and the words with synonyms in a query. `without` are those that the reader took away, `chosen`
    the senses they picked."""
    found = synonyms.chips_of(query, without)
    known = {chip.word for chip in found}
    for word in dict.fromkeys(phrase.shown for phrase in query.words):
        key = fold(word)
        senses = abbreviations().get(key, ())
        if not senses or word in known or key in without or (key in ORDINARY and word != word.upper()):
            continue
        used = chosen.get(key, senses[0] if len(senses) == 1 else "")
        found.append(Chip(word, senses, used if used in senses else ""))
    return found


def also_searched(query: Query, used: list[Chip]) -> tuple[Phrase, ...]:
    """The further phrases: what abbreviations stand for, and the other spelling of a word."""
    further = [each for chip in used for each in (chip.also or (chip.used,)) if each]
    found = [Phrase(tuple(terms(each)), shown=each) for each in further]
    for phrase in query.words:
        if len(phrase.terms) == 1 and phrase.terms[0] in spellings():
            found.append(Phrase((spellings()[phrase.terms[0]],), shown=phrase.shown))
    return tuple(dict.fromkeys(found))


@cache
def abbreviations() -> dict[str, tuple[str, ...]]:
    """Folded abbreviation → what it stands for, the commonest first."""
    rows = tomllib.loads((HERE / "abbreviations.toml").read_text(encoding="utf-8"))
    return {fold(word): tuple(senses) for word, senses in rows.items()}


@cache
def spellings() -> dict[str, str]:
    """Stem of one spelling → stem of the other, both ways."""
    rows = tomllib.loads((HERE / "spellings.toml").read_text(encoding="utf-8"))
    pairs = [(terms(british)[0], terms(american)[0]) for british, american in rows.items()]
    return {**dict(pairs), **{american: british for british, american in pairs}}


@cache
def known_words() -> frozenset[str]:
    """Folded words of the vocabulary, for suggestions of spelling."""
    words = {word for senses in abbreviations().values() for sense in senses for word in sense.split()}
    rows = tomllib.loads((HERE / "spellings.toml").read_text(encoding="utf-8"))
    return frozenset({fold(word) for word in words | set(rows) | set(rows.values()) if len(word) > 4})
