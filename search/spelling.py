"""Did you mean: a question, never an answer. Words come from our own vocabulary and the curated tags, which everybody
may know, so that a suggestion cannot tell of what is private. What looks like the name of a drug is never touched."""

import re
from dataclasses import replace
from difflib import get_close_matches

from community.members.models import Specialty
from forums.models import Tag
from search.analysis import fold, is_stop_word, tokens
from search.grammar import Phrase, Query
from search.vocabulary import abbreviations, known_words

SHORTEST = 5
# Common stems of international nonproprietary names (WHO); a word that ends so may be a drug.
DRUG = re.compile(
    r".+(mab|nib|pril|sartan|olol|alol|statin|azole|cillin|mycin|micin|xaban|gatran|gliptin|gliflozin|tide|oxacin|parin"
    r"|caine|azepam|azolam|zine|prazole|setron|triptan|vir|dronate|dipine|thiazide|semide|lukast|cycline|sone|solone"
    r"|terol|tropium|profen|coxib|oxetine|pidem|barbital|curium|curonium|fentanil|azine|amine|idine|icin|mide|one|ine|in)\Z"
)


def suggestion(text: str, query: Query) -> str:
    """The text with words spelled as we know them; empty where there is nothing to suggest."""
    known = _known() if query.words else frozenset()
    if not known:
        return ""
    changed = text
    for phrase in query.words:
        for token in tokens(phrase.shown):
            word = fold(phrase.shown[token.start : token.end])
            better = _better(word, known)
            if better:
                changed = re.sub(rf"\b{re.escape(phrase.shown)}\b", better, changed, count=1)
    return changed if changed != text else ""


def near(query: Query) -> Query:
    """Words by their beginnings, for when nothing else was found; what looks like a drug stays as it is."""
    words = [_beginning(phrase) for phrase in query.words]
    return replace(query, words=tuple(dict.fromkeys(words)))


def _beginning(phrase: Phrase) -> Phrase:
    word = fold(phrase.shown)
    if len(phrase.terms) > 1 or len(word) <= SHORTEST or not word.isalpha() or DRUG.match(word):
        return phrase
    return Phrase((phrase.terms[0][: max(4, min(6, len(word) - 4))],), True, phrase.shown)


def _better(word: str, known: frozenset[str]) -> str:
    if len(word) < SHORTEST or word in known or is_stop_word(word) or word in abbreviations() or DRUG.match(word):
        return ""
    close = [each for each in get_close_matches(word, known, n=2, cutoff=0.84) if not DRUG.match(each)]
    return close[0] if close else ""


def _known() -> frozenset[str]:
    names = [*Tag.objects.filter(curated=True).values_list("name", flat=True)[:2000]]
    names += Specialty.objects.values_list("name", flat=True)
    return known_words() | {fold(word) for name in names for word in name.split() if len(word) >= SHORTEST}
