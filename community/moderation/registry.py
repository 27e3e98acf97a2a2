"""What can be reviewed, and which queues stand on the hub. Other packages register; nothing here knows them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Model, QuerySet
from django_stubs_ext import StrOrPromise

from community.core.actors import Actor
from community.core.errors import Missing
from community.core.policies import Verdict


class Act(Protocol):
    """An operation of the owning package, called after a moderator's decision and in its transaction."""

    def __call__(self, target: Any, /, *, by: Actor) -> object: ...


@dataclass(frozen=True)
class Handler:
    """How one kind of target is shown to a moderator and what a decision does to it."""

    label: StrOrPromise
    rows: Callable[[], QuerySet[Any]]
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    preview: Callable[[Any], str]
    author: Callable[[Any], Any]
    release: Act
    refuse: Act
    hide: Act
    restore: Act


@dataclass(frozen=True)
class Tab:
    """A queue on the hub: who may open it and how many items wait in it."""

    name: str
    label: StrOrPromise
    url_name: str
    may: Callable[[Any], Verdict]
    waiting: Callable[[Any], int]


_handlers: dict[str, Handler] = {}
_tabs: dict[str, Tab] = {}


def register_reviewable(target_type: str, handler: Handler) -> None:
    """Make targets of `target_type` (a model label such as `forums.post`) reviewable."""
    _handlers[target_type] = handler


def register_tab(tab: Tab) -> None:
    """Add a queue to the hub; a second registration under the same name replaces the first."""
    _tabs[tab.name] = tab


def handler_for(target_type: str) -> Handler:
    """Return the handler of a target type; raise Missing for one that nobody registered."""
    if target_type not in _handlers:
        raise Missing
    return _handlers[target_type]


def handlers() -> dict[str, Handler]:
    """Return all handlers by target type."""
    return dict(_handlers)


def tabs_for(member: Any) -> list[Tab]:
    """Return the queues that a member may open, in order of registration."""
    return [tab for tab in _tabs.values() if tab.may(member)]


def waiting_for(member: Any) -> int:
    """How many items wait in all the queues that a member may open; 0 for everybody else."""
    return sum(tab.waiting(member) for tab in tabs_for(member))


def type_of(target: Model | type[Model]) -> str:
    """Return the target type of a row or a model, as events write it: `forums.post`."""
    return target._meta.label_lower
