"""Every live topic and every socket command × twelve personas."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import transaction

from community.core import limits
from community.core.audiences import viewer_of
from community.core.errors import Missing, Refused
from community.knowledge.models import BulletinPage
from community.live import registry
from forums.models import Thread
from tests.access.personas import PERSONAS
from tests.access.rooms import HIDDEN, LIVE, ROOM_DATA
from tests.access.table import COMMANDS, RULES, TOPICS
from tests.access.world import NOTHING, World

DATA = {"thread.reply": {"text": "We start with balanced fluid.", "stance": "local_practice"}, **ROOM_DATA}


@pytest.fixture
def keys(world: World) -> dict[str, tuple[str, str]]:
    """For each kind of topic the key of one that its people see, and of one that is hidden from all personas."""
    member = world.personas["member"]
    other = Thread.objects.get(space__slug="closed-circle")
    assert member is not None
    return {
        "thread": (world.seen["api-v1:post-list"]["public_id"], other.public_id),
        "member": (str(member.pk), str(other.author_id)),
        "desk": (LIVE, HIDDEN),
        "bulletin": bulletins(world),
        **{name.partition(".")[0]: (LIVE, HIDDEN) for name in ("room", *ROOM_DATA)},
    }


def bulletins(world: World) -> tuple[str, str]:
    slugs = world.seen["bulletin-state"]["slug"], world.hidden["bulletin-state"]["slug"]
    numbers = dict(BulletinPage.objects.filter(slug__in=slugs).values_list("slug", "pk"))
    return str(numbers[slugs[0]]), str(numbers[slugs[1]])


@pytest.fixture(autouse=True)
def _undone() -> Iterator[None]:
    yield
    limits.forget_all()


def joins(world: World, kind: str, key: str) -> str:
    """A dot for each persona who may join, a dash for the others; what they may say does not matter here."""
    viewers = (viewer_of(world.personas[name]) for name in PERSONAS)
    return "".join("." if registry.access(kind, key, viewer) else "-" for viewer in viewers)


def outcome(world: World, persona: str, name: str, key: str) -> str:
    """How a command ends for a persona; whatever it stored is undone."""
    member = world.personas[persona]
    if member is None:
        return "L"  # The socket closes with 4401 before any command.
    found = registry.find_command(name)
    assert found is not None
    schema, handler = found
    try:
        with transaction.atomic():
            handler(member, key, schema(**DATA[name]), str(uuid4()))
            transaction.set_rollback(True)
    except Refused:
        return "x"
    except Missing:
        return "-"
    return "."


def test_every_topic_and_command_has_a_row() -> None:
    assert set(TOPICS) == set(registry.topic_kinds())
    assert set(COMMANDS) == set(registry._commands)


@pytest.mark.parametrize("kind", sorted(TOPICS))
def test_who_joins_a_topic(kind: str, world: World, keys: dict[str, tuple[str, str]]) -> None:
    seen, hidden = keys[kind]

    assert joins(world, kind, seen) == RULES[TOPICS[kind]]
    assert joins(world, kind, hidden) == joins(world, kind, NOTHING)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_who_gives_a_command(name: str, world: World, keys: dict[str, tuple[str, str]]) -> None:
    seen, hidden = keys[name.partition(".")[0]]

    assert "".join(outcome(world, persona, name, seen) for persona in PERSONAS) == RULES[COMMANDS[name]]
    hidden_answers = {outcome(world, persona, name, hidden) for persona in PERSONAS}
    assert hidden_answers == {outcome(world, persona, name, NOTHING) for persona in PERSONAS} == {"L", "-"}
