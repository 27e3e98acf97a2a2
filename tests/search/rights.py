"""A small world of readers and things, changes of who may see what, and what every surface of search tells a reader.

Who may see a thing is known from how the world was made, never asked of the code under test. Each thing has a word that
stands nowhere else; a search for many of these words at once asks about as many (viewer, document) pairs.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from community.core.audiences import Viewer, viewer_of
from forums.models import Space, SpaceMember, Thread
from forums.operations import hide_post, unhide_post, withdraw_post
from search import alerts, similar, suggesting
from search.engines import Condition, Plan, embedded
from search.grammar import parse
from search.models import Document, SavedSearch
from search.searching import Request, checked, search, shown
from tests.factories.forums import SpaceFactory, make_reply, make_thread, private_group, suspend, verified_member
from tests.factories.members import MemberFactory

AT_ONCE = 40


@dataclass
class Thing:
    """A thread or a reply: its word, where it stands, and whether it is withdrawn or hidden."""

    word: str
    kind: str
    key: int
    space: int
    author: int
    post: Any
    is_gone: bool = False
    is_hidden: bool = False


@dataclass
class World:
    """`readers`: name → member, None for a visitor. `rules`: space → who reads it."""

    chance: random.Random
    readers: dict[str, Any] = field(default_factory=dict)
    things: list[Thing] = field(default_factory=list)
    rules: dict[int, str] = field(default_factory=dict)
    inside: dict[int, set[int]] = field(default_factory=dict)
    moderator: Any = None

    def may_see(self, reader: Any, thing: Thing) -> bool:
        """As the world was made and changed since."""
        if thing.is_gone or thing.is_hidden:
            return False
        rule = self.rules[thing.space]
        if rule == "public":
            return True
        if reader is None:
            return False
        if rule == "members":
            return True
        if rule == "group":
            return reader.pk in self.inside[thing.space]
        return reader.pk in self.inside[0]


def make_world(chance: random.Random, insiders: int = 2, threads: int = 4) -> World:
    """So many threads with a reply in each of five spaces, and readers of every sort."""
    world = World(chance)
    verified = [verified_member() for _each in range(insiders + 1)]
    plain, moderator = MemberFactory.create(), MemberFactory.create(in_groups=["Moderators"])
    suspended = verified_member()
    world.moderator = moderator
    world.readers = {"visitor": None, "plain": plain, "moderator": moderator, "suspended": suspended}
    world.readers |= {f"verified {number}": member for number, member in enumerate(verified)}
    world.inside[0] = {member.pk for member in verified}
    groups = [private_group(verified[0]), private_group(*verified[:-1])]
    spaces = {SpaceFactory.create(audience=rule): rule for rule in ("public", "members", "verified")}
    for space, rule in [*spaces.items(), *((group, "group") for group in groups)]:
        world.rules[space.pk] = rule
        world.inside[space.pk] = set(SpaceMember.objects.filter(space=space).values_list("member_id", flat=True))
        for _each in range(threads):
            _write(world, space, verified[0])
    suspend(suspended)
    return world


def _write(world: World, space: Space, author: Any) -> None:
    first, second = (f"qz{len(world.things) + more:05d}x" for more in (0, 1))
    thread = make_thread(space, by=author, title=f"Words of {first}", source=f"Only {first} here.")
    reply = make_reply(thread, by=author, source=f"A reply with {second} in it.")
    world.things.append(Thing(first, "thread", thread.pk, space.pk, author.pk, thread.posts.get(number=1)))
    world.things.append(Thing(second, "post", reply.pk, space.pk, author.pk, reply))


def change(world: World) -> None:
    """Something that takes a right away or gives it; the index is not told by this function."""
    act: Callable[[World], None] = world.chance.choice((_withdraw, _hide, _leave, _turn))
    act(world)


def _withdraw(world: World) -> None:
    thing = world.chance.choice([each for each in world.things if each.kind == "post"])
    if not thing.is_gone and not thing.is_hidden:
        thing.post.refresh_from_db()
        withdraw_post(thing.post, by=world.readers["verified 0"])
        thing.is_gone = True


def _hide(world: World) -> None:
    thing = world.chance.choice([each for each in world.things if each.kind == "post" and not each.is_gone])
    thing.post.refresh_from_db()
    (unhide_post if thing.is_hidden else hide_post)(thing.post, by=world.moderator)
    thing.is_hidden = not thing.is_hidden


def _leave(world: World) -> None:
    groups = [space for space, rule in world.rules.items() if rule == "group" and len(world.inside[space]) > 1]
    if groups:
        space = world.chance.choice(groups)
        member = world.chance.choice(sorted(world.inside[space]))
        SpaceMember.objects.filter(space=space, member=member).delete()
        world.inside[space].discard(member)


def _turn(world: World) -> None:
    """A space that was open for all members is for verified ones from now on, by plain SQL, with all in it."""
    spaces = [space for space, rule in world.rules.items() if rule in {"public", "members"}]
    if len(spaces) > 1:
        space = world.chance.choice(spaces)
        Space.objects.filter(pk=space).update(audience="verified")
        threads = Thread.objects.filter(space=space)
        for thread in threads:
            thread.posts.filter(audience=thread.audience).update(audience="verified")
        threads.filter(audience__in=("public", "members")).update(audience="verified")
        world.rules[space] = "verified"


def leaks(world: World) -> Iterator[tuple[str, str, str]]:
    """(surface, reader, word) for everything that search tells somebody who may not know it."""
    for name, reader in world.readers.items():
        viewer = viewer_of(reader)
        for start in range(0, len(world.things), AT_ONCE):
            some = world.things[start : start + AT_ONCE]
            allowed = {(each.kind, each.key) for each in some if world.may_see(reader, each)}
            words = {each.word: (each.kind, each.key) in allowed for each in some}
            for surface, told in _told(world, viewer, reader, some).items():
                yield from ((surface, name, str(each)) for each in told - allowed)
            yield from (("words", name, word) for word in _read(viewer, some) if not words.get(word, True))


Pairs = set[tuple[str, int]]


def _told(world: World, viewer: Viewer, reader: Any, some: list[Thing]) -> dict[str, Pairs]:
    """What each surface names of these things."""
    asked = " ".join(each.word for each in some)
    response = search(Request(asked, viewer, size=400))
    hits = [hit for group in response.groups for hit in (group.best, *group.more)]
    told: dict[str, Pairs] = {"hits": {(hit.kind, hit.key) for hit in hits}}
    allowed = sum(world.may_see(reader, each) for each in some)
    counts = [bar.count for facet in response.facets if facet.name == "kind" for bar in facet.bars]
    if response.total > allowed or sum(counts) > allowed:
        told["counts"] = {("count", response.total)}
    found = similar.like_draft(viewer, asked[:900], "")
    told["similar"] = {(hit.kind, hit.key) for hit, _source in found}
    for thing in world.chance.sample(some, min(3, len(some))):
        if thing.kind == "thread" and any(
            thing.word in each["label"] for each in suggesting.titles(thing.word, viewer)
        ):
            told.setdefault("suggestions", set()).add((thing.kind, thing.key))
    if reader is not None:
        told["alerts"] = _alerted(reader, asked)
    return told


def _alerted(reader: Any, asked: str) -> Pairs:
    saved = SavedSearch(member=reader, text=" OR ".join(f'"{word}"' for word in asked.split()))
    newest = Document.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    found = Document.objects.filter(pk__in=alerts.answers(saved, newest))
    return set(found.values_list("kind", "key"))


def _read(viewer: Viewer, some: list[Thing]) -> set[str]:
    """The words that pages would print of all these things, whatever the engine says of them."""
    asked = parse(" ".join(each.word for each in some))
    everything = frozenset(Document.objects.values_list("audience", flat=True).distinct())
    ids = tuple(Document.objects.filter(key__in=[each.key for each in some]).values_list("pk", flat=True))
    found = embedded().candidates(Plan(asked, everything, (Condition("id", "in", ids),)))
    pages = shown(viewer, checked(viewer, found)).values()
    return {word for page in pages for word in f"{page.title} {page.text}".replace(".", " ").split()}
