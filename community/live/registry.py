"""What packages above bring: kinds of topics with who may join, and the commands a socket understands."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict

from community.core.audiences import Viewer


@dataclass(frozen=True)
class TopicAccess:
    """The right to a topic: its name, the commands this viewer may give there and what to tell them of themselves."""

    topic: str
    may: tuple[str, ...] = ()
    you: dict[str, Any] = field(default_factory=dict)


class Command(BaseModel):
    """What a client sends. Unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


Resolver = Callable[[str, Viewer], TopicAccess | None]
# (member, key of the topic, data, ref) → what the acknowledgement says, "seq" at least
Handler = Callable[[Any, str, Any, str], dict[str, Any]]

_topics: dict[str, Resolver] = {}
_commands: dict[str, tuple[type[Command], Handler]] = {}


def register_topic(kind: str, resolve: Resolver) -> None:
    """`resolve(key, viewer)` gives the access, or None when there is no such topic or no right to it."""
    _topics[kind] = resolve


def access(kind: str, key: str, viewer: Viewer) -> TopicAccess | None:
    resolver = _topics.get(kind)
    return resolver(key, viewer) if resolver else None


def command(name: str, schema: type[Command]) -> Callable[[Handler], Handler]:
    """Make the function answer `{"do": name, …}`. It raises the boundary errors; the consumer translates."""

    def register(handler: Handler) -> Handler:
        _commands[name] = (schema, handler)
        return handler

    return register


def find_command(name: str) -> tuple[type[Command], Handler] | None:
    return _commands.get(name)


def topic_kinds() -> list[str]:
    return sorted(_topics)


def command_names() -> list[str]:
    return sorted(_commands)
