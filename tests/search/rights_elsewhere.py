"""The rest of the small world of tests/search/rights.py: pages of every kind, translations, and what is said in rooms.

Rows are made as they stand in the database, and changed by plain SQL wherever an operation would need much around it:
what is asked is whether search follows the rows.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.text import slugify
from wagtail.models import Page, PageViewRestriction

from community.core.clock import now
from community.knowledge.models import (
    AudiencedPage,
    BulletinIndexPage,
    BulletinPage,
    GuidelinePage,
    IndexPage,
    MythIndexPage,
    MythPage,
    Translation,
    Version,
    WriteUpIndexPage,
    WriteUpPage,
)
from forums.models import Space
from tests.factories.knowledge import BULLETIN, MYTH
from tests.factories.webinars import register, webinar_with
from webinars.models import Gone, Question, QuestionState, Registration, Room, RoomEvent, RoomLimit, Webinar

if TYPE_CHECKING:
    from tests.search.rights import Thing, World

AUDIENCES = ("public", "members", "verified", "nobody")
#: "nobody" of the world is the duty roster of the site, on which none of its readers is.
TOKENS = {"nobody": "roster"}


def write_pages(world: "World", count: int) -> None:
    """So many write-ups, procedures, bulletins, myth checks and guidelines, for each audience in turn; each write-up
    with a translation."""
    makers = (_write_up, _procedure, write_bulletin, _myth, _guideline)
    author = world.readers["verified 0"]
    for number in range(count):
        for place, make in enumerate(makers):
            audience = AUDIENCES[(number + place) % len(AUDIENCES)]
            word = world.new_word()
            page = make(f"About {word}", f"{make.__name__}-{word}", TOKENS.get(audience, audience))
            Page.objects.filter(pk=page.pk).update(live=True)
            rule = f"page:{page.pk}"
            world.rules[rule] = audience
            thing = world.add(word, "page", page.pk, rule, 0, page)
            if isinstance(page, WriteUpPage):
                _translate(world, page, thing, author)


def write_rooms(world: "World", count: int) -> None:
    """Rooms that run and that are over, for each audience, with so many questions and lines in all of them."""
    for over in (False, True):
        for audience in ("public", "members", "verified"):
            word, state = world.new_word(), "ended" if over else "live"
            webinar = webinar_with(title=f"Rounds on {word}", state=state, for_whom=audience, audience=audience)
            room = Room.objects.create(webinar=webinar)
            place, crew = f"webinar:{webinar.pk}", webinar.organiser_id
            world.rules[place] = audience
            world.add(word, "webinar", webinar.pk, place, crew, webinar)
            inside = [] if over else [world.readers["plain"], world.readers["verified 0"]]
            for member in inside:
                register(webinar, member)
            rule = f"room:{webinar.pk}"
            world.rules[rule] = audience
            kept_out = set(world.readers.values()) - set(inside) if not over else set()
            world.barred[rule] = {member and member.pk for member in kept_out}
            for _each in range(max(1, count // 6)):
                _say(world, room, rule)


def write_spaces(world: "World") -> None:
    """The spaces themselves, by their names."""
    for pk in [pk for pk in world.rules if isinstance(pk, int) and pk > 0]:
        word = world.new_word()
        Space.objects.filter(pk=pk).update(name=f"Space of {word}")
        world.add(word, "space", pk, pk, 0, None)


def turn_page(world: "World") -> None:
    """A page is for others from now on."""
    page = _one(world, "page")
    audience = world.chance.choice(AUDIENCES)
    AudiencedPage.objects.filter(pk=page.key).update(audience=TOKENS.get(audience, audience))
    world.rules[page.space] = audience


def hide_page(world: "World") -> None:
    """A page is taken off the site or shut behind Wagtail's own door, or what was done is undone; a bulletin ends."""
    thing = _one(world, "page")
    ways: list[Callable[[Thing, bool], None]] = [_unpublish, _restrict]
    if isinstance(thing.post, BulletinPage):
        ways += [_leave_alone, _withdraw]
    thing.way = thing.way or world.chance.choice(ways)
    thing.is_hidden = not thing.is_hidden
    thing.way(thing, thing.is_hidden)
    if not thing.is_hidden:
        thing.way = None


def shut_shelf(world: "World") -> None:
    """A door of the shelf of write-ups holds for everything on it; the second time it opens again."""
    world.is_shelf_shut = not world.is_shelf_shut
    _shut(WriteUpIndexPage.objects.get(), world.is_shelf_shut)


def take_translation_back(world: "World") -> None:
    thing = _one(world, "translated")
    thing.is_hidden = not thing.is_hidden
    Translation.objects.filter(pk=thing.key).update(shown_version=None if thing.is_hidden else 1)


def turn_webinar(world: "World") -> None:
    """A webinar is for others from now on, or is cancelled, with all that was said in it."""
    thing = _one(world, "webinar")
    if thing.is_hidden or world.chance.random() < 0.4:
        thing.is_hidden = not thing.is_hidden
        thing.way = thing.way or thing.post.state
        Webinar.objects.filter(pk=thing.key).update(state="cancelled" if thing.is_hidden else thing.way)
        return
    audience = world.chance.choice(("public", "members", "verified", "nobody"))
    token = f"crew:{thing.key}" if audience == "nobody" else audience
    Webinar.objects.filter(pk=thing.key).update(audience=token)
    world.rules[thing.space] = world.rules[f"room:{thing.key}"] = audience


