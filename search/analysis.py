"""From words as people write them to the terms that every engine compares; used for texts, queries and highlights.

Accents and Greek letters are folded, compounds are kept whole and in parts ("COVID-19" → covid19, covid, 19),
a number keeps its unit ("5 mg" and "5mg" → 5mg), and other words are reduced to their stem: English, or that of the
language of the text (see languages.py).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from search.languages import stem_in

GREEK = {
    "α": "alpha", "β": "beta", "ß": "ss", "γ": "gamma", "δ": "delta", "ε": "epsilon", "κ": "kappa", "λ": "lambda",
    "μ": "mu", "µ": "mu", "ω": "omega", "σ": "sigma", "θ": "theta", "τ": "tau", "æ": "ae", "œ": "oe", "ø": "o",
}  # fmt: skip
UNITS = frozenset(
    "mg g kg mcg mug ug ng ml l dl cl mmol mol mumol umol iu u meq mm cm mmhg kpa hz kcal mgkg mcgkg".split()  # noqa: SIM905
)
ELIDED = frozenset({"l", "d", "j", "n", "s", "c", "qu", "lorsqu", "puisqu"})
NUMBER = re.compile(r"\d+(?:[.,]\d+)?\Z")
# A word, or words tied by a hyphen, a slash or an apostrophe; decimal numbers stay in one piece. Accents and
# vowel signs may stand as characters of their own (U+0300 to U+036F, U+064B to U+065F, U+0670).
LETTER = r"[^\W_\u0300-\u036f\u064b-\u065f\u0670][\u0300-\u036f\u064b-\u065f\u0670]*"
WORD = re.compile(rf"\d+[.,]\d+(?:[^\W\d_]+)?|(?:{LETTER})+(?:[-‐‑–/'’](?:{LETTER})+)*", re.UNICODE)
END = " __ "
TIE = re.compile(r"[-‐‑–/'’]")
STOP_WORDS = frozenset(
    """a about after all also am an and any anybody anyone are as ask at be been being but by can could did do
    does doing for from get give given had has have having he her here him his how i if in into is it its just
    know like may me might more most much my need no nor not of on once only or other our out over please s
    she should so some somebody someone such t tell than that the their them then there these they thing think
    this those to too under up us use used using very want was way we well were what when where whether which
    while who whom why will with would you your ve re ll d m advice best experience experiences good help one
    people question recommend recommended still take versus vs work works""".split()  # noqa: SIM905
)


class Token(NamedTuple):
    """One word of a text: where it stands, the terms it is found by (the first is the whole of it), and as many forms:
    the same folded only, "infarctions" and not its stem."""

    start: int
    end: int
    terms: tuple[str, ...]
    forms: tuple[str, ...]


def fold(text: str) -> str:
    """Small letters without accents; Greek letters by name."""
    lowered = "".join(GREEK.get(letter, letter) for letter in text.casefold())
    return "".join(each for each in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(each))


def tokens(text: str, language: str = "") -> Iterator[Token]:
    """The words of a text in order; those of a text in Spanish ("es") or French ("fr") by their stems there."""
    waiting: tuple[int, str] | None = None
    for match in WORD.finditer(text):
        folded, found, forms = _known(match[0], language)
        if waiting and folded.replace("/", "") in UNITS:
            dose = (_plain(waiting[1]) + folded.replace("/", ""),)
            yield Token(waiting[0], match.end(), dose, dose)
            waiting = None
            continue
        if waiting:
            yield _number(waiting)
        waiting = (match.start(), folded.replace(",", ".")) if NUMBER.match(folded) else None
        if waiting is None:
            yield Token(match.start(), match.end(), found, forms)
    if waiting:
        yield _number(waiting)


@lru_cache(maxsize=200_000)
def _known(word: str, language: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """A word folded, its terms and its forms; texts say the same words over and over."""
    folded = fold(word)
    forms = _forms(folded, language)
    return folded, tuple(stem_in(form, language) for form in forms), forms


def _number(waiting: tuple[int, str]) -> Token:
    start, digits = waiting
    return Token(start, start + len(digits), (_plain(digits),), (_plain(digits),))


def terms(text: str, language: str = "") -> list[str]:
    """All terms of a text in order, as the engines store them."""
    return [term for token in tokens(text, language) for term in token.terms]


def indexed(text: str, language: str = "") -> str:
    """What is stored for the engines: the terms, separated by spaces."""
    return " ".join(terms(text, language))


def indexed_exactly(texts: Iterable[str], language: str = "") -> str:
    """What is stored of some texts for phrases that must be there word for word; no phrase goes over an END."""
    return END.join(" ".join(form for token in tokens(text, language) for form in token.forms) for text in texts)


def is_stop_word(word: str) -> bool:
    return fold(word) in STOP_WORDS


def _forms(folded: str, language: str) -> tuple[str, ...]:
    """A word whole, then in its parts if it has any."""
    parts = [_plain(part) for part in TIE.split(folded)]
    parts = [part for part in parts if part]
    if len(parts) == 2 and parts[1] == "s":  # Crohn's
        parts = parts[:1]
    if language == "fr" and len(parts) > 1 and parts[0] in ELIDED:  # l'insuline
        parts = parts[1:]
    return ("".join(parts), *parts) if len(parts) > 1 else tuple(parts)


def _plain(part: str) -> str:
    """What the engines take: letters and digits of ASCII, and letters of other scripts as they are."""
    return "".join(each if each.isalnum() else "_" for each in part.replace(".", "_").replace(",", "_"))
