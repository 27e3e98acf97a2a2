"""Seeds the whole demo community, once."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from community.core.clock import now
from community.members.models import Member
from demo import accounts, bulletins, desk, discussions, lineage, myths, translations, verifications, webinars, writeups
from demo.diary import Diary
from demo.people import DOMAIN, people
from demo.rooms import fill_rooms
from demo.texts import spaces
from demo.timeline import Placed, place

BEFORE_FIRST_POST = timedelta(days=21)


def is_seeded() -> bool:
    """Whether the demo community is there already."""
    return Member.objects.filter(email=f"admin@{DOMAIN}").exists()


@transaction.atomic
def seed() -> bool:
    """Write the community; False when it was there. Everything or nothing is kept.

    What is "now" in it is moved to the present at each start.
    """
    if is_seeded():
        known = {member.handle: member for member in _people()}
        webinars.make_webinars(known)
        fill_rooms(known)
        webinars.move_to_present()
        writeups.make_write_ups(known)
        translations.make_translations(known)
        lineage.make_lineage(known)
        myths.make_myths(known)
        bulletins.make_bulletins(known)
        return False
    moment, diary = now(), Diary()
    placed = place(spaces(), moment)
    members = accounts.make_members(people(), _joined(placed, moment), diary)
    verified = verifications.make_verifications(people(), members, diary)
    opened = placed[0].moments[0] - timedelta(days=7)
    rooms = discussions.make_spaces(spaces(), members["editor"], opened, diary)
    discussions.make_threads(placed, rooms, members, verified, diary)
    discussions.mark_as_read(rooms, members)
    diary.write()
    desk.fill_queue(people(), members)
    desk.fill_review(members)
    desk.answer_personas(members)
    webinars.make_webinars(members)
    fill_rooms(members)
    writeups.make_write_ups(members)
    translations.make_translations(members)
    lineage.make_lineage(members)
    myths.make_myths(members)
    bulletins.make_bulletins(members)
    return True


def _people() -> Iterable[Member]:
    return Member.objects.filter(handle__in=[person.handle for person in people()])


def _joined(placed: list[Placed], moment: datetime) -> dict[str, datetime]:
    """Everybody joined some weeks before their first post; who has not written joined lately."""
    first: dict[str, datetime] = {}
    for each in placed:
        for post, at in zip(each.thread.posts, each.moments, strict=True):
            first[post.author] = min(at, first.get(post.author, at))
    lately = moment - timedelta(days=40)
    return {
        person.handle: first.get(person.handle, _long_ago(person.state, lately)) - BEFORE_FIRST_POST
        for person in people()
    }


def _long_ago(state: str, lately: datetime) -> datetime:
    return lately - timedelta(days=400) if state in {"expired", "suspended", "verified", "due"} else lately
