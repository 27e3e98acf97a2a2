"""Where other parts of knowledge join in: what starts when a write-up is sent, and what its page is given to show."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from community.core.audiences import Viewer

Starter = Callable[[Any, Any], None]
Source = Callable[[Any, Viewer], "Beside | None"]
Parents = Callable[[Any], list[str]]


@dataclass(frozen=True)
class Beside:
    """A part of a write-up's page: `template` is drawn with `context`; low `order` stands first.

    `place` is "aside" (beside the text), "head" (under the setting) or "foot" (below the text).
    """

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 50
    place: str = "aside"


Context = Callable[[Any, Any], dict[str, Any]]
Language = Callable[[Any, Any], str]

_contexts: dict[str, Context] = {}
_languages: list[Language] = []
_starters: list[Starter] = []
_sources: list[Source] = []
_parents: list[Parents] = []


def register_review(starter: Starter) -> None:
    """`starter(page, by)` runs in the transaction in which a draft goes to review, also after a release."""
    if starter not in _starters:
        _starters.append(starter)


def start_review(page: Any, *, by: Any) -> None:
    for starter in _starters:
        starter(page, by)


def register_beside(source: Source) -> None:
    """`source(page, viewer)` gives a part of the page, or None where it has nothing to say."""
    if source not in _sources:
        _sources.append(source)


def beside(page: Any, viewer: Viewer) -> dict[str, list[Beside]]:
    """The parts by place, in order."""
    parts = [part for source in _sources if (part := source(page, viewer)) is not None]
    places: dict[str, list[Beside]] = {"head": [], "aside": [], "foot": []}
    for part in sorted(parts, key=lambda part: part.order):
        places[part.place].append(part)
    return places


def register_parents(source: Parents) -> None:
    """`source(page)` gives the addresses (paths) of what a write-up was derived from, for its linked data."""
    if source not in _parents:
        _parents.append(source)


def parents_of(page: Any) -> list[str]:
    return [address for source in _parents for address in source(page)]


def install_context(model: str, context: Context) -> None:
    """`context(page, request)` is what the template of a page of this model is given, also in the admin's preview."""
    _contexts[model] = context


def install_language(way: Language) -> None:
    """`way(page, request)` gives the address of the page in the language that the reader chose; "" to stay."""
    _languages[:] = [way]


def language_for(page: Any, request: Any) -> str:
    return next((way(page, request) for way in _languages), "")


def context_of(page: Any, request: Any) -> dict[str, Any]:
    return _contexts[page._meta.label_lower](page, request)
