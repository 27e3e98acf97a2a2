"""A small world of readers and things, changes of who may see what, and what every surface of search tells a reader.

Who may see a thing is known from how the world was made, never asked of the code under test. Each thing has a word that
stands nowhere else; a search for many of these words at once asks about as many (viewer, document) pairs.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from community.core.audiences import Viewer, viewer_of
from community.core.clock import now
from community.knowledge.models import WriteUpPage
from community.members.models import Member
from forums.bulk import PostRow, ThreadRow, write_threads
from forums.models import Space, SpaceMember, Thread
from forums.operations import hide_post, unhide_post, withdraw_post
from forums.queries import latest_threads
from search import alerts, outbox, rarity, similar, suggesting
from search.engines import Condition, Plan, embedded
from search.grammar import parse
from search.models import Document, SavedSearch
from search.searching import Request, Response, checked, search, shown
from search.semantic import learning
from tests.factories.forums import SpaceFactory, private_group, suspend, verified_member
from tests.factories.members import MemberFactory
from tests.factories.webinars import WebinarFactory
from tests.search import rights_elsewhere as elsewhere
from webinars.models import Question, QuestionState

# A question may hold so many words; each of them asks about a pair with every reader.
AT_ONCE = 150
PEOPLE, ROOM = -1, -2
#: Asked by meaning: near to what all things say, and none of their own words.
NEAR = ("Is there an answer with a term like this?", "About some terms: why then, and what would you say?")


@dataclass
class Thing:
    """Whatever can be found: its word, where it stands, and whether it is withdrawn or hidden. `post` is the row.

    It is not seen where what it is `under` is not; `way` is how it was hidden, to undo it in the same way."""

    word: str
    kind: str
    key: int
    space: int | str
    author: int
    post: Any
    is_gone: bool = False
    is_hidden: bool = False
    under: "Thing | None" = None
    way: Any = None


@dataclass
class World:
    """`readers`: name → member, None for a visitor. `rules`: space → who reads it; `barred`: who does not all the same
    (None for visitors). `outside` is what was there before; `found` counts by kind what pages showed."""

    chance: random.Random
    readers: dict[str, Any] = field(default_factory=dict)
    things: list[Thing] = field(default_factory=list)
    rules: dict[int | str, str] = field(default_factory=dict)
    inside: dict[int | str, set[int]] = field(default_factory=dict)
    barred: dict[int | str, set[int | None]] = field(default_factory=dict)
    is_shelf_shut: bool = False
    moderator: Any = None
    outside: "Pairs" = field(default_factory=set)
    found: Counter[str] = field(default_factory=Counter)

    def new_word(self) -> str:
        """Of the thing that is added next."""
        return _word(len(self.things))

    def add(self, word: str, kind: str, key: int, space: int | str, author: int, post: Any) -> Thing:
        self.things.append(Thing(word, kind, key, space, author, post))
        return self.things[-1]

    def thing(self, kind: str, key: int) -> Thing:
        return next(each for each in self.things if (each.kind, each.key) == (kind, key))

    def may_see(self, reader: Any, thing: Thing) -> bool:
        """As the world was made and changed since."""
        if thing.is_gone or thing.is_hidden or (thing.under and not self.may_see(reader, thing.under)):
            return False
        if self.is_shelf_shut and isinstance(thing.post, WriteUpPage):
            return False
        if (reader and reader.pk) in self.barred.get(thing.space, ()):
            return False
        rule = self.rules[thing.space]
        if rule == "public":
            return True
        if reader is None or rule == "nobody":
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
        _write(world, space, verified[0], threads)
    _write_others(world, threads)
    elsewhere.write_spaces(world)
    elsewhere.write_pages(world, threads)
    elsewhere.write_rooms(world, threads)
    suspend(suspended)
    return world


def index(world: World, *, by_meaning: bool = False) -> None:
    """The index is told of all changes, and texts are read where the install searches by meaning."""
    outbox.drain_all()
    while by_meaning and learning.learn():
        pass
    rarity.forget()
    known = {(each.kind, each.key) for each in world.things}
    world.outside = set(Document.objects.values_list("kind", "key")) - known


def _write(world: World, space: Space, author: Any, threads: int) -> None:
    """Threads with a reply each, as rows in bulk: their triggers tell the index as those of operations do."""
    words = [_word(len(world.things) + more) for more in range(2 * threads)]
    pairs = list(zip(words[::2], words[1::2], strict=True))

    def said(source: str) -> PostRow:
        return PostRow(author, source, "question", now(), {})

    write_threads(
        ThreadRow(space, f"Words of {first}", [said(f"Only {first} here."), said(f"A reply with {second} in it.")])
        for first, second in pairs
    )
    made = Thread.objects.filter(space=space).order_by("pk").prefetch_related("posts")
    for (first, second), thread in zip(pairs, made, strict=True):
        opening, reply = sorted(thread.posts.all(), key=lambda post: post.pk)
        world.add(first, "thread", thread.pk, space.pk, author.pk, opening)
        world.add(second, "post", reply.pk, space.pk, author.pk, reply)


def _write_others(world: World, count: int) -> None:
    """People of the directory, and questions in a webinar for verified members."""
    world.rules |= {PEOPLE: "members", ROOM: "verified"}
    webinar = WebinarFactory.create(organiser=world.readers["verified 0"])
    for _each in range(count):
        word = world.new_word()
        member = MemberFactory.create(name=f"Somebody {word.title()}", listed=True)
        world.add(word, "member", member.pk, PEOPLE, member.pk, member)
        word = world.new_word()
        asked = Question.objects.create(
            webinar=webinar, author=webinar.organiser, text=f"Why {word}?", state=QuestionState.VISIBLE
        )
        world.add(word, "question", asked.pk, ROOM, webinar.organiser.pk, asked)


def _word(number: int) -> str:
    return f"qz{number:05d}x"


def change(world: World) -> None:
    """Something that takes a right away or gives it; the index is not told by this function."""
    here = (_withdraw, _hide, _hide, _hide_other, _leave, _join, _turn)
    act: Callable[[World], None] = world.chance.choice((*here, *elsewhere.CHANGES))
    act(world)


def _withdraw(world: World) -> None:
    """The author takes a reply back, where they may still see it."""
    thing = world.chance.choice([each for each in world.things if each.kind == "post"])
    author = Member.objects.get(pk=thing.author)
    if world.may_see(author, thing):
        thing.post.refresh_from_db()
        withdraw_post(thing.post, by=author)
        thing.is_gone = True


def _hide(world: World) -> None:
    thing = world.chance.choice([each for each in world.things if each.kind == "post" and not each.is_gone])
    thing.post.refresh_from_db()
    (unhide_post if thing.is_hidden else hide_post)(thing.post, by=world.moderator)
    thing.is_hidden = not thing.is_hidden


def _hide_other(world: World) -> None:
    """Somebody leaves the directory or comes back; a question is taken away or shown again."""
    thing = world.chance.choice([each for each in world.things if each.space in {PEOPLE, ROOM}])
    thing.is_hidden = not thing.is_hidden
    if thing.kind == "member":
        Member.objects.filter(pk=thing.key).update(listed=not thing.is_hidden)
    else:
        state = QuestionState.HIDDEN if thing.is_hidden else QuestionState.VISIBLE
        Question.objects.filter(pk=thing.key).update(state=state)


def _join(world: World) -> None:
    """Somebody comes into a group who was inside the verified members all along."""
    space = world.chance.choice([space for space, rule in world.rules.items() if rule == "group"])
    for member in sorted(world.inside[0] - world.inside[space])[:1]:
        SpaceMember.objects.create(space_id=space, member_id=member)
        world.inside[space].add(member)


def _leave(world: World) -> None:
    groups = [space for space, rule in world.rules.items() if rule == "group" and len(world.inside[space]) > 1]
    if groups:
        space = world.chance.choice(groups)
        member = world.chance.choice(sorted(world.inside[space]))
        SpaceMember.objects.filter(space=space, member=member).delete()
        world.inside[space].discard(member)


def _turn(world: World) -> None:
    """A space is for others from now on, by plain SQL, with all in it."""
    space = world.chance.choice([space for space, rule in world.rules.items() if _is_space(space) and rule != "group"])
    audience = world.chance.choice(("public", "members", "verified", "verified"))
    Space.objects.filter(pk=space).update(audience=audience)
    for thread in Thread.objects.filter(space=space):
        thread.posts.filter(audience=thread.audience).update(audience=audience)
    Thread.objects.filter(space=space, audience__in=("public", "members", "verified")).update(audience=audience)
    world.rules[space] = audience


def _is_space(place: int | str) -> bool:
    return isinstance(place, int) and place > 0


def leaks(world: World, *, by_meaning: bool = False) -> Iterator[tuple[str, str, str]]:
    """(surface, reader, word) for everything that search tells somebody who may not know it."""
    for name, reader in world.readers.items():
        viewer = viewer_of(reader)
        known = _allowed(world, reader, world.things) | world.outside
        yield from (("lists", name, str(each)) for each in _listed(viewer) - known)
        if by_meaning:
            told = _told_by_meaning(world, viewer, reader, known)
            yield from ((surface, name, str(each)) for surface, pairs in told.items() for each in pairs - known)
        for start in range(0, len(world.things), AT_ONCE):
            some = world.things[start : start + AT_ONCE]
            words = {each.word: (each.kind, each.key) in known for each in some}
            for surface, told in _told(world, viewer, reader, some).items():
                yield from ((surface, name, str(each)) for each in told - known)
            read = _read(world, viewer, some)
            yield from (("words", name, word) for word in read if not words.get(word, True))


Pairs = set[tuple[str, int]]


def _allowed(world: World, reader: Any, things: list[Thing]) -> Pairs:
    return {(each.kind, each.key) for each in things if world.may_see(reader, each)}


def _listed(viewer: Viewer) -> Pairs:
    """The list of the newest discussions, which needs no index."""
    return {("thread", pk) for pk in latest_threads(viewer).values_list("pk", flat=True)}


def _told(world: World, viewer: Viewer, reader: Any, some: list[Thing]) -> dict[str, Pairs]:
    """What each surface names of these things; a number that is too high is a pair that nobody is allowed."""
    asked = " ".join(each.word for each in some)
    allowed = _allowed(world, reader, some)
    response = search(Request(asked, viewer, size=400, by_meaning=False))
    told: dict[str, Pairs] = {"hits": _hits(response), "counts": _too_many(response, len(allowed))}
    told["facets"] = _places(world, reader, some, response)
    found = similar.like_draft(viewer, asked, "")
    told["similar"] = {(hit.kind, hit.key) for hit, _source in found}
    own = world.chance.choice(some)
    if own.kind == "thread":
        found = similar.like_thread(viewer, Thread.objects.get(pk=own.key))
        told["like"] = {(hit.kind, hit.key) for hit, _source in found}
    told |= _typed(viewer, own)
    if reader is not None:
        told["alerts"] = _alerted(reader, asked)
    return told


def _told_by_meaning(world: World, viewer: Viewer, reader: Any, known: Pairs) -> dict[str, Pairs]:
    """What is near in meaning to words that stand beside those of all things, without any of them. Who waits as long
    as it takes is answered by meaning, if anything is."""
    told: Pairs = set()
    too_many: Pairs = set()
    for asked in NEAR:
        response = search(Request(asked, viewer, size=400, patience=float("inf")))
        world.found["by meaning"] += sum(hit in known for hit in _hits(response)) if response.is_hybrid else 0
        told |= _hits(response)
        too_many |= _too_many(response, len(known))
    return {"meaning": told, "counts by meaning": too_many, "similar by meaning": _similar(viewer)}


def _similar(viewer: Viewer) -> Pairs:
    return {(hit.kind, hit.key) for hit, _source in similar.like_draft(viewer, NEAR[0], NEAR[1])}


def _too_many(response: Response, most: int) -> Pairs:
    """A total, or a facet, of more than there is for this reader."""
    bars = (sum(bar.count for bar in facet.bars) for facet in response.facets)
    return {("count", count) for count in (response.total, *bars) if count > most}


def _hits(response: Response) -> Pairs:
    return {(hit.kind, hit.key) for group in response.groups for hit in (group.best, *group.more)}


def _places(world: World, reader: Any, some: list[Thing], response: Response) -> Pairs:
    """Spaces and kinds that the facets name although nothing there is for this reader."""
    seen = [each for each in some if world.may_see(reader, each)]
    spaces = {each.space for each in seen if isinstance(each.space, int)}
    slugs = set(Space.objects.filter(pk__in=spaces).values_list("slug", flat=True))
    known = {"space": slugs, "kind": {each.kind for each in seen}}
    return {
        (facet.name, bar.count)
        for facet in response.facets
        if facet.name in known
        for bar in facet.bars
        if bar.filter.value not in known[facet.name]
    }


def _typed(viewer: Viewer, thing: Thing) -> dict[str, Pairs]:
    """While its word is typed, and after it was typed wrongly."""
    told: dict[str, Pairs] = {"suggestions": set(), "did you mean": set()}
    if any(thing.word in each["label"].lower() for each in suggesting.titles(thing.word[:-1], viewer)):
        told["suggestions"].add((thing.kind, thing.key))
    wrong = search(Request(f"{thing.word[:-1]}yx", viewer))
    if thing.word in wrong.suggestion:
        told["did you mean"].add((thing.kind, thing.key))
    told["did you mean"] |= {pair for pair in _hits(wrong) if pair == (thing.kind, thing.key)}
    return told


def _alerted(reader: Any, asked: str) -> Pairs:
    saved = SavedSearch(member=reader, text=" OR ".join(f'"{word}"' for word in asked.split()))
    newest = Document.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    found = Document.objects.filter(pk__in=alerts.answers(saved, newest))
    return set(found.values_list("kind", "key"))


def _read(world: World, viewer: Viewer, some: list[Thing]) -> set[str]:
    """The words that pages would print of all these things, whatever the engine says of them."""
    asked = parse(" ".join(each.word for each in some))
    everything = frozenset(Document.objects.values_list("audience", flat=True).distinct())
    keys = {(each.kind, each.key) for each in some}
    rows = Document.objects.filter(key__in=[each.key for each in some]).values_list("pk", "kind", "key")
    ids = tuple(pk for pk, *pair in rows if tuple(pair) in keys)
    found = embedded().candidates(Plan(asked, everything, (Condition("id", "in", ids),)))
    pages = shown(viewer, checked(viewer, found))
    world.found.update(kind for kind, _key in pages)
    texts = (f"{page.title} {page.text}".lower() for page in pages.values())
    return {word for text in texts for word in re.findall(r"qz\d{5}x", text)}
