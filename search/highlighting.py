"""A piece of a text with the words that were searched for marked; safe in HTML, for it escapes piece by piece."""

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString

from search.analysis import Token, tokens
from search.grammar import Phrase
from search.languages import language_of

LENGTH = 240
LONGEST_READ = 8000


def marked(text: str, sought: Iterable[Phrase], beside: str = "") -> SafeString:
    """The whole text with `<mark>` round what was found; its language is that of it and what stands `beside` it."""
    return _html(text, [(token.start, token.end) for token in _found(text, sought, language_of(beside, text))])


def snippet(text: str, sought: Iterable[Phrase], length: int = LENGTH, beside: str = "") -> SafeString:
    """The piece of the text where most of what was searched for stands, with it marked."""
    text = text[:LONGEST_READ]
    found = _found(text, sought, language_of(text, beside))
    start = _best_start(found, length)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = len(text) if start + length >= len(text) else max(text.rfind(" ", start, start + length), start + 1)
    places = [(token.start - start, token.end - start) for token in found if token.start >= start and token.end <= end]
    before, after = ("… " if start else "", " …" if end < len(text) else "")
    return SafeString(before + _html(text[start:end], places) + after)


def _found(text: str, sought: Iterable[Phrase], language: str) -> list[Token]:
    phrases = list(sought)
    whole = {term for phrase in phrases if not phrase.is_prefix for term in phrase.terms}
    starts = tuple(phrase.terms[0] for phrase in phrases if phrase.is_prefix)
    return [
        token
        for token in tokens(text, language)
        if not whole.isdisjoint(token.terms) or (starts and any(term.startswith(starts) for term in token.terms))
    ]


def _best_start(found: list[Token], length: int) -> int:
    """Where a window of `length` characters holds the most different terms, a little before the first of them."""
    best, most = 0, 0
    for index, token in enumerate(found):
        within = {each.terms[0] for each in found[index : index + 40] if each.end <= token.start + length}
        if len(within) > most:
            best, most = token.start, len(within)
    return max(0, best - 40)


def _html(text: str, places: list[tuple[int, int]]) -> SafeString:
    parts, at = [], 0
    for start, end in places:
        parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return SafeString("".join([*parts, escape(text[at:])]))
