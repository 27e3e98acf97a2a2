"""From a response to what the page says: rows with marked words, chips, bars of facets and their addresses."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from community.core.audiences import Viewer
from forums.policies import may_open_thread
from forums.queries import spaces_for
from search.analysis import fold
from search.documents.sources import Shown
from search.engines import Candidate
from search.grammar import Filter, parse
from search.highlighting import marked, snippet
from search.models import Kind
from search.searching import Request, Response, shown
from search.semantic import fusing

EXAMPLES = (
    ('"septic shock" vasopressin', _("words, and a phrase that must be there")),
    ("anticoagulation -warfarin", _("without a word")),
    ("kind:webinar sepsis", _("one kind: thread, post, page, webinar, question, line, member, space, tag")),
    ("delirium has:answer after:2025", _("answered, and since a year")),
    ("by:me is:unread", _("what is yours, what you have not read")),
    ("in:title hypert*", _("in the title, and the beginning of a word")),
)
ORDERS = (("relevance", _("Best first")), ("new", _("Newest first")), ("old", _("Oldest first")))
MOST_SPACES = 6


@dataclass(frozen=True)
class Row:
    """One hit on the page."""

    hit: Candidate
    source: Shown
    title: SafeString
    text: SafeString
    kind: str
    more: list["Row"] = field(default_factory=list)
    reasons: list[tuple[str, str]] = field(default_factory=list)


#: What moves a result up or down, as editors read it.
WHY = {
    "engine": _("engine"),
    "kind": _("kind"),
    "age": _("age"),
    "answered": _("has an answer"),
    "sources": _("sources"),
    "title": _("words in the title"),
    fusing.WORDS: _("place by words"),
    fusing.MEANING: _("place by meaning"),
    fusing.NEARNESS: _("nearness"),
}


def rows(response: Response, viewer: Viewer, *, explain: bool = False) -> list[Row]:
    """The groups of a response with the words that this viewer may read; what has just gone is left out."""
    hits = [hit for group in response.groups for hit in (group.best, *group.more)]
    sources = shown(viewer, hits)

    def row(hit: Candidate, more: Iterable[Candidate] = ()) -> Row | None:
        source = sources.get((hit.kind, hit.key))
        if source is None:
            return None
        inside = [each for one in more if (each := row(one)) is not None]
        factors = [(str(WHY.get(name, name)), _said(name, factor)) for name, factor in hit.reasons.items()]
        return Row(
            hit,
            source,
            marked(source.title, response.sought, source.text),
            snippet(source.text, response.sought, beside=source.title),
            str(Kind(hit.kind).label),
            inside,
            [(str(WHY["engine"]), f"{hit.score:.3f}"), *factors] if explain else [],
        )

    return [each for group in response.groups if (each := row(group.best, group.more)) is not None]


def _said(name: str, factor: float) -> str:
    """A factor, a place in one of the two lists, or the cosine with the question."""
    if name in {fusing.WORDS, fusing.MEANING}:
        return f"{factor:.0f}"
    return f"{factor:.2f}" if name == fusing.NEARNESS else f"× {factor:.2f}"


def chips(response: Response, asked: Request) -> list[dict[str, Any]]:
    """Abbreviations with what is searched for as well, and the addresses that change it."""
    found = []
    for chip in response.chips:
        key = fold(chip.word)
        choices = [
            {"label": sense, "url": f"?{address(asked, senses={**asked.senses, key: sense})}"} for sense in chip.others
        ]
        plain = f"?{address(asked, without=asked.without | {key})}"
        found.append({"word": chip.word, "used": chip.used, "choices": choices, "plain_url": plain})
    return found


def facets(response: Response, asked: Request) -> list[dict[str, Any]]:
    """Each facet with the address that switches a value on or off."""
    return [
        {
            "label": facet.label,
            "bars": [
                {
                    "label": bar.label,
                    "count": bar.count,
                    "is_on": bar.is_on,
                    "url": f"?{address(asked, text=switched(asked.text, bar.filter, is_on=bar.is_on))}",
                }
                for bar in facet.bars
            ],
        }
        for facet in response.facets
    ]


def filters_on(response: Response, asked: Request) -> list[dict[str, str]]:
    """The filters of the query, each with the address without it."""
    return [
        {"label": str(each), "url": f"?{address(asked, text=switched(asked.text, each, is_on=True))}"}
        for each in response.query.filters
        if each.name != "order"
    ]


def order_links(response: Response, asked: Request) -> list[dict[str, Any]]:
    """The orders as tabs."""
    bare = " ".join(piece for piece in asked.text.split() if not piece.lower().startswith("order:"))
    return [
        {
            "label": label,
            "current": response.query.order == name,
            "url": f"?{address(asked, text=bare if name == 'relevance' else f'{bare} order:{name}')}",
        }
        for name, label in ORDERS
    ]


def switched(text: str, wanted: Filter, *, is_on: bool) -> str:
    """The words of the box with a filter more, or without it."""
    if not is_on:
        return f"{text.strip()} {wanted}"
    pieces = [piece for piece in text.split() if wanted not in parse(piece).filters]
    return " ".join(pieces)


def address(asked: Request, **changes: Any) -> str:
    """The query string of a search with something changed; a change begins at the first page."""
    text = changes.get("text", asked.text)
    pairs = [("q", text)]
    pairs += [("plain", word) for word in sorted(changes.get("without", asked.without))]
    pairs += [("sense", f"{word}={sense}") for word, sense in changes.get("senses", asked.senses).items()]
    if changes.get("after"):
        pairs.append(("after", changes["after"]))
    return urlencode(pairs)


def spaces_to_ask_in(viewer: Viewer) -> list[Any]:
    """Where this viewer could ask what was not found."""
    if viewer.member is None:
        return []
    open_to = [space for space in spaces_for(viewer)[:40] if may_open_thread(viewer, space)]
    return open_to[:MOST_SPACES]
