"""Threads like a text: while somebody writes a new one, and beside one that is read. By words, and by meaning as well
where the install has the extra [semantic] and need not wait for it."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from community.core.audiences import Viewer
from community.core.ui import Panel, register_part
from forums.models import Thread
from search import relevance, semantic
from search.documents.sources import Shown
from search.engines import Candidate, Condition, Plan, embedded
from search.grammar import Phrase, Query, parse
from search.models import Document, Kind, Meaning
from search.rarity import statistics
from search.relevance import Asked
from search.searching import find, shown
from search.semantic import asking, fusing
from search.semantic.model import NAME, unpacked

MOST_WORDS, MOST, LOOKED_AT = 25, 5, 60
# What holds less of what the words weigh, all of them once in a text, is not similar.
LEAST = 0.3
# Unless its meaning is as near as this, whatever its words are.
NEAR = 0.45
LONGEST = 4000

Found = tuple[Candidate, Shown]


def register() -> None:
    register_part("thread", beside_thread)
    register_part("thread.new", beside_new_thread)


def beside_thread(viewer: Viewer, facts: Mapping[str, Any]) -> Panel | None:
    """A way to threads like the one that is read; they are looked for when somebody comes to see them."""
    url = reverse("search-like", args=[facts["thread"].public_id])
    return Panel(key="similar", title=_("More like this"), template="search/_similar_later.html", context={"url": url})


def beside_new_thread(viewer: Viewer, facts: Mapping[str, Any]) -> Panel | None:
    """What may answer the question already: with the preview, and while somebody writes."""
    found = like_draft(viewer, facts.get("title") or "", facts.get("text") or "") if facts.get("preview") else []
    context = {"found": found, "url": reverse("search-similar")}
    return Panel("similar", _("Has this been answered already?"), "search/_similar_new.html", context)


def like_thread(viewer: Viewer, thread: Thread) -> list[Found]:
    """Threads like one that this viewer reads."""
    own = Document.objects.filter(kind=Kind.THREAD, key=thread.pk).values_list("title", "body").first()
    if own is None:
        return []
    title, body = own
    return alike(_rarest(f"{title} {title} {body[:LONGEST]}".split()), viewer, _meaning_of(thread), but=thread.pk)


def like_draft(viewer: Viewer, title: str, text: str, patience: float = asking.PATIENCE) -> list[Found]:
    """Threads like a draft, those with an answer first."""
    said = f"{title}. {text}"[:LONGEST].replace('"', " ").replace(":", " ")
    query = parse(f"{title} {said}")
    terms = [phrase.terms[0] for phrase in query.sought if len(phrase.terms) == 1]
    found = alike(_rarest(terms), viewer, asking.meaning_of(said, query, patience))
    return sorted(found, key=lambda pair: not pair[0].answered)


def alike(query: Query, viewer: Viewer, meaning: tuple[float, ...] = (), but: int = 0) -> list[Found]:
    """At most MOST threads that this viewer may read, best first."""
    if not query.words:
        return []
    threads = (Condition("kind", "in", (Kind.THREAD.value,)),)
    plan = Plan(query, viewer.tokens, threads, limit=LOOKED_AT, meaning=meaning)
    found = [each for each in find(plan, viewer, embedded()) if each.key != but]
    least = LEAST * sum(Asked.by(plan).phrases.values())
    fits = relevance.scores(found, plan) if meaning else {each.id: each.score for each in found}
    found = [each for each in found if fits[each.id] >= least or each.reasons.get(fusing.NEARNESS, 0) >= NEAR][:MOST]
    words = shown(viewer, found)
    return [(each, words[each.kind, each.key]) for each in found if (each.kind, each.key) in words]


def _meaning_of(thread: Thread) -> tuple[float, ...]:
    """The vector of a thread that has been read; nobody waits for the others' to be loaded."""
    if not semantic.is_on():
        return ()
    if not asking.is_warm():
        asking.warm()
        return ()
    own = Meaning.objects.filter(document__kind=Kind.THREAD, document__key=thread.pk, model=NAME).first()
    return tuple(unpacked(own.values)) if own and own.values else ()


def _rarest(terms: list[str]) -> Query:
    """The words that say most, by how rare they are and how often they stand there."""
    known = statistics(terms).rarity
    often = {term: terms.count(term) for term in set(terms)}
    best = sorted(often, key=lambda term: (-known[term] * min(often[term], 3), term))[:MOST_WORDS]
    return Query(words=tuple(Phrase((term,)) for term in best))