def hide_said(world: "World") -> None:
    """A line or a question is taken away or shown again; its words still stand in the row."""
    thing = _one(world, world.chance.choice(("line", "question")))
    thing.is_hidden = not thing.is_hidden
    if thing.kind == "line":
        RoomEvent.objects.filter(pk=thing.key).update(gone=Gone.HIDDEN if thing.is_hidden else "")
    else:
        state = QuestionState.HIDDEN if thing.is_hidden else QuestionState.VISIBLE
        Question.objects.filter(pk=thing.key).update(state=state)


def bar_somebody(world: "World") -> None:
    """A member is sent out of a room, or gives the place in it back."""
    thing = _one(world, "line")
    inside = [each for each in world.readers.values() if each and each.pk not in world.barred[thing.space]]
    if not inside:
        return
    member, room = world.chance.choice(inside), thing.post.room
    if world.chance.random() < 0.5:
        RoomLimit.objects.create(room=room, member=member, kind=RoomLimit.Kind.BAN, reason="other")
    elif not Registration.objects.filter(webinar=room.webinar_id, member=member).delete()[0]:
        return  # The room is over: nobody needs a place.
    world.barred[thing.space].add(member.pk)


CHANGES = (turn_page, hide_page, hide_page, shut_shelf, take_translation_back, turn_webinar, hide_said, bar_somebody)


def _one(world: "World", kind: str) -> "Thing":
    return world.chance.choice([each for each in world.things if each.kind == kind and isinstance(each.space, str)])


def _say(world: "World", room: Room, rule: str) -> None:
    author = room.webinar.organiser
    word = world.new_word()
    seq = room.events.count() + 1
    line = RoomEvent.objects.create(
        room=room, seq=seq, verb="chat.said", body={"text": f"I would say {word} here."}, sender=author
    )
    under = world.thing("webinar", room.webinar_id)
    world.add(word, "line", line.pk, rule, author.pk, line).under = under
    word = world.new_word()
    asked = Question.objects.create(
        webinar=room.webinar, author=author, text=f"Why {word} then?", state=QuestionState.VISIBLE
    )
    world.add(word, "question", asked.pk, rule, author.pk, asked).under = under


def _translate(world: "World", page: WriteUpPage, thing: "Thing", by: Any) -> None:
    word = world.new_word()
    content = {"title": page.title, "result": "", "problem": "", "body": [], "language": "en"}
    Version.objects.create(page=page, number=1, content=content, digest="0" * 64)
    made = Translation.objects.create(
        page=page, language="es", of_version=1, shown_version=1, shown={"title": f"Sobre {word}"},
        translator=by, reader=by, published_at=now(), state="done",
    )  # fmt: skip
    world.add(word, "translated", made.pk, thing.space, 0, made).under = thing


def _under(index: type[Any], page: Any) -> Any:
    return index.objects.order_by("pk").first().add_child(instance=page)


def _write_up(title: str, slug: str, audience: str, kind: str = "practice") -> WriteUpPage:
    page = WriteUpPage(title=title, slug=slugify(slug), kind=kind, audience=audience, problem="Why it was tried.")
    return _under(WriteUpIndexPage, page)  # type: ignore[no-any-return]


def _procedure(title: str, slug: str, audience: str) -> WriteUpPage:
    return _write_up(title, slug, audience, kind="sop")


def write_bulletin(title: str, slug: str, audience: str) -> BulletinPage:
    values = {name: value for name, value in BULLETIN.items() if name not in {"title", "audience"}}
    moment = now()
    page = BulletinPage(title=title, slug=slugify(slug), audience=audience, known_since=moment, **values)
    page.next_update_at, page.expires_at = moment + timedelta(hours=6), moment + timedelta(hours=72)
    return _under(BulletinIndexPage, page)  # type: ignore[no-any-return]


def _myth(title: str, slug: str, audience: str) -> MythPage:
    page = MythPage(slug=slugify(slug), audience=audience, **{**MYTH, "title": title})
    return _under(MythIndexPage, page)  # type: ignore[no-any-return]


def _guideline(title: str, slug: str, audience: str) -> GuidelinePage:
    page = GuidelinePage(title=title, slug=slugify(slug), audience=audience, intro="How we do it.")
    return _under(IndexPage, page)  # type: ignore[no-any-return]


def _unpublish(thing: "Thing", is_hidden: bool) -> None:
    Page.objects.filter(pk=thing.key).update(live=not is_hidden)


def _restrict(thing: "Thing", is_hidden: bool) -> None:
    _shut(thing.post, is_hidden)


def _shut(page: Page, is_shut: bool) -> None:
    PageViewRestriction.objects.filter(page_id=page.pk).delete()
    if is_shut:
        PageViewRestriction.objects.create(page_id=page.pk, restriction_type=PageViewRestriction.LOGIN)


def _leave_alone(thing: "Thing", is_hidden: bool) -> None:
    """Nobody has joined the one person who released it: it goes with the time, and no row changes then."""
    until = now() - timedelta(seconds=1) if is_hidden else None
    BulletinPage.objects.filter(pk=thing.key).update(shown_until=until)


def _withdraw(thing: "Thing", is_hidden: bool) -> None:
    BulletinPage.objects.filter(pk=thing.key).update(withdrawn_at=now() if is_hidden else None)
