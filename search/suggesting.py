"""Suggestions while typing: filters, then titles that begin with the words, tags, members and spaces; under the
reader's own rights, checked like every hit."""

from dataclasses import replace

from django.utils.translation import get_language

from community.core.audiences import Viewer
from search.engines import Plan, engine
from search.grammar import Filter, Phrase, Query, languages_for, parse, phrases_of
from search.models import Kind
from search.searching import find, grouped, named

MOST = 8
FILTERS = (
    *("kind:thread", "kind:webinar", "kind:page", "kind:member", "in:title", "has:answer", "has:sources"),
    *("is:unread", "is:mine", "is:followed", "is:question", "by:me", "stance:evidence", "stance:practice"),
    *("order:new", "order:old", "space:", "tag:", "region:", "specialty:", "before:", "after:", "lang:"),
)


def suggestions(typed: str, viewer: Viewer) -> list[dict[str, str]]:
    """What the text so far may become: `insert` replaces the last word, `url` goes there."""
    last = typed.rsplit(maxsplit=1)[-1] if typed.strip() and not typed.endswith(" ") else ""
    if len(last) < 2:
        return []
    sign = "-" if last.startswith("-") else ""
    found = [
        {"label": f"{sign}{each}", "kind": "filter", "insert": f"{sign}{each}"}
        for each in FILTERS
        if each.startswith(last.removeprefix("-").lower()) and each != last
    ][:4]
    return found if found and ":" in last else [*found, *titles(typed, viewer)][:MOST]


def titles(typed: str, viewer: Viewer) -> list[dict[str, str]]:
    """Things with a title that holds all the words, the last of them as a beginning."""
    languages = languages_for(typed, (get_language() or "")[:2])
    pieces = [tuple(phrases) for piece in typed.split() if (phrases := phrases_of(piece, languages))][-6:]
    if not pieces:
        return []
    pieces[-1] = (replace(_beginning(pieces[-1][-1], typed), is_prefix=True),)
    query = Query(required=tuple(pieces), filters=(Filter("in", "title"),))
    plan = Plan(query, viewer.tokens, limit=40)
    hits = [group.best for group in grouped(find(plan, viewer, engine()))][:MOST]
    words = named(viewer, hits)
    return [
        {
            "label": words[hit.kind, hit.key].title,
            "kind": str(Kind(hit.kind).label),
            "url": words[hit.kind, hit.key].url,
        }
        for hit in hits
        if (hit.kind, hit.key) in words
    ]


def _beginning(phrase: Phrase, typed: str) -> Phrase:
    """The last word as it was typed so far, or its stem where that is shorter: the index holds stems."""
    written = parse(typed.split()[-1]).words
    term = phrase.terms[0]
    raw = written[0].shown.casefold() if written else term
    return Phrase((term if raw.startswith(term) or len(term) < 3 else raw,), True)
