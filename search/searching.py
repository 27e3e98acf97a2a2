"""One search from the words in the box to what a page shows: parse, look up, ask the engine, check every candidate
against the database, rank, group, count.

Counts and facets are of checked candidates only, so that not even a number tells of what a reader may not see, also
where the index is late.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from django.utils.translation import get_language

from community.core.audiences import Viewer
from search import facets as counting
from search import paging, ranking, relevance, spelling, vocabulary
from search.analysis import is_stop_word
from search.conditions import conditions, read
from search.documents.sources import Shown, source_of
from search.engines import Candidate, Engine, Plan, engine
from search.grammar import Phrase, Query, inexact, words_of
from search.semantic import asking, fusing, scanning
from search.vocabulary.chip import Chip

PAGE = 20
INSIDE = 3

Gate = Callable[[Viewer, list[Candidate]], list[Candidate]]


@dataclass(frozen=True)
class Request:
    """What is asked. `without` and `senses` are what the reader said about abbreviations; `patience` is how many
    seconds the vector of the question may take before words must do."""

    text: str
    viewer: Viewer
    after: str = ""
    without: frozenset[str] = frozenset()
    senses: dict[str, str] = field(default_factory=dict)
    size: int = PAGE
    limit: int = 400
    by_meaning: bool = True
    patience: float = asking.PATIENCE


@dataclass
class Group:
    """The best hit of a thread or a webinar, and more of the same."""

    best: Candidate
    more: list[Candidate] = field(default_factory=list)


@dataclass(frozen=True)
class Response:
    """What was found. `is_more` says that the engine had more than it was asked for, `is_replaced` that the search
    server did not answer and the database did."""

    query: Query
    groups: list[Group]
    total: int
    is_more: bool
    facets: list[counting.Facet]
    chips: list[Chip]
    sought: tuple[Phrase, ...]
    next: str = ""
    is_relaxed: bool = False
    suggestion: str = ""
    engine: str = ""
    is_replaced: bool = False
    is_hybrid: bool = False


def search(request: Request, using: Engine | None = None, gate: Gate | None = None) -> Response:
    """Everything a page of results needs, but for the words of the hits (see `shown`)."""
    using = using or engine()
    query = read(request.text, request.viewer, (get_language() or "")[:2])
    chips = vocabulary.chips(query, request.without, request.senses)
    meaning = asking.meaning_of(request.text, query, request.patience) if request.by_meaning else ()
    plan = _plan(query, chips, request, meaning)
    found = find(plan, request.viewer, using, gate)
    asked = query
    for nearer in (inexact, relaxed, spelling.near):
        if found or not query.sought:
            break
        query, before = nearer(query), query
        if query == before:
            continue
        plan = _plan(query, chips, request, meaning)
        found = find(plan, request.viewer, using, gate)
    groups = grouped(found)
    page, following = _page(groups, request)
    return Response(
        query,
        page,
        len(groups),
        len(found) >= request.limit,
        counting.facets(found, query),
        chips,
        (*query.sought, *plan.also),
        following,
        (query is not asked and bool(found)) or fusing.is_by_meaning_only(found, plan),
        spelling.suggestion(request.text, asked) if len(groups) < 3 else "",
        using.name,
        getattr(using, "is_replaced", False),
        bool(meaning),
    )


def find(plan: Plan, viewer: Viewer, using: Engine, gate: Gate | None = None) -> list[Candidate]:
    """Candidates that the database allows, best first."""
    if not plan.query.sought and not plan.query.filters:
        return []
    by_words = using.candidates(plan)
    if plan.query.in_title and plan.query.is_exact:  # Engines keep the forms of all fields together.
        by_words = relevance.kept(by_words, plan)
    by_meaning = relevance.kept(using.nearest(plan), plan) if plan.meaning else []
    allowed = {each.id for each in (gate or checked)(viewer, _once([*by_words, *by_meaning]))}
    near = [each for each in by_meaning if each.id in allowed]
    said = {each.id for each in by_words}
    also = [each for each in near if each.id not in said]
    cosines = {each.id: each.score for each in near}
    ranked = ranking.ranked([each for each in by_words if each.id in allowed], plan, also)
    if not plan.meaning:
        return ranked
    rest = [each.id for each in ranked if each.id not in cosines]
    return fusing.fused(ranked, near, cosines | scanning.cosines(plan, rest), plan.limit)


def _once(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Each document once, as it was found first."""
    return list({each.id: each for each in reversed(list(candidates))}.values())[::-1]


def checked(viewer: Viewer, candidates: list[Candidate]) -> list[Candidate]:
    """Those that the database says this viewer may see at this moment."""
    allowed = {kind: source_of(kind).allowed(viewer, keys) for kind, keys in _by_kind(candidates).items()}
    return [candidate for candidate in candidates if candidate.key in allowed[candidate.kind]]


def shown(viewer: Viewer, candidates: Iterable[Candidate]) -> dict[tuple[str, int], Shown]:
    """What a page says of these hits, read from their sources under the viewer's rights."""
    keys = _by_kind(candidates).items()
    return {(kind, key): one for kind, some in keys for key, one in source_of(kind).show(viewer, some).items()}


def named(viewer: Viewer, candidates: Iterable[Candidate]) -> dict[tuple[str, int], Shown]:
    """The same with the titles and the addresses only."""
    keys = [(source_of(kind), some) for kind, some in _by_kind(candidates).items()]
    return {
        (source.kind, key): one
        for source, some in keys
        for key, one in (source.name or source.show)(viewer, some).items()
    }


def _by_kind(candidates: Iterable[Candidate]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for candidate in candidates:
        found.setdefault(candidate.kind, []).append(candidate.key)
    return found


def relaxed(query: Query) -> Query:
    """The same without anything that must be there: near matches instead of an empty page."""
    parts = (each for group in query.required for phrase in group for each in words_of(phrase.shown))
    words = (*query.words, *(each for each in parts if not is_stop_word(each.shown)))
    return replace(query, words=tuple(dict.fromkeys(words)), required=())


def grouped(candidates: list[Candidate]) -> list[Group]:
    """One group for each thread or webinar, in the order of its best hit."""
    groups: dict[str, Group] = {}
    for candidate in candidates:
        group = groups.get(candidate.bundle)
        if group is None:
            groups[candidate.bundle] = Group(candidate)
        elif len(group.more) < INSIDE:
            group.more.append(candidate)
    return list(groups.values())


def _plan(query: Query, chips: list[Chip], request: Request, meaning: tuple[float, ...]) -> Plan:
    also = vocabulary.also_searched(query, chips)
    return Plan(query, request.viewer.tokens, conditions(query, request.viewer), also, request.limit, meaning)


def _page(groups: list[Group], request: Request) -> tuple[list[Group], str]:
    """The groups after the cursor and the cursor of the next page. A row that went away does not move the others."""
    place = paging.read(request.after)
    start = 0
    if place is not None:
        keys = [group.best.id for group in groups]
        start = keys.index(place[1]) + 1 if place[1] in keys else _behind(groups, place[0])
    page = groups[start : start + request.size]
    has_more = len(groups) > start + request.size
    return page, paging.write((round(page[-1].best.score, 6), page[-1].best.id)) if has_more and page else ""


def _behind(groups: list[Group], score: float) -> int:
    return next((index for index, group in enumerate(groups) if group.best.score < score), len(groups))
