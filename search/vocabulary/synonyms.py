"""Sets of words that mean the same: editors' own, and those of imported vocabularies. Each stands in the database.

Words that look alike are never put into one set, whoever asks: two drugs may differ by a letter.
"""

from collections.abc import Iterable
from difflib import SequenceMatcher
from time import monotonic

from django.utils.translation import gettext as _

from search.analysis import fold, indexed
from search.grammar import Query
from search.models import SynonymSet, SynonymTerm
from search.vocabulary.chip import Chip

LONGEST_RUN, SHOWN, SEEN_FOR = 5, 3, 60.0
# Nearer than this and two single words may be taken for each other: vinblastine and vincristine.
TOO_NEAR = 0.55
SPELLINGS = (("ae", "e"), ("oe", "e"), ("our", "or"), ("is", "iz"), ("ys", "yz"))
_any: tuple[float, bool] | None = None


def chips_of(query: Query, without: frozenset[str]) -> list[Chip]:
    """The longest runs of words that a set knows, with the other ways to say them; one query, none without sets."""
    if not _are_there():
        return []
    words = [(phrase.terms[0], phrase.shown) for phrase in query.words if len(phrase.terms) == 1]
    words = list(dict.fromkeys(words))
    runs = {
        (start, end): " ".join(term for term, _shown in words[start:end])
        for start in range(len(words))
        for end in range(start + 1, min(start + LONGEST_RUN, len(words)) + 1)
    }
    known = _known(set(runs.values()))
    found: dict[str, Chip] = {}
    taken: set[int] = set()
    for (start, end), run in sorted(runs.items(), key=lambda each: each[0][0] - each[0][1]):
        word = " ".join(shown for _term, shown in words[start:end])
        if run not in known or fold(word) in without or taken & set(range(start, end)):
            continue
        taken |= set(range(start, end))
        others = tuple(known[run])[:SHOWN]
        found[word] = Chip(word, (), " · ".join(others), others)
    return list(found.values())


def _known(runs: set[str]) -> dict[str, dict[str, None]]:
    """Run of terms → the other ways to say it, the preferred one first."""
    rows = SynonymTerm.objects.filter(terms__in=runs, group__is_on=True).order_by("group__source", "pk")
    hits = list(rows.values_list("terms", "group_id", "group__preferred"))
    said: dict[int, list[tuple[str, str]]] = {}
    for group, terms, shown in (
        SynonymTerm.objects.filter(group__in={group for _terms, group, _name in hits})
        .order_by("pk")
        .values_list("group_id", "terms", "shown")
    ):
        said.setdefault(group, []).append((terms, shown))
    found: dict[str, dict[str, None]] = {}
    for run, group, preferred in hits:
        others = sorted(
            (pair for pair in said[group] if pair[0] != run and not are_alike(pair[0], run)),
            key=lambda pair: pair[1] != preferred,
        )
        if others:
            found.setdefault(run, {}).update(dict.fromkeys(shown for _terms, shown in others))
    return found


def are_alike(one: str, other: str) -> bool:
    """Two single words that may be taken for each other and are not two spellings of one."""
    one, other = fold(one), fold(other)
    if " " in one or " " in other or _american(one) == _american(other):
        return False
    return SequenceMatcher(None, one, other).ratio() >= TOO_NEAR


def apart(shown: Iterable[str], preferred: str) -> list[str]:
    """Those of several ways to say the preferred term that are like none before them."""
    kept = [preferred]
    for each in shown:
        if not any(are_alike(each, other) for other in kept):
            kept.append(each)
    return kept


def problem_with(one: str, other: str) -> str:
    """Why two ways to say the same cannot be put together; empty where they can."""
    if not indexed(one) or not indexed(other) or indexed(one) == indexed(other):
        return _("Write two different ways to say the same.")
    if are_alike(one, other):
        return _("These two words look alike. Search never takes one for the other: they may be two drugs.")
    return ""


def forget() -> None:
    """Look anew whether there are sets."""
    global _any
    _any = None


def _are_there() -> bool:
    global _any
    if _any is None or _any[0] < monotonic():
        _any = (monotonic() + SEEN_FOR, SynonymSet.objects.filter(is_on=True).exists())
    return _any[1]


def _american(word: str) -> str:
    for british, american in SPELLINGS:
        word = word.replace(british, american)
    return word


__all__ = ["apart", "are_alike", "chips_of", "forget", "indexed", "problem_with"]
