"""What packages above bring: kinds of topics with who may join, and the commands a socket understands."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import BaseModel, ConfigDict

from community.core.audiences import Viewer
from community.live.stays import Stay

if TYPE_CHECKING:
    from community.live.queries import Page


@dataclass(frozen=True)
class TopicAccess:
    """The right to a topic: its name, the commands this viewer may give there and what to tell them of themselves."""

    topic: str
    may: tuple[str, ...] = ()
    you: dict[str, Any] = field(default_factory=dict)


class Command(BaseModel):
    """What a client sends. Unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Log(Protocol):
    """Where the entries of one kind of topic are; the hub reads every kind through these."""

    def heads(self, names: Iterable[str]) -> dict[str, tuple[int, str]]: ...
    def page_for(self, name: str, since: int | None, epoch: str | None) -> "Page": ...
    def entries_after(self, name: str, since: int, until: int) -> list[dict[str, Any]]: ...
    def flush(self, names: Iterable[str]) -> None: ...


Resolver = Callable[[str, Viewer], TopicAccess | None]
# (key of the topic, members) → their access, for as many of them as can be told together
ResolveMany = Callable[[str, Collection[Any]], dict[int, TopicAccess]]
# (key of the topic, ids of members) → those of them who may still be there
StillIn = Callable[[str, Collection[int]], set[int]]
# (key of the topic, members) → what presence counts them by, such as {7: {"profession": "Physician"}}
Describe = Callable[[str, Collection[int]], dict[int, dict[str, str]]]
# (name of the topic, who was there from when to when)
Attend = Callable[[str, Collection[Stay]], None]
# (member, key of the topic, data, ref) → what the acknowledgement says, "seq" at least
Handler = Callable[[Any, str, Any, str], dict[str, Any]]

_topics: dict[str, Resolver] = {}
_logs: dict[str, Log] = {}
OWN = ""
_still_in: dict[str, StillIn] = {}
_resolvers_of_many: dict[str, ResolveMany] = {}
_describers: dict[str, Describe] = {}
_attenders: dict[str, Attend] = {}
_commands: dict[str, tuple[type[Command], Handler]] = {}
_asking_themselves: set[str] = set()


def register_topic(
    kind: str,
    resolve: Resolver,
    *,
    log: Log | None = None,
    still_in: StillIn | None = None,
    resolve_many: ResolveMany | None = None,
    describe: Describe | None = None,
    attend: Attend | None = None,
) -> None:
    """`resolve(key, viewer)` gives the access, or None when there is no such topic or no right to it.

    `log` holds the entries of topics whose names begin with "<kind>:", where they are not rows of live itself.
    `still_in` is `resolve` in bulk, for topics with many sockets; it must never allow more than `resolve` does.
    `resolve_many` is `resolve` for a crowd at the door; those it leaves out are asked for one by one.
    `describe` makes the topic show who is present, as counts; members it leaves out are counted all the same.
    `attend` is told once a minute who was there.
    """
    _topics[kind] = resolve
    if log is not None:
        _logs[kind] = log
    if still_in is not None:
        _still_in[kind] = still_in
    if resolve_many is not None:
        _resolvers_of_many[kind] = resolve_many
    if describe is not None:
        _describers[kind] = describe
    if attend is not None:
        _attenders[kind] = attend


def log_of(topic: str) -> Log:
    """The log that holds a topic's entries."""
    return _logs.get(topic.partition(":")[0]) or _logs[OWN]


def register_own_log(log: Log) -> None:
    """The log of every kind that brings none: the rows of live itself."""
    _logs[OWN] = log


def still_in_of(kind: str) -> StillIn | None:
    return _still_in.get(kind)


def resolver_of_many(kind: str) -> ResolveMany | None:
    return _resolvers_of_many.get(kind)


def describer_of(kind: str) -> Describe | None:
    return _describers.get(kind)


def attender_of(kind: str) -> Attend | None:
    return _attenders.get(kind)


def access(kind: str, key: str, viewer: Viewer) -> TopicAccess | None:
    resolver = _topics.get(kind)
    return resolver(key, viewer) if resolver else None


def command(name: str, schema: type[Command], *, asks_itself: bool = False) -> Callable[[Handler], Handler]:
    """Make the function answer `{"do": name, …}`. It raises the boundary errors; the consumer translates.

    `asks_itself` spares the question for the right to the topic before each command: the handler asks it anyway.
    """

    def register(handler: Handler) -> Handler:
        _commands[name] = (schema, handler)
        (_asking_themselves.add if asks_itself else _asking_themselves.discard)(name)
        return handler

    return register


def find_command(name: str) -> tuple[type[Command], Handler] | None:
    return _commands.get(name)


def asks_itself(name: str) -> bool:
    """Whether the command of this name asks for the right to its topic in its own transaction."""
    return name in _asking_themselves


def topic_kinds() -> list[str]:
    return sorted(_topics)


def command_names() -> list[str]:
    return sorted(_commands)
